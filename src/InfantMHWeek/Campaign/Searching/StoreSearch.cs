using System.Diagnostics;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>
/// Finds what other features keep in the store: events that are coming, services. It has an index of its own in memory, so a search asks
/// the store for nothing; what changed is read when somebody searches, by one for all, and nobody waits long for that.
/// </summary>
sealed class StoreSearch : IDisposable
{
    /// <summary>After that it looks what other instances have written.</summary>
    static readonly TimeSpan SureFor = TimeSpan.FromSeconds(5),
        LongestRead = TimeSpan.FromSeconds(30),
        Patience = TimeSpan.FromMilliseconds(300),
        PatienceAtFirst = TimeSpan.FromSeconds(2),
        ShortPause = TimeSpan.FromMilliseconds(100);

    /// <summary>However much is written, reading takes this part of the time at most.</summary>
    const int OnePartIn = 10;

    sealed record Look(long At, long Written);

    readonly IServiceScopeFactory scopes;
    readonly SiteStore store;
    readonly TimeProvider clock;
    readonly ILogger<StoreSearch> log;
    readonly IReadOnlyList<Part> parts;
    readonly Lock gate = new();
    Task looking = Task.CompletedTask;
    volatile Look? last;
    TimeSpan pause;
    bool inTrouble;

    public StoreSearch(
        IEnumerable<SearchSource> sources,
        IServiceScopeFactory scopes,
        SiteStore store,
        TimeProvider clock,
        ILogger<StoreSearch> log
    ) => (this.scopes, this.store, this.clock, this.log, parts) = (scopes, store, clock, log, [.. sources.Select(s => new Part(s))]);

    /// <param name="words">As typed: never search syntax.</param>
    internal async ValueTask<IReadOnlyList<FoundGroup>> FindAsync(string words, CancellationToken cancel)
    {
        var written = store.Written;
        // A second time where one was under way that had begun before the last write.
        for (var i = 0; i < 2 && IsOld(written); i++)
        {
            var looked = Looking();
            // Where there is much to read, what was known is found at once, and what is new a moment later.
            if (last is not null && pause > ShortPause)
                break;
            await looked
                .WaitAsync(last is null ? PatienceAtFirst : Patience, cancel)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        var now = clock.GetUtcNow().UtcDateTime;
        return [.. parts.Select(p => p.Find(words, now))];
    }

    bool IsOld(long written) => last is not { } look || look.Written < written || clock.GetElapsedTime(look.At) >= SureFor;

    Task Looking()
    {
        lock (gate)
            return looking.IsCompleted ? looking = Task.Run(LookAsync) : looking;
    }

    async Task LookAsync()
    {
        await Task.Delay(pause);
        var (at, written, begun) = (clock.GetTimestamp(), store.Written, Stopwatch.GetTimestamp());
        try
        {
            using var end = new CancellationTokenSource(LongestRead);
            await using var scope = scopes.CreateAsyncScope();
            foreach (var part in parts)
                await part.ReadAsync(scope.ServiceProvider, end.Token);
            (last, inTrouble) = (new(at, written), false);
        }
        catch (Exception problem) when (problem is OperationCanceledException || StoreTrouble.Is(problem))
        {
            // What was known is still found, and the next search tries again.
            if (!inTrouble)
                log.LogWarning("Search finds only what it knew of the store: {Problem}", problem.GetBaseException().GetType().Name);
            inTrouble = true;
        }
        pause = Stopwatch.GetElapsedTime(begun) * (OnePartIn - 1);
    }

    public void Dispose()
    {
        foreach (var part in parts)
            part.Dispose();
    }

    sealed class Part(SearchSource source) : IDisposable
    {
        readonly RememberingIndex index = new();
        volatile Dictionary<string, SearchItem> items = new(StringComparer.Ordinal);

        public FoundGroup Find(string words, DateTime now)
        {
            var found = index.FindAll(words);
            var known = items;
            var hits = found
                .Hits.Select(h => (Hit: h, Item: known.GetValueOrDefault(h.Path)))
                .Where(h => h.Item is not null && !(h.Item.EndsUtc <= now))
                .Select(h => new FoundItem(h.Hit.Path, h.Hit.Title, h.Item!.Line, h.Hit.Snippet))
                .ToList();
            return new(source.Type, source.One, source.Many, found.Total - (found.Hits.Count - hits.Count), hits);
        }

        public async Task ReadAsync(IServiceProvider services, CancellationToken cancel)
        {
            var before = items;
            var read = await source.ReadAsync(services, before, cancel);
            if (read.Count == before.Count && read.All(i => ReferenceEquals(before.GetValueOrDefault(i.Path), i)))
                return;
            index.Update([.. read.Select(i => new SearchDocument(i.Path, i.Title, i.Summary, i.Text, i.Version))]);
            items = read.ToDictionary(i => i.Path, StringComparer.Ordinal);
        }

        public void Dispose() => index.Dispose();
    }
}
