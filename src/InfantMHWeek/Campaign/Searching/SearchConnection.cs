namespace InfantMHWeek.Campaign.Searching;

/// <summary>One copy of the index: its database and what that holds. For one thread at a time.</summary>
sealed class SearchConnection(FullTextDatabase database, IndexContents contents) : IDisposable
{
    const int MostCompletions = 10;

    FullTextDatabase database = database;
    IndexContents contents = contents;

    /// <summary>Finds the pages with all of these words or, when there are none, those with any.</summary>
    public SearchResults Find(List<string> words, int take, int skip)
    {
        var terms = words.Select((word, i) => Term(word, last: i == words.Count - 1)).ToList();
        var known = terms.Where(term => term.IsKnown).ToList();
        var expressions = known.Select(term => term.Expression);

        List<(long Row, double Score)> found = [];
        if (known.Count == terms.Count)
            found = database.Pages(SearchWords.AllOf(expressions));
        var haveAll = found.Count > 0;
        if (found.Count == 0 && known.Count > 0 && terms.Count > 1)
            found = database.Pages(SearchWords.AnyOf(expressions));

        var best = found.OrderBy(page => page.Score).Skip(skip).Take(take).Select(page => contents[page.Row]);
        return new(found.Count, Hits(best, known), Suggestion(terms)) { HaveAll = haveAll };
    }

    public void Write(IndexChange change)
    {
        database.Write(change);
        contents = change.After;
    }

    public void Replace(FullTextDatabase newDatabase, IndexContents newContents)
    {
        database.Dispose();
        (database, contents) = (newDatabase, newContents);
    }

    public void Dispose() => database.Dispose();

    SearchTerm Term(string word, bool last)
    {
        var exactly = SearchWords.Exactly(word);
        var sameStem = database.Forms(exactly);
        if (!last)
            return new(word, exactly, sameStem);

        // FTS5 takes the stem for the beginning: "aged" would find "agree", which begins with "ag" ...
        var folded = Spelling.Fold(word);
        var others = database.Forms(SearchWords.Beginning(word)).Except(sameStem, StringComparer.Ordinal).ToList();
        var begun = others.FindAll(form => Spelling.Fold(form).StartsWith(folded, StringComparison.Ordinal));
        if (begun.Count > 0 && begun.Count == others.Count)
            return new(word, SearchWords.AnyOf([exactly, SearchWords.Beginning(word)]), [.. sameStem, .. begun]);

        // ... and "attachm" would not find "attachment", of which it knows only "attach". Such words are asked for by name.
        if (begun.Count == 0 && sameStem.Count == 0)
            begun = contents.Words.Completions(word, MostCompletions);
        return new(word, SearchWords.AnyOf([exactly, .. begun.Select(SearchWords.Exactly)]), [.. sameStem, .. begun]);
    }

    static List<SearchHit> Hits(IEnumerable<SearchDocument> pages, List<SearchTerm> terms)
    {
        var marker = new MatchMarker([.. terms.Select(term => term.Forms)]);
        return pages.Select(page => new SearchHit(page.Path, marker.Mark(page.Title), marker.Snippet(page))).ToList();
    }

    string? Suggestion(List<SearchTerm> terms)
    {
        var meant = terms.Select(term => term.IsKnown ? null : contents.Words.Nearest(term.Word)).ToList();
        return meant.TrueForAll(word => word is null) ? null : string.Join(' ', meant.Select((word, i) => word ?? terms[i].Word));
    }

    /// <summary>One word of a search.</summary>
    /// <param name="Expression">What FTS5 is asked.</param>
    /// <param name="Forms">The spellings on the site's pages that answer it.</param>
    sealed record SearchTerm(string Word, string Expression, List<string> Forms)
    {
        public bool IsKnown => Forms.Count > 0;
    }
}
