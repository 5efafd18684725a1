namespace InfantMHWeek.Campaign.Searching;

/// <summary>
/// Full-text search over the site's pages, in memory. Safe for many threads: there are several copies of the index, each
/// used by one thread at a time, and an update writes one copy while the others answer.
/// </summary>
/// <remarks>
/// Connections that share one in-memory database lock each other out, or pay more for locks than for the search. Private
/// copies cost memory instead: 0.3 MB each for 25 pages of 5 KB, 40 MB for 10,000. The texts are held only once.
/// </remarks>
sealed class SearchIndex : IDisposable
{
    static readonly int Copies = Math.Clamp(Environment.ProcessorCount, 2, 4);

    readonly Lock updating = new();
    readonly SearchConnectionPool copies;
    IndexContents contents = IndexContents.Empty;

    public SearchIndex()
    {
        var nothing = contents.ChangeTo([]);
        copies = new([.. Enumerable.Range(0, Copies).Select(_ => new SearchConnection(FullTextDatabase.Filled(nothing), contents))]);
    }

    /// <summary>
    /// Makes the index hold exactly these documents. A search that begins after it returns sees all of the change, one that
    /// begins before sees all or nothing.
    /// </summary>
    /// <exception cref="ArgumentException">Two documents share a path; nothing is changed.</exception>
    public void Update(IReadOnlyCollection<SearchDocument> documents)
    {
        lock (updating)
        {
            var change = contents.ChangeTo(documents);
            if (change.Pages == 0)
                return;

            // Should a write fail, copies may differ: the next update then starts from nothing.
            var before = contents;
            contents = IndexContents.Empty;
            contents =
                change.Pages > documents.Count / 4
                    ? Rebuild(before == IndexContents.Empty ? change : IndexContents.Empty.ChangeTo(documents))
                    : Write(change);
        }
    }

    /// <summary>
    /// Finds the pages with all the words, or with any when none has all; the last word may be only begun. Whatever is typed
    /// is words to look for, never a query language.
    /// </summary>
    public SearchResults Find(string words, int take = 20, int skip = 0)
    {
        var terms = SearchWords.In(words);
        if (terms.Count == 0)
            return new(0, [], Suggestion: null);

        var copy = copies.Take();
        try
        {
            return copy.Find(terms, Math.Max(take, 0), Math.Max(skip, 0));
        }
        finally
        {
            copies.Return(copy);
        }
    }

    public void Dispose()
    {
        lock (updating)
            copies.Each(copy => copy.Dispose());
    }

    // Faster than many single writes, and searches go on in the old databases until the new ones are whole.
    IndexContents Rebuild(IndexChange change)
    {
        var filled = FullTextDatabase.Filled(change);
        var databases = new Stack<FullTextDatabase>([filled]);
        while (databases.Count < Copies)
            databases.Push(filled.Copy());
        copies.Each(copy => copy.Replace(databases.Pop(), change.After));
        return change.After;
    }

    IndexContents Write(IndexChange change)
    {
        copies.Each(copy => copy.Write(change));
        return change.After;
    }
}
