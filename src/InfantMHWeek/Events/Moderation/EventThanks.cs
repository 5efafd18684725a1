using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Moderation;

/// <summary>
/// The morning after an event's last date its organiser is thanked, once, and asked how it went. That it was done is noted in
/// the write of the mail, so a restart neither skips nor repeats it.
/// </summary>
sealed class EventThanks(SiteStore store, EventMails post, TimeProvider clock)
{
    const int MostAtOnce = 100,
        Morning = 9,
        Evening = 19;

    /// <summary>What ended longer ago is not asked about any more.</summary>
    const int MostDays = 30;

    /// <returns>How many were thanked.</returns>
    public async Task<int> ThankAsync(CancellationToken cancel = default)
    {
        if (UkTime.FromUtc(clock.GetUtcNow().UtcDateTime).Hour is < Morning or >= Evening)
            return 0;
        var midnight = UkTime.MidnightUtc(clock.Today());
        var longAgo = midnight.AddDays(-MostDays);
        return await store.WriteAsync(
            async db =>
            {
                var over = await db.Set<Event>()
                    .WherePublic()
                    .Where(e => e.ThankedAt == null && e.ReportedAt == null && e.CancelledAt == null && e.PostponedAt == null && !e.Sample)
                    .Where(e => e.Dates.Any(d => d.EndUtc >= longAgo) && !e.Dates.Any(d => d.EndUtc >= midnight))
                    .OrderBy(e => e.Id)
                    .Take(MostAtOnce)
                    .ToListAsync(cancel);
                foreach (var e in over)
                    if (e.Thank(clock.GetUtcNow()))
                        await post.ThanksAsync(db, e, cancel);
                return over.Count;
            },
            cancel
        );
    }
}
