namespace InfantMHWeek.Platform.Pages;

/// <summary>One thing of the store as the site's search sees it: what everybody may see of it, in plain text.</summary>
/// <param name="Version">Changes whenever anything else of it does.</param>
/// <param name="Line">When and where, in one line.</param>
/// <param name="EndsUtc">From then on it is found no more.</param>
sealed record SearchItem(string Path, string Version, string Title, string Summary, string Text, string Line, DateTime? EndsUtc = null);

/// <summary>Registered by a feature whose things the site's search finds beside pages.</summary>
/// <param name="Type">As it stands in the address of a search.</param>
/// <param name="One">What one of them is called.</param>
/// <param name="Many">What the place where all of them are is called.</param>
/// <param name="ReadAsync">
/// All that can be found now. It is given what it said last time, by path, and hands back the same object for what did not change.
/// </param>
sealed record SearchSource(
    string Type,
    string One,
    string Many,
    Func<IServiceProvider, IReadOnlyDictionary<string, SearchItem>, CancellationToken, Task<IReadOnlyList<SearchItem>>> ReadAsync
);
