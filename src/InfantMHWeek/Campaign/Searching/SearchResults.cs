namespace InfantMHWeek.Campaign.Searching;

/// <summary>A stretch of plain text, marked when it is what was searched for. Never HTML: the view encodes and marks.</summary>
readonly record struct TextRun(string Text, bool Marked);

/// <summary>One page found, with the words that found it marked.</summary>
sealed record SearchHit(string Path, IReadOnlyList<TextRun> Title, IReadOnlyList<TextRun> Snippet);

/// <summary>What a search found.</summary>
/// <param name="Total">All pages found, on whichever page of results they stand.</param>
/// <param name="Hits">Those asked for, best first.</param>
/// <param name="Suggestion">The search as it was probably meant, when a word of it stands on no page.</param>
sealed record SearchResults(int Total, IReadOnlyList<SearchHit> Hits, string? Suggestion)
{
    public static readonly SearchResults Nothing = new(0, [], null);

    /// <summary>Each of them has all the words; otherwise none has, and they have some.</summary>
    public bool HaveAll { get; init; }
}
