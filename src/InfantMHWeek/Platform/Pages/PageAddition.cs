using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Platform.Pages;

/// <summary>What a feature puts on a page of the content folder: a partial view and its model, the same for everyone who reads.</summary>
/// <param name="Partial">The view's path from the project's root.</param>
/// <param name="Facts">For the page's JSON-LD.</param>
sealed record PageAddition(string Partial, object Model, IReadOnlyDictionary<string, JsonNode>? Facts = null)
{
    /// <summary>Stands above the page's own text, where the page has room for that.</summary>
    public bool Leads { get; init; }

    /// <summary>Set where it is a section of its own: the contents name it, and it stands before the last section of the text.</summary>
    public SectionHeading? Heading { get; init; }

    /// <summary>A page with it may be kept for as long as this is true; null where nobody can tell.</summary>
    public Freshness? True { get; init; }

    /// <summary>Something is missing in it at the moment: no browser and no proxy keeps a page with it, not even for a second.</summary>
    public bool LacksRows { get; init; }
}

/// <param name="Id">As in the partial view.</param>
sealed record SectionHeading(string Id, string Title);

/// <summary>
/// Registered by a feature that adds to pages. A page that something may be added to is made afresh for each reader, so what
/// it says is true, unless the addition itself says for how long it is; it still holds nothing of the reader.
/// </summary>
/// <param name="Concerns">Whether it may add to the page at this path.</param>
/// <param name="Make">Null when there is nothing to add at the moment.</param>
/// <param name="Constant">It says the same for as long as the program runs, so the page may be kept.</param>
sealed record PageAdditionSource(
    Func<string, bool> Concerns,
    Func<IServiceProvider, string, CancellationToken, Task<PageAddition?>> Make,
    bool Constant = false
)
{
    /// <summary>Set in <see cref="HttpContext.Items"/> of an answer that must not be kept.</summary>
    public static readonly object MadeAfresh = new();

    /// <summary>Set in <see cref="HttpContext.Items"/> of an answer that lacks what the store would have told.</summary>
    public static readonly object LacksRows = new();

    /// <summary>A page to read waits no longer for what is added to it.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The page can be read whatever is down: where the store does not answer, it says so in place of the addition.</summary>
    /// <returns>Null when there is nothing to add at the moment.</returns>
    public async Task<PageAddition?> MakeOrSayAsync(IServiceProvider services, string path, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            return await Make(services, path, patience.Token);
        }
        catch (Exception problem)
            when (StoreTrouble.Is(problem) || (problem is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            services
                .GetRequiredService<ILogger<PageAdditionSource>>()
                .LogWarning("What changes by the day is missing on a page: {Problem}", problem.GetBaseException().GetType().Name);
            return new("/Platform/Pages/_StoreOutage.cshtml", StoreOutageResponse.RetryAfter) { LacksRows = true };
        }
    }
}
