using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Bookings;

/// <summary>
/// Gives the free places of a date to those who wait, in the order in which they were stored; also to whoever books at this moment, so that
/// nobody is passed over. Nobody waits for another organisation's share here, so it is the course's waiting list without that.
/// </summary>
sealed class PlaceQueue(BookingMails mails, TimeProvider clock)
{
    /// <summary>So long a place is kept for an answer; at most until it begins.</summary>
    public const int HoldHours = 48,
        OfferHours = 24;

    /// <summary>So long before its end they are reminded of it, but not in the first half of the time.</summary>
    const int RemindHours = 12;

    /// <param name="db">The context of the caller's write. What it has changed is saved first.</param>
    /// <param name="booking">Who books at this moment, and need not be told by day.</param>
    /// <param name="sure">They do so behind a link of their own mail: nobody need ask them again whether they will come.</param>
    public async Task FillAsync(SiteDb db, Guid dateId, Guid? booking, CancellationToken cancel, bool sure = false)
    {
        await db.SaveChangesAsync(cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        if (
            await db.Set<BookedDate>()
                .AsNoTracking()
                .FirstOrDefaultAsync(d => d.Id == dateId && d.State == DateState.On && d.PlacesTaken < d.Places && d.ClosesAt > now, cancel)
            is not { } date
        )
            return;
        var next = await db.Set<PlaceBooking>()
            .Where(b => b.DateId == dateId && b.State == BookingState.Waiting)
            .OrderBy(b => b.Position)
            .Take(date.Places - date.PlacesTaken)
            .ToListAsync(cancel);
        foreach (var one in next)
        {
            var atOnce = one.Id == booking;
            var (tell, until) = OfferTimes.From(now, atOnce ? HoldHours : OfferHours, date.StartsAt);
            // What could only be told after bookings have closed is no offer.
            if (!atOnce && tell >= date.ClosesAt)
                return;
            if (!await db.ClaimPlaceAsync<BookedDate>(dateId, cancel))
                return;
            one.Hold(until, now);
            if (atOnce && sure && one.Accept(now))
                await mails.BookedAsync(db, one, date, cancel);
            else
                await mails.HeldAsync(db, one, date, atOnce ? null : tell, cancel);
        }
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Reminds those who have not said yet whether they will come, once for each time a place is kept. Inside the caller's write.
    /// </summary>
    public async Task RemindUnconfirmedAsync(SiteDb db, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var soon = now.AddHours(Math.Max(RemindHours, HoldHours / 2));
        var held = await db.Set<PlaceBooking>()
            .Include(b => b.Date)
            .Where(b => b.State == BookingState.Held && b.KeptUntil > now && b.KeptUntil <= soon)
            .Where(b => b.Date.State == DateState.On && b.Date.ClosesAt > now)
            .OrderBy(b => b.KeptUntil)
            .ToListAsync(cancel);
        foreach (var one in held)
            if (OfferTimes.Reminder(one.StateSince, one.KeptUntil!.Value, RemindHours) <= now)
                await mails.UnconfirmedAsync(db, one, one.Date, cancel);
    }

    /// <summary>Ends places that nobody said yes to in time, and passes them on. Inside the caller's write.</summary>
    public async Task<int> ExpireAsync(SiteDb db, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // Once bookings are closed the place is of use to nobody else: whoever comes all the same may stay.
        var over = await db.Set<PlaceBooking>()
            .Include(b => b.Date)
            .Where(b => b.State == BookingState.Held && b.KeptUntil <= now && b.Date.State == DateState.On && b.Date.ClosesAt > now)
            .OrderBy(b => b.KeptUntil)
            .ThenBy(b => b.Position)
            .Take(200)
            .ToListAsync(cancel);
        foreach (var one in over.Where(b => b.Expire(now)))
        {
            await mails.EndedAsync(db, one, one.Date, cancel);
            await db.ReleasePlaceAsync<BookedDate>(one.DateId, cancel);
        }
        foreach (var date in over.Select(b => b.DateId).Distinct())
            await FillAsync(db, date, booking: null, cancel);
        return over.Count;
    }
}
