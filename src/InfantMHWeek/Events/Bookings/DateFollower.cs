using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Bookings;

/// <summary>
/// Keeps booked dates with their event, whoever changed that and by whichever way: organiser, staff, a partner's calendar. Everybody with
/// a place, or who waits for one, is told once, in the write that notes it.
/// </summary>
sealed class DateFollower(SiteStore store, PlaceQueue queue, BookingMails mails, TimeProvider clock)
{
    const int MostAtOnce = 20;

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Follows every event that changed since its booked dates were last compared with it.</summary>
    /// <returns>How many events.</returns>
    public async Task<int> FollowAllAsync(CancellationToken cancel = default)
    {
        for (var all = 0; ; )
        {
            var done = await store.WriteAsync(
                async db =>
                {
                    var ids = await db.Set<BookedDate>()
                        .Where(d => db.Set<Event>().Any(e => e.Id == d.EventId && e.Sequence != d.Sequence))
                        .Select(d => d.EventId)
                        .Distinct()
                        .Take(MostAtOnce)
                        .ToListAsync(cancel);
                    var changed = await db.Set<Event>().Where(e => ids.Contains(e.Id)).OrderBy(e => e.Id).AsBookable().ToListAsync(cancel);
                    foreach (var e in changed)
                        await FollowAsync(db, e, cancel);
                    return ids.Count;
                },
                cancel
            );
            all += done;
            if (done < MostAtOnce)
                return all;
        }
    }

    /// <summary>Inside the caller's write.</summary>
    public async Task FollowAsync(SiteDb db, BookableEvent e, CancellationToken cancel)
    {
        var rows = await db.Set<BookedDate>().Where(d => d.EventId == e.Id).OrderBy(d => d.StartsAt).ToListAsync(cancel);
        var behind = rows.FindAll(d => d.Sequence != e.Sequence);
        if (behind.Count == 0)
            return;
        var dates = e.Dates(Now).ToList();
        var taken = rows.Select(d => d.At).ToHashSet(StringComparer.Ordinal);
        foreach (var row in behind)
        {
            var was = new DateBefore(row.StartsAt, row.EndsAt, row.Where);
            var turn = row.Follow(e, Find(e, dates, row, taken), Now);
            taken.Add(row.At);
            await db.SaveChangesAsync(cancel);
            await TellAsync(db, row, turn, was, cancel);
            await queue.FillAsync(db, row.Id, booking: null, cancel);
        }
    }

    /// <summary>
    /// The date that a row stands for: by its name; else the only date of what takes place once; else another time on the same day, as
    /// where all of a group begin half an hour later.
    /// </summary>
    static Occurrence? Find(BookableEvent e, List<Occurrence> dates, BookedDate row, HashSet<string> taken)
    {
        if (dates.Find(d => BookedDate.NameOf(d.At) == row.At) is { } same)
            return same;
        var free = dates.FindAll(d => !taken.Contains(BookedDate.NameOf(d.At)));
        return e.Live.Schedule.Repeat == Repeat.Once ? free.FirstOrDefault() : free.Find(d => d.Time.Day == UkTime.DayOf(row.StartsAt));
    }

    async Task TellAsync(SiteDb db, BookedDate date, DateTurn turn, DateBefore was, CancellationToken cancel)
    {
        if (turn == DateTurn.None)
            return;
        List<BookingState> told =
            turn == DateTurn.OnAgain ? [BookingState.CalledOff] : [BookingState.Waiting, BookingState.Held, BookingState.Accepted];
        var people = await db.Set<PlaceBooking>()
            .Where(b => b.DateId == date.Id && told.Contains(b.State))
            .OrderBy(b => b.Position)
            .ToListAsync(cancel);
        foreach (var one in people)
            switch (turn)
            {
                case DateTurn.Off when one.CallOff(Now):
                    await mails.OffAsync(db, one, date, cancel);
                    break;
                case DateTurn.OnAgain:
                    await mails.OnAgainAsync(db, one, date, cancel);
                    break;
                case DateTurn.Postponed:
                    await mails.PostponedAsync(db, one, date, cancel);
                    break;
                case DateTurn.Changed:
                    one.RemindedAt = null;
                    one.HoldAnew(OfferTimes.From(Now, PlaceQueue.OfferHours, date.StartsAt).Until, date.StartsAt, Now);
                    await mails.ChangedAsync(db, one, date, was, cancel);
                    break;
            }
        if (turn == DateTurn.Off)
        {
            var id = date.Id;
            await db.Set<BookedDate>().Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.PlacesTaken, 0), cancel);
        }
    }
}
