using InfantMHWeek.Platform;

namespace InfantMHWeek.Events;

/// <summary>How many events each region has, as every visit of the finder shows it. Counted at most once a minute: nobody plans by it.</summary>
public sealed class RegionCounts(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    sealed record Counted(DateTimeOffset At, IReadOnlyDictionary<Region, int> Counts);

    readonly SemaphoreSlim counting = new(1, 1);
    volatile Counted? last;

    public async ValueTask<IReadOnlyDictionary<Region, int>> GetAsync(CancellationToken cancel)
    {
        if (Known() is { } known) return known;
        // One counts, and those who came meanwhile take what was counted.
        await counting.WaitAsync(cancel);
        try
        {
            if (Known() is { } meanwhile) return meanwhile;
            await using var scope = scopes.CreateAsyncScope();
            var from = UkTime.MidnightUtc(clock.Today());
            last = new(clock.GetUtcNow(), await scope.ServiceProvider.GetRequiredService<EventFinder>().CountByRegionAsync(from, from.AddDays(EventSearch.MostDaysAhead), cancel));
            return last.Counts;
        }
        finally
        {
            counting.Release();
        }
    }

    public void Dispose() => counting.Dispose();

    IReadOnlyDictionary<Region, int>? Known() => last is { } counted && clock.GetUtcNow() - counted.At < Fresh ? counted.Counts : null;
}
