using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Bookings;

/// <summary>
/// Keeps what the form promises: thirty days after the date who had a place is forgotten; who gave one up, thirty days after that. Their
/// mails go as soon.
/// </summary>
sealed class BookingRetention(SiteStore store, FolderTransport letters, DeletionGuard guard, TimeProvider clock)
    : Retention(store, guard, clock)
{
    public const string Job = "forget who had a place at an event";

    static readonly RetentionRule<OutboxMail> Mails = new(
        new("mails about places at events", Job, MostAtOnce: 3000),
        RetentionPeriods.BookingMails,
        (db, before) =>
            db.Set<OutboxMail>().Where(m => m.Kind.StartsWith(BookingMails.Kinds) && (m.SentAt <= before || m.GivenUpAt <= before))
    );

    static readonly RetentionRule<BookedDate> Dates = new(
        new("dates of events with who had a place", Job),
        RetentionPeriods.BookedDates,
        (db, before) => db.Set<BookedDate>().Where(d => d.EndsAt <= before)
    );

    static readonly RetentionRule<PlaceBooking> GivenUp = new(
        new("places at events that were given up", Job, MostAtOnce: 3000),
        RetentionPeriods.PlacesGivenUp,
        (db, before) =>
            db.Set<PlaceBooking>()
                .Where(b =>
                    b.StateSince <= before
                    && (b.State == BookingState.GivenUp || b.State == BookingState.Expired || b.State == BookingState.CalledOff)
                )
    );

    public override IReadOnlyList<RetentionRule> Rules { get; } = [Dates, GivenUp, Mails];

    protected override async Task ForgetAsync(DateTime now, CancellationToken cancel) =>
        letters.Forget(
            await Store.WriteAsync(
                async db =>
                {
                    var mails = await Mails.Due(db, now).Select(m => m.Id).ToListAsync(cancel);
                    var gone = true;
                    foreach (var rule in Rules)
                        gone = await rule.ForgetAsync(db, Guard, now, cancel);
                    return gone ? mails : [];
                },
                cancel
            )
        );
}
