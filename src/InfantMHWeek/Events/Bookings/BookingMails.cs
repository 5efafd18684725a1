using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Bookings;

/// <summary>
/// The mails to families with a place, or who wait for one. Each is queued in the write of what it tells of, once, and brings a link of its
/// own. Wordings: <c>content/emails/event-place-*.md</c>. Of what the family typed only their name is in it.
/// </summary>
sealed class BookingMails(Outbox outbox, SiteAddress address, TimeProvider clock)
{
    /// <summary>All of them begin so.</summary>
    public const string Kinds = "event-place-";

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A place is kept for them.</summary>
    /// <param name="tell">When somebody who waited is told of it; null for whoever books now.</param>
    public Task HeldAsync(SiteDb db, PlaceBooking booking, BookedDate date, DateTime? tell, CancellationToken cancel) =>
        QueueAsync(
            db,
            tell is null ? "event-place-held" : "event-place-free",
            booking,
            date,
            StepOf(booking),
            [("until", booking.KeptUntil!.Value.WithWeekday())],
            cancel,
            tell
        );

    /// <summary>The place that is kept for them ends soon.</summary>
    public Task UnconfirmedAsync(SiteDb db, PlaceBooking booking, BookedDate date, CancellationToken cancel) =>
        QueueAsync(
            db,
            "event-place-unconfirmed",
            booking,
            date,
            StepOf(booking),
            [("until", booking.KeptUntil!.Value.WithWeekday())],
            cancel
        );

    /// <summary>They said that they will come.</summary>
    public Task BookedAsync(SiteDb db, PlaceBooking booking, BookedDate date, CancellationToken cancel) =>
        QueueAsync(db, "event-place-booked", booking, date, StepOf(booking), [], cancel);

    public Task WaitingAsync(SiteDb db, PlaceBooking booking, BookedDate date, CancellationToken cancel) =>
        QueueAsync(db, "event-place-waiting", booking, date, StepOf(booking), [], cancel);

    /// <summary>Tells the owner of the address, and nobody else, that it has a place or waits already; at most once a day.</summary>
    public Task BeforeAsync(SiteDb db, PlaceBooking booking, BookedDate date, CancellationToken cancel) =>
        QueueAsync(db, "event-place-before", booking, date, Now.ToString("yyyyMMdd", CultureInfo.InvariantCulture), [], cancel);

    public Task EndedAsync(SiteDb db, PlaceBooking booking, BookedDate date, CancellationToken cancel) =>
        QueueAsync(db, "event-place-ended", booking, date, StepOf(booking), [], cancel);

    public Task OffAsync(SiteDb db, PlaceBooking booking, BookedDate date, CancellationToken cancel) =>
        QueueAsync(db, "event-place-off", booking, date, StepOf(booking), [], cancel);

    /// <summary>Their place ended when it was cancelled, and now it takes place after all.</summary>
    public Task OnAgainAsync(SiteDb db, PlaceBooking booking, BookedDate date, CancellationToken cancel) =>
        QueueAsync(db, "event-place-on-again", booking, date, VersionOf(date), [], cancel);

    public Task PostponedAsync(SiteDb db, PlaceBooking booking, BookedDate date, CancellationToken cancel) =>
        QueueAsync(db, "event-place-postponed", booking, date, VersionOf(date), [], cancel);

    public Task ChangedAsync(SiteDb db, PlaceBooking booking, BookedDate date, DateBefore was, CancellationToken cancel) =>
        QueueAsync(
            db,
            "event-place-changed",
            booking,
            date,
            VersionOf(date),
            [
                ("change", WhatChanged(was, date)),
                ("before", TimeInWords.FromTo(was.StartsAt, was.EndsAt)),
                ("before-where", was.Where == date.Where ? "" : was.Where),
                ("keep", WhatTheyKeep(booking)),
            ],
            cancel
        );

    /// <summary>Which of it is new, so that nobody has to compare.</summary>
    static string WhatChanged(DateBefore was, BookedDate date)
    {
        var (starts, ends, where) = was;
        var when = UkTime.DayOf(starts) == UkTime.DayOf(date.StartsAt) ? "time" : "day";
        return ((starts, ends) != (date.StartsAt, date.EndsAt), where != date.Where) switch
        {
            (true, true) => $"The {when} and the place have changed.",
            (true, false) => $"The {when} has changed. The place is the same.",
            (false, true) => "The place has changed. The day and the time are the same.",
            _ => "It had been postponed, and now takes place as it had been planned.",
        };
    }

    static string WhatTheyKeep(PlaceBooking booking) =>
        booking switch
        {
            { State: BookingState.Held, KeptUntil: { } until } =>
                $"You keep your place. Please say by {until.WithWeekday()} whether you will come: after that it goes to another family.",
            { State: BookingState.Waiting } => "You keep your turn on the waiting list.",
            _ => "You keep your place.",
        };

    public Task ReminderAsync(SiteDb db, PlaceBooking booking, BookedDate date, CancellationToken cancel) =>
        QueueAsync(
            db,
            "event-place-reminder",
            booking,
            date,
            date.StartsAt.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture),
            [],
            cancel
        );

    static string StepOf(PlaceBooking booking) => booking.Step.ToString(CultureInfo.InvariantCulture);

    static string VersionOf(BookedDate date) => "v" + date.Sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>What was queued before is looked for first, so that no link is made that nobody gets.</summary>
    async Task QueueAsync(
        SiteDb db,
        string kind,
        PlaceBooking booking,
        BookedDate date,
        string what,
        IReadOnlyList<(string Name, string Value)> more,
        CancellationToken cancel,
        DateTime? notBefore = null
    )
    {
        var about = $"{booking.Id:N}:{what}";
        if (await db.Set<OutboxMail>().AnyAsync(m => m.Kind == kind && m.About == about, cancel))
            return;
        var id = date.EventId;
        var title = await db.Set<Event>().AsNoTracking().Where(e => e.Id == id).Select(e => e.Live!).FirstAsync(cancel);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = booking.Name,
            ["event"] = title.Title,
            ["when"] = TimeInWords.FromTo(date.StartsAt, date.EndsAt),
            ["where"] = date.Where,
            ["link"] = address.Of("/events/places/" + db.NewBookingLink(booking.Id, Now)),
        };
        values["calendar"] = values["link"] + ".ics";
        foreach (var (name, value) in more)
            values[name] = value;
        await outbox.QueueAsync(db, kind, about, booking.Email, values, notBefore: notBefore, cancel: cancel);
    }
}
