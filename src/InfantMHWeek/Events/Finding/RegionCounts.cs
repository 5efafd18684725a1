using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Finding;

/// <summary>
/// How many events each region has, as every visit of the finder shows it. Counted at most once a minute, and among very many events less
/// often: nobody plans by it, so nobody waits for it for long.
/// </summary>
sealed class RegionCounts(IServiceScopeFactory scopes, TimeProvider clock)
{
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1),
        Patience = TimeSpan.FromSeconds(2),
        PatienceWhereKnown = TimeSpan.FromMilliseconds(300);

    /// <summary>Counting may take this part of the time.</summary>
    const int LongestShare = 30;

    sealed record Counted(DateTimeOffset Until, IReadOnlyDictionary<Region, int> Counts);

    readonly Lock gate = new();
    Task<Counted>? counting;
    volatile Counted? last;

    /// <param name="seen">The time of the page that shows them; another moment than now is counted for itself.</param>
    /// <returns>As they were last counted; null where that was never done, and takes long.</returns>
    public async ValueTask<IReadOnlyDictionary<Region, int>?> GetAsync(PageClock seen, CancellationToken cancel)
    {
        if (seen.OtherUtc is not null)
            return await CountAsync(seen, cancel);
        var known = last;
        if (clock.GetUtcNow() < known?.Until)
            return known.Counts;
        try
        {
            return (await Counting().WaitAsync(known is null ? Patience : PatienceWhereKnown, clock, cancel)).Counts;
        }
        catch (TimeoutException)
        {
            return known?.Counts;
        }
    }

    /// <summary>One counts for all who ask meanwhile, and goes on when they no longer wait.</summary>
    Task<Counted> Counting()
    {
        lock (gate)
            return counting is { IsCompleted: false } ? counting : counting = Task.Run(CountNowAsync);
    }

    async Task<Counted> CountNowAsync()
    {
        var (begun, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        var counts = await CountAsync(clock, CancellationToken.None);
        var took = clock.GetElapsedTime(began);
        return last = new(begun + (took * LongestShare > Fresh ? took * LongestShare : Fresh), counts);
    }

    async Task<IReadOnlyDictionary<Region, int>> CountAsync(TimeProvider at, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var from = UkTime.MidnightUtc(at.Today());
        return await scope
            .ServiceProvider.GetRequiredService<EventFinder>()
            .CountByRegionAsync(from, from.AddDays(EventSearch.MostDaysAhead), cancel);
    }
}
