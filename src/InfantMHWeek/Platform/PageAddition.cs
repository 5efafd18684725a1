using System.Text.Json.Nodes;

namespace InfantMHWeek.Platform;

/// <summary>What a feature puts on a page of the content folder: a partial view and its model, the same for everyone who reads.</summary>
/// <param name="Partial">The view's path from the project's root.</param>
/// <param name="Facts">For the page's JSON-LD.</param>
public sealed record PageAddition(string Partial, object Model, IReadOnlyDictionary<string, JsonNode>? Facts = null);

/// <summary>
/// Registered by a feature that adds to pages. A page that something may be added to is made afresh for each reader, so what
/// it says is true; it still holds nothing of the reader.
/// </summary>
/// <param name="Concerns">Whether it may add to the page at this path.</param>
/// <param name="Make">Null when there is nothing to add at the moment.</param>
/// <param name="Constant">It says the same for as long as the program runs, so the page may be kept.</param>
public sealed record PageAdditionSource(Func<string, bool> Concerns, Func<IServiceProvider, string, CancellationToken, Task<PageAddition?>> Make, bool Constant = false)
{
    /// <summary>Set in <see cref="HttpContext.Items"/> of an answer that must not be kept.</summary>
    public static readonly object MadeAfresh = new();
}
