namespace InfantMHWeek.Campaign.Searching;

/// <summary>
/// What the index holds at one moment: the pages by their row, and their words. Never changes, so that all copies of the
/// index share it.
/// </summary>
sealed class IndexContents
{
    public static readonly IndexContents Empty = new([], lastRow: 0, new(new VocabularyChange(Vocabulary.Empty, [], [])));

    readonly Dictionary<long, SearchDocument> pages;
    readonly long lastRow;
    readonly Lazy<VocabularyChange> words;

    IndexContents(Dictionary<long, SearchDocument> pages, long lastRow, Lazy<VocabularyChange> words) =>
        (this.pages, this.lastRow, this.words) = (pages, lastRow, words);

    public Vocabulary Words => words.Value.After;

    public SearchDocument this[long row] => pages[row];

    /// <summary>What to write so that the index holds exactly these pages. A page keeps its row for life.</summary>
    /// <exception cref="ArgumentException">Two documents share a path.</exception>
    public IndexChange ChangeTo(IReadOnlyCollection<SearchDocument> documents)
    {
        var wanted = documents.ToDictionary(document => document.Path, StringComparer.Ordinal);
        var written = new List<(long Row, SearchDocument Page)>();
        var removed = new List<long>();
        foreach (var (row, page) in pages)
            if (!wanted.Remove(page.Path, out var document))
                removed.Add(row);
            else if (document.Hash != page.Hash)
                written.Add((row, document));

        var gone = removed.Concat(written.Select(change => change.Row)).Select(row => pages[row]).ToList();
        var next = lastRow;
        written.AddRange(wanted.Values.Select(document => (++next, document)));

        var after = new Dictionary<long, SearchDocument>(pages);
        foreach (var row in removed)
            after.Remove(row);
        foreach (var (row, page) in written)
            after[row] = page;

        var counted = new Lazy<VocabularyChange>(() => Words.Change(gone, written.Select(change => change.Page)));
        return new(new(after, next, counted), written, removed, counted);
    }
}

/// <summary>One step of the index from what it held to what it holds.</summary>
sealed record IndexChange(
    IndexContents After,
    IReadOnlyList<(long Row, SearchDocument Page)> Written,
    IReadOnlyList<long> Removed,
    Lazy<VocabularyChange> Counted
)
{
    public int Pages => Written.Count + Removed.Count;

    /// <summary>Counts the words when first asked for them.</summary>
    public VocabularyChange Words => Counted.Value;
}
