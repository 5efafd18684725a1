using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Moderation;

/// <summary>Keeps the dates of what repeats a year ahead, and lets those go that are long past.</summary>
sealed class GroupDates(SiteStore store, TimeProvider clock)
{
    public const string Job = "make the coming dates of groups";
    const int MostAtOnce = 20,
        DaysBetween = 28;

    /// <returns>How many groups got dates.</returns>
    public async Task<int> ExtendAsync(CancellationToken cancel = default)
    {
        for (var all = 0; ; )
        {
            var done = await store.WriteAsync(
                async db =>
                {
                    var sight = clock.Today().AddDays(Schedule.DaysAhead - DaysBetween);
                    var groups = await db.Set<Event>()
                        .WherePublic()
                        .Where(e => e.DatesUntil != null && e.DatesUntil < sight && e.UnansweredAt == null)
                        .OrderBy(e => e.DatesUntil)
                        .Include(e => e.Dates)
                        .AsSplitQuery()
                        .Take(MostAtOnce)
                        .ToListAsync(cancel);
                    return groups.Count(e => e.Extend(clock.GetUtcNow()));
                },
                cancel
            );
            all += done;
            if (done < MostAtOnce)
                return all;
        }
    }
}
