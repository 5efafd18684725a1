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
        if (await db.OpenBookingAsync(token, cancel) is not { TakesPlace: true, Date: var date } place)
            return TypedResults.NotFound();
        var of = date.EventId;
        if (await db.Set<Event>().Where(e => e.Id == of).AsBookable().SingleOrDefaultAsync(cancel) is not { } e)
            return TypedResults.NotFound();
        var link = address.Of("/events/places/" + token);
        var entry = new CalendarEntry(
            $"{place.Id:N}@{new Uri(address.Of("/")).Host}",
            clock.GetUtcNow().UtcDateTime,
            date.Sequence,
            date.StartsAt,
            date.EndsAt,
            e.Live.Title
        )
        {
            Status =
                date.State == DateState.Off ? CalendarStatus.Cancelled
                : date.State == DateState.Postponed ? CalendarStatus.Tentative
                : CalendarStatus.Confirmed,
            Description = "If you cannot come, please say so here: " + link,
            Location = date.Where,
            Link = link,
        };
        return TypedResults.Text(CalendarWriter.Write("Places", e.Live.Title, [entry], RefreshEvery), "text/calendar; charset=utf-8");
    }
}
