using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Bookings;

/// <summary>What a family asks for.</summary>
/// <param name="Date">Which date of the event; see <see cref="BookedDate.NameOf"/>.</param>
/// <param name="Form">Names the opening of the form.</param>
sealed record BookingWish(string Slug, string Date, string Name, EmailAddress Email, int Babies, Guid? Form);

/// <summary>
/// Takes bookings and answers, each in one write with its mails. Places themselves are given by <see cref="PlaceQueue"/>.
/// </summary>
sealed class PlaceRegistrar(
    SiteStore store,
    PlaceQueue queue,
    DateFollower follower,
    BookingMails mails,
    FolderTransport letters,
    TimeProvider clock
)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Books, or joins the waiting list. An address that has a place or waits already gets the same answer, and a mail that says so.
    /// </summary>
    public Task<BookingResult> BookAsync(BookingWish wish, CancellationToken cancel = default) =>
        store.WriteAsync(db => BookAsync(db, wish, sure: false, cancel), cancel);

    /// <summary>
    /// Whoever has said behind the link of their mail that they will come books another date there: no other mail asks them again.
    /// </summary>
    public Task<BookingResult> BookAlsoAsync(Guid id, string date, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var known = await db.Set<PlaceBooking>()
                    .Where(b => b.Id == id && b.State == BookingState.Accepted)
                    .Join(db.Set<Event>(), b => b.Date.EventId, e => e.Id, (b, e) => new { Booking = b, e.Slug })
                    .SingleOrDefaultAsync(cancel);
                if (known is not { Slug: { } slug, Booking: var booking })
                    return BookingResult.NotPossible;
                return await BookAsync(db, new(slug, date, booking.Name, booking.Email, booking.Babies, Form: null), sure: true, cancel);
            },
            cancel
        );

    async Task<BookingResult> BookAsync(SiteDb db, BookingWish wish, bool sure, CancellationToken cancel)
    {
        if (await db.Set<Event>().Where(e => e.Slug == wish.Slug).AsBookable().SingleOrDefaultAsync(cancel) is not { } e)
            return BookingResult.Unknown;
        await follower.FollowAsync(db, e, cancel);
        if (
            e.Terms is not { } terms
            || e.Dates(Now).Take(BookableEvents.MostDates + 1).FirstOrDefault(d => BookedDate.NameOf(d.At) == wish.Date) is not { } asked
        )
            return BookingResult.Unknown;
        if (e.ClosesAt(asked) <= Now)
            return BookingResult.Closed;
        var date = await db.Set<BookedDate>().SingleOrDefaultAsync(d => d.EventId == e.Id && d.At == wish.Date, cancel);
        if (date is null)
            db.Add(date = BookedDate.Of(e, asked, clock.GetUtcNow()));
        else if (!terms.WaitingList && await IsFullAsync(db, date.Id, cancel))
            return BookingResult.Full;
        await TakeAsync(db, date, wish, sure, cancel);
        return BookingResult.Done;
    }

    static Task<bool> IsFullAsync(SiteDb db, Guid date, CancellationToken cancel) =>
        db.Set<BookedDate>()
            .AnyAsync(
                d =>
                    d.Id == date
                    && (d.PlacesTaken >= d.Places || db.Set<PlaceBooking>().Any(b => b.DateId == date && b.State == BookingState.Waiting)),
                cancel
            );

    async Task TakeAsync(SiteDb db, BookedDate date, BookingWish wish, bool sure, CancellationToken cancel)
    {
        var (id, key, name) = (date.Id, wish.Email.Key, UserText.Clean(wish.Name));
        var booking = await db.Set<PlaceBooking>().SingleOrDefaultAsync(b => b.DateId == id && b.AddressKey == key, cancel);
        if (booking is null)
            db.Add(booking = PlaceBooking.Start(date, name, wish.Email, wish.Babies, wish.Form, clock.GetUtcNow()));
        else if (!booking.Ended && booking.Form is not null && booking.Form == wish.Form)
            return;
        else if (!booking.Rejoin(date, Now))
        {
            await mails.BeforeAsync(db, booking, date, cancel);
            return;
        }
        else
            (booking.Name, booking.Babies, booking.Form) = (name, wish.Babies, wish.Form);
        await WaitAsync(db, booking, date, cancel, sure);
    }

    async Task WaitAsync(SiteDb db, PlaceBooking booking, BookedDate date, CancellationToken cancel, bool sure = false)
    {
        await queue.FillAsync(db, date.Id, booking.Id, cancel, sure);
        if (booking.State == BookingState.Waiting)
            await mails.WaitingAsync(db, booking, date, cancel);
    }

    /// <summary>They say that they will come.</summary>
    public Task<BookingResult> AcceptAsync(Guid id, CancellationToken cancel = default) =>
        ChangeAsync(
            id,
            async (db, booking) =>
            {
                if (!booking.Accept(Now))
                    return false;
                await mails.BookedAsync(db, booking, booking.Date, cancel);
                return true;
            },
            cancel
        );

    /// <summary>They will not come, or wait no longer: a place goes to the next at once.</summary>
    public Task<BookingResult> GiveUpAsync(Guid id, CancellationToken cancel = default) =>
        ChangeAsync(id, (db, booking) => GiveUpAsync(db, booking, cancel), cancel);

    /// <summary>Back to the end of the list, after an end.</summary>
    public Task<BookingResult> RejoinAsync(Guid id, CancellationToken cancel = default) =>
        ChangeAsync(
            id,
            async (db, booking) =>
            {
                if (booking.Date.State != DateState.On || booking.Date.ClosesAt <= Now || !booking.Rejoin(booking.Date, Now))
                    return false;
                await WaitAsync(db, booking, booking.Date, cancel);
                return true;
            },
            cancel
        );

    /// <summary>Forgets all that is kept of it, its mails too; a place goes to the next.</summary>
    public async Task ForgetAsync(Guid id, CancellationToken cancel = default)
    {
        letters.Forget(
            await store.WriteAsync<IReadOnlyCollection<Guid>>(
                async db =>
                {
                    if (await db.Set<PlaceBooking>().Include(b => b.Date).SingleOrDefaultAsync(b => b.Id == id, cancel) is not { } booking)
                        return [];
                    await GiveUpAsync(db, booking, cancel);
                    await RefusedRecipient.LiftAsync(db, booking.Email, cancel);
                    var start = id.ToString("N") + ":";
                    var about = db.Set<OutboxMail>().Where(m => m.About.StartsWith(start));
                    var gone = await about.Select(m => m.Id).ToListAsync(cancel);
                    await about.ExecuteDeleteAsync(cancel);
                    db.Remove(booking);
                    return gone;
                },
                cancel
            )
        );
        await store.ForgetBytesAsync(cancel);
    }

    async Task<bool> GiveUpAsync(SiteDb db, PlaceBooking booking, CancellationToken cancel)
    {
        var free = booking.TakesPlace;
        if (!booking.GiveUp(Now))
            return false;
        if (free)
        {
            await db.ReleasePlaceAsync<BookedDate>(booking.DateId, cancel);
            await queue.FillAsync(db, booking.DateId, booking: null, cancel);
        }
        return true;
    }

    /// <summary>Decides on what is held inside the write, after the date has followed its event.</summary>
    Task<BookingResult> ChangeAsync(Guid id, Func<SiteDb, PlaceBooking, Task<bool>> change, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                if (await db.Set<PlaceBooking>().Include(b => b.Date).SingleOrDefaultAsync(b => b.Id == id, cancel) is not { } booking)
                    return BookingResult.Unknown;
                var of = booking.Date.EventId;
                if (await db.Set<Event>().Where(e => e.Id == of).AsBookable().SingleOrDefaultAsync(cancel) is { } e)
                    await follower.FollowAsync(db, e, cancel);
                return await change(db, booking) ? BookingResult.Done : BookingResult.NotPossible;
            },
            cancel
        );
}
