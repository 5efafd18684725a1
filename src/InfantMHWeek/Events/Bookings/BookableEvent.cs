using System.Globalization;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Bookings;

/// <summary>An event that was approved once, as those who give its places see it.</summary>
sealed record BookableEvent(
    Guid Id,
    string Slug,
    EventDetails Live,
    DateOnly? DatesUntil,
    int Sequence,
    DateTime? WithdrawnAt,
    DateTime? CancelledAt,
    DateTime? PostponedAt
)
{
    public string Path => "/events/" + Slug;

    /// <summary>None of its dates takes place, or the public does not see it.</summary>
    public bool Off => WithdrawnAt is not null || CancelledAt is not null;

    /// <summary>By which places are given now; null where none are.</summary>
    public PlaceTerms? Terms => Off || PostponedAt is not null ? null : Live.Places;

    /// <summary>Where it is, so that a family finds it by that line alone.</summary>
    public string Where =>
        !Live.InPerson
            ? "Online"
            : string.Join(", ", new[] { Live.Venue, Live.Address, Live.Town, Live.Postcode }.Where(t => t.Length > 0))
                + (Live.Online ? ", and online" : "");

    /// <summary>Its dates that are not over, next first.</summary>
    public IEnumerable<Occurrence> Dates(DateTime now) =>
        Off ? [] : Live.Schedule.Occurrences(DatesUntil, UkTime.DayOf(now).AddDays(-Schedule.MostDays)).Where(o => o.Time.EndUtc > now);

    public DateTime ClosesAt(Occurrence date) => date.Time.StartUtc.AddHours(-(Live.Places?.CloseHours ?? 0));
}

/// <summary>One coming date, as the page of the event tells it.</summary>
/// <param name="Left">How many places are free; 0 while anybody waits.</param>
sealed record BookableDate(Occurrence Date, int Left, bool Closed, bool WaitingList)
{
    public string Name => BookedDate.NameOf(Date.At);
    public bool CanBook => !Closed && (Left > 0 || WaitingList);

    public string InWords =>
        Closed ? "bookings are closed"
        : Left > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Left} {(Left == 1 ? "place" : "places")} left")
        : "full";
}

static class BookableEvents
{
    /// <summary>So many of the next dates can be booked: a weekly group for two months.</summary>
    public const int MostDates = 8;

    public static IQueryable<BookableEvent> AsBookable(this IQueryable<Event> events) =>
        events
            .AsNoTracking()
            .Where(e => e.ApprovedAt != null && e.Live != null)
            .Select(e => new BookableEvent(e.Id, e.Slug!, e.Live!, e.DatesUntil, e.Sequence, e.WithdrawnAt, e.CancelledAt, e.PostponedAt));

    /// <summary>The next dates with what is free on each, counted now.</summary>
    public static async Task<IReadOnlyList<BookableDate>> BookableDatesAsync(
        this SiteDb db,
        string slug,
        DateTime now,
        CancellationToken cancel
    ) =>
        await db.Set<Event>().Where(e => e.Slug == slug).AsBookable().SingleOrDefaultAsync(cancel) is { } e
            ? await db.BookableDatesAsync(e, now, cancel)
            : [];

    /// <inheritdoc cref="BookableDatesAsync(SiteDb, string, DateTime, CancellationToken)"/>
    public static async Task<IReadOnlyList<BookableDate>> BookableDatesAsync(
        this SiteDb db,
        BookableEvent e,
        DateTime now,
        CancellationToken cancel
    )
    {
        if (e.Terms is not { } terms)
            return [];
        var id = e.Id;
        var held = await db.Set<BookedDate>()
            .Where(d => d.EventId == id && d.EndsAt > now)
            .Select(d => new
            {
                d.At,
                d.PlacesTaken,
                Waits = db.Set<PlaceBooking>().Any(b => b.DateId == d.Id && b.State == BookingState.Waiting),
            })
            .ToDictionaryAsync(d => d.At, StringComparer.Ordinal, cancel);
        return
        [
            .. e.Dates(now)
                .Where(d => d.Time.StartUtc > now)
                .Take(MostDates)
                .Select(d =>
                {
                    var row = held.GetValueOrDefault(BookedDate.NameOf(d.At));
                    var left = row?.Waits == true ? 0 : Math.Max(0, terms.Count - (row?.PlacesTaken ?? 0));
                    return new BookableDate(d, left, e.ClosesAt(d) <= now, terms.WaitingList);
                }),
        ];
    }
}
