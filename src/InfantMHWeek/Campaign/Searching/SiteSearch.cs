using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Rendering;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>Keeps the search index in step with the content, and shows only what the reader's snapshot holds.</summary>
sealed class SiteSearch : IDisposable
{
    readonly RememberingIndex index = new();
    readonly HelplineSearch helplines = new();
    readonly Lock gate = new();
    Dictionary<string, SearchDocument> documents = new(StringComparer.Ordinal);
    volatile string indexed = "";

    /// <summary>Brings the index up to a snapshot; only pages that changed are read again.</summary>
    public void Follow(Snapshot site)
    {
        lock (gate)
        {
            if (indexed == site.Version)
                return;
            documents = site.Pages.Values.AsParallel().Select(DocumentOf).ToDictionary(d => d.Path, StringComparer.Ordinal);
            index.Update(documents.Values);
            indexed = site.Version;
        }
    }

    /// <param name="words">As typed: never search syntax.</param>
    public SearchResults Find(Snapshot site, string words)
    {
        // Right after the start there is nothing to search yet; later a search never waits for a change to be read in.
        if (indexed.Length == 0)
            Follow(site);
        var results = index.Find(words);
        var hits = results.Hits.Where(h => site.Find(h.Path) is not null).ToList();
        return results with { Hits = hits, Total = results.Total - (results.Hits.Count - hits.Count) };
    }

    internal FoundGroup FindHelplines(Snapshot site, string words) => helplines.Find(site, words);

    SearchDocument DocumentOf(Page page) =>
        documents.TryGetValue(page.Path, out var known) && known.Hash == page.Hash
            ? known
            : new(page.Path, page.Title, page.Summary, PlainText.Of(Dialect.ParseWithoutIds(page.Markdown)), page.Hash);

    public void Dispose()
    {
        index.Dispose();
        helplines.Dispose();
    }
}
