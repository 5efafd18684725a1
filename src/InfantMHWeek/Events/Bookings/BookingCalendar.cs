using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Calendars;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Bookings;

/// <summary>A family's date for their own diary: that date alone, with the link by which they cancel.</summary>
static class BookingCalendar
{
    static readonly TimeSpan RefreshEvery = TimeSpan.FromHours(6);

    public static void MapBookings(this IEndpointRouteBuilder routes) => routes.MapGet("/events/places/{token}.ics", SendAsync);

    static async Task<IResult> SendAsync(
        string token,
        SiteDb db,
        SiteAddress address,
        TimeProvider clock,
        HttpResponse response,
        CancellationToken cancel
    )
    {
        response.ForHolderOfLink();
        if (await db.OpenBookingAsync(token, cancel) is not { Date: var date } place || !IsInDiary(place))
            return TypedResults.NotFound();
        var of = date.EventId;
        if (await db.Set<Event>().Where(e => e.Id == of).AsBookable().SingleOrDefaultAsync(cancel) is not { } e)
            return TypedResults.NotFound();
        var link = address.Of("/events/places/" + token);
        var entry = new CalendarEntry(
            $"{place.Id:N}@{new Uri(address.Of("/")).Host}",
            clock.GetUtcNow().UtcDateTime,
            date.Sequence + place.Step,
            date.StartsAt,
            date.EndsAt,
            (StateOf(place) is { } state ? state + ": " : "") + e.Live.Title
        )
        {
            Status =
                place.Ended ? CalendarStatus.Cancelled
                : date.State == DateState.Postponed ? CalendarStatus.Tentative
                : CalendarStatus.Confirmed,
            Description = (place.Ended ? "How things stand for you: " : "If you cannot come, please say so here: ") + link,
            Location = date.Where,
            Link = link,
        };
        return TypedResults.Text(CalendarWriter.Write("Places", e.Live.Title, [entry], RefreshEvery), "text/calendar; charset=utf-8");
    }

    /// <summary>A diary that has it must hear that it was called off; whoever gave their place back knows.</summary>
    static bool IsInDiary(PlaceBooking place) => place.TakesPlace || place.State == BookingState.CalledOff;

    /// <summary>A place that was called off has ended, though its date may be on again.</summary>
    static string? StateOf(PlaceBooking place) =>
        PublicEvent.InWords(place.Date.State == DateState.Off, place.Date.State == DateState.Postponed)
        ?? (place.Ended ? "You have no place" : null);
}
