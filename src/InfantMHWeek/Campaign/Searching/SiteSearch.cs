using System.Collections.Concurrent;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Rendering;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>Keeps the search index in step with the content, and shows only what the reader's snapshot holds.</summary>
public sealed class SiteSearch : IDisposable
{
    const int MostRemembered = 500;
    readonly SearchIndex index = new();
    readonly Lock gate = new();
    Dictionary<string, SearchDocument> documents = new(StringComparer.Ordinal);
    volatile string indexed = "";
    volatile ConcurrentDictionary<string, SearchResults> asked = new(StringComparer.Ordinal);

    /// <summary>Brings the index up to a snapshot; only pages that changed are read again.</summary>
    public void Follow(Snapshot site)
    {
        lock (gate)
        {
            if (indexed == site.Version)
                return;
            documents = site.Pages.Values.AsParallel().Select(DocumentOf).ToDictionary(d => d.Path, StringComparer.Ordinal);
            index.Update(documents.Values);
            foreach (var document in documents.Values)
                document.Pack();
            indexed = site.Version;
            asked = new(StringComparer.Ordinal);
        }
    }

    /// <param name="words">As typed: never search syntax.</param>
    public SearchResults Find(Snapshot site, string words)
    {
        // Right after the start there is nothing to search yet; later a search never waits for a change to be read in.
        if (indexed.Length == 0)
            Follow(site);
        var results = FindOnce(words.ToLowerInvariant());
        var hits = results.Hits.Where(h => site.Find(h.Path) is not null).ToList();
        return results with { Hits = hits, Total = results.Total - (results.Hits.Count - hits.Count) };
    }

    /// <summary>Many people ask for the same few words. What was found is remembered until the content changes, in memory only.</summary>
    SearchResults FindOnce(string words)
    {
        var remembered = asked;
        if (remembered.TryGetValue(words, out var known))
            return known;
        var found = index.Find(words);
        if (remembered.Count >= MostRemembered)
            remembered.Clear();
        return remembered[words] = found;
    }

    SearchDocument DocumentOf(Page page) =>
        documents.TryGetValue(page.Path, out var known) && known.Hash == page.Hash
            ? known
            : new(page.Path, page.Title, page.Summary, PlainText.Of(Dialect.ParseWithoutIds(page.Markdown)), page.Hash);

    public void Dispose() => index.Dispose();
}
