using System.Collections.Concurrent;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>
/// An index that remembers what the same few words found, until it changes; in memory only. Its documents may be of any kind.
/// </summary>
sealed class RememberingIndex : IDisposable
{
    const int MostRemembered = 500;
    readonly Lazy<SearchIndex> index = new(() => new());
    volatile ConcurrentDictionary<string, SearchResults> asked = new(StringComparer.Ordinal);

    public void Update(IReadOnlyCollection<SearchDocument> documents)
    {
        // Of what there is nothing, no index is made.
        if (documents.Count == 0 && !index.IsValueCreated)
            return;
        index.Value.Update(documents);
        foreach (var document in documents)
            document.Pack();
        asked = new(StringComparer.Ordinal);
    }

    /// <param name="words">As typed: never search syntax.</param>
    public SearchResults Find(string words)
    {
        var remembered = asked;
        var key = words.ToLowerInvariant();
        if (remembered.TryGetValue(key, out var known))
            return known;
        var found = index.IsValueCreated ? index.Value.Find(key) : SearchResults.Nothing;
        if (remembered.Count >= MostRemembered)
            remembered.Clear();
        return remembered[key] = found;
    }

    /// <summary>What holds all that is asked for, but for small words; nothing where only some of it was found.</summary>
    public SearchResults FindAll(string words) =>
        SearchWords.WithoutSmall(words) is { Length: > 0 } asked && Find(asked) is { HaveAll: true } found ? found : SearchResults.Nothing;

    public void Dispose()
    {
        if (index.IsValueCreated)
            index.Value.Dispose();
    }
}
