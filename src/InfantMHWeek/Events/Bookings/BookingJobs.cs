using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Bookings;

/// <summary>
/// What places do by themselves; each step is noted in the write of its mails, so a restart neither skips nor repeats it.
/// </summary>
sealed class BookingJobs(SiteStore store, PlaceQueue queue, BookingMails mails, TimeProvider clock)
{
    public const string Follow = "tell families with a place what has changed",
        Expire = "end places at events that nobody answered for",
        Remind = "remind families of their place the day before",
        Confirm = "remind families who have not said whether they will come";
    const int MostAtOnce = 200;

    public async Task ExpireAsync(CancellationToken cancel = default)
    {
        while (await store.WriteAsync(db => queue.ExpireAsync(db, cancel), cancel) == MostAtOnce) { }
    }

    public Task RemindUnconfirmedAsync(CancellationToken cancel = default) =>
        store.WriteAsync(db => queue.RemindUnconfirmedAsync(db, cancel), cancel);

    /// <summary>The day before, by day, whoever has a place; what changed since is told first.</summary>
    /// <returns>How many were reminded.</returns>
    public Task<int> RemindAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (OfferTimes.IsNight(now))
            return Task.FromResult(0);
        var today = UkTime.MidnightUtc(clock.Today());
        var (from, to) = (UkTime.MidnightUtc(clock.Today().AddDays(1)), UkTime.MidnightUtc(clock.Today().AddDays(2)));
        return store.WriteAsync(
            async db =>
            {
                var people = await db.Set<PlaceBooking>()
                    .Include(b => b.Date)
                    .Where(b => b.State == BookingState.Held || b.State == BookingState.Accepted)
                    // Whoever booked today has just read all of it.
                    .Where(b => b.RemindedAt == null && b.BookedAt < today)
                    .Where(b => b.Date.State == DateState.On && b.Date.StartsAt >= from && b.Date.StartsAt < to)
                    .Where(b => db.Set<Event>().Any(e => e.Id == b.Date.EventId && e.Sequence == b.Date.Sequence))
                    .OrderBy(b => b.Id)
                    .Take(MostAtOnce)
                    .ToListAsync(cancel);
                foreach (var one in people)
                {
                    one.RemindedAt = now;
                    await mails.ReminderAsync(db, one, one.Date, cancel);
                }
                return people.Count;
            },
            cancel
        );
    }
}
