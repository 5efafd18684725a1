namespace InfantMHWeek.Campaign.Searching;

/// <summary>One page as the search sees it.</summary>
/// <param name="Path">The page's address on the site; no two documents share one.</param>
/// <param name="Title">Counts most for the order of results.</param>
/// <param name="Summary">Counts second.</param>
/// <param name="Text">Plain text, never HTML.</param>
/// <param name="Hash">Changes when any other field changes.</param>
sealed record SearchDocument(string Path, string Title, string Summary, string Text, string Hash)
{
    readonly Content.CompactText text = new(Text);

    /// <summary>Unpacked each time it is asked for.</summary>
    public string Text => text.ToString();

    /// <inheritdoc cref="Content.CompactText.Pack"/>
    internal bool Pack() => text.Pack();
}
