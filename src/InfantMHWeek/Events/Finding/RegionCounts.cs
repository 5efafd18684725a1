using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Finding;

/// <summary>
/// How many events each region has, as every visit of the finder shows it. Counted at most once a minute: nobody plans by it.
/// </summary>
sealed class RegionCounts(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    sealed record Counted(DateTimeOffset At, IReadOnlyDictionary<Region, int> Counts);

    readonly SemaphoreSlim counting = new(1, 1);
    volatile Counted? last;

    /// <param name="seen">The time of the page that shows them; another moment than now is counted for itself.</param>
    public async ValueTask<IReadOnlyDictionary<Region, int>> GetAsync(PageClock seen, CancellationToken cancel)
    {
        if (seen.OtherUtc is not null)
            return await CountAsync(seen, cancel);
        if (Known() is { } known)
            return known;
        // One counts, and those who came meanwhile take what was counted.
        await counting.WaitAsync(cancel);
        try
        {
            if (Known() is { } meanwhile)
                return meanwhile;
            last = new(clock.GetUtcNow(), await CountAsync(clock, cancel));
            return last.Counts;
        }
        finally
        {
            counting.Release();
        }
    }

    async Task<IReadOnlyDictionary<Region, int>> CountAsync(TimeProvider at, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var from = UkTime.MidnightUtc(at.Today());
        return await scope
            .ServiceProvider.GetRequiredService<EventFinder>()
            .CountByRegionAsync(from, from.AddDays(EventSearch.MostDaysAhead), cancel);
    }

    public void Dispose() => counting.Dispose();

    IReadOnlyDictionary<Region, int>? Known() => last is { } counted && clock.GetUtcNow() - counted.At < Fresh ? counted.Counts : null;
}
