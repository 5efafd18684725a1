using System.Globalization;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Publishing;

/// <summary>What machines read of the events: calendars, a feed, a map for search engines. They take the finder's filters.</summary>
static class EventEndpoints
{
    const int MostInFiles = 500,
        MostParts = 50;
    static readonly CachedPageAttribute MadeAfresh = new(keep: false);

    public static void MapEventFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/events/{slug}.ics", ReadMethods.All, OneCalendar).ExcludeFromDescription();
        routes.MapMethods("/events/{slug}.png", ReadMethods.All, Picture).ExcludeFromDescription();
        routes.MapMethods("/events/{slug}/picture/{name}.webp", ReadMethods.All, PictureEndpoint.SendAsync).ExcludeFromDescription();
        routes.MapMethods("/events/calendar.ics", ReadMethods.All, Calendar).ExcludeFromDescription();
        routes.MapMethods("/events/feed.atom", ReadMethods.All, EventFeed.SendAsync).ExcludeFromDescription();
        routes.MapMethods("/events/sitemap.xml", ReadMethods.All, SiteMap).ExcludeFromDescription().WithMetadata(MadeAfresh);
    }

    static async Task<IResult> OneCalendar(string slug, SiteDb db, SiteAddress address, HttpContext http, CancellationToken cancel)
    {
        var e = await db.Set<Event>().AsNoTracking().Where(e => e.Slug == slug).AsPublic().SingleOrDefaultAsync(cancel);
        if (e is not null)
            return ETagText.Send(http, CalendarFile.Write(e, address), CalendarFile.ContentType);
        // A diary that follows it is told for as long as its page says so: an answer that fails would leave it there.
        return await db.JoinedPathAsync(slug, cancel) is null && await db.Set<Event>().WithdrawnAsync(slug, cancel) is { } gone
            ? ETagText.Send(http, CalendarFile.WriteWithdrawn(gone, address), CalendarFile.ContentType)
            : await JoinedAsync(db, slug, ".ics", cancel);
    }

    static async Task<IResult> Picture(
        string slug,
        SiteDb db,
        SharePictures pictures,
        PageClock clock,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var e = await db.Set<Event>().AsNoTracking().Where(e => e.Slug == slug).AsPublic().SingleOrDefaultAsync(cancel);
        if (e is null)
            return await JoinedAsync(db, slug, ".png", cancel);
        var when = ScheduleSummary.Of(e.Live.Schedule, e.DatesUntil, clock.GetUtcNow().UtcDateTime, most: 1);
        var next = when.Dates.Select(d => d.Time).FirstOrDefault() ?? e.Live.Schedule.Times[0];
        var place = e.Live.InPerson && e.Live.Town.Length > 0 ? e.Live.Town : e.Where;
        return await pictures.SendAsync(
            http,
            e.TitleWithState,
            $"{next.Day.ToString("dddd d MMMM", TimeInWords.British)}, {next.Starts.Clock()}, {place}",
            "parent-and-baby"
        );
    }

    /// <summary>A diary that follows an event which was joined follows the other from now on.</summary>
    static async Task<IResult> JoinedAsync(SiteDb db, string slug, string ending, CancellationToken cancel) =>
        await db.JoinedPathAsync(slug, cancel) is { } path
            ? TypedResults.Redirect(path + ending, permanent: true)
            : TypedResults.NotFound();

    /// <summary>A diary reads one file and follows no link, so each file says what it covers and where the rest is.</summary>
    static async Task<IResult> Calendar(
        EventLister lister,
        CalendarTexts texts,
        SiteDb db,
        SiteAddress address,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var part = PartOf(http);
        var search = Unpaged(http);
        var (listing, found) = await lister.FindDatesAsync(search with { Page = part }, MostInFiles, cancel);
        if (listing.Wrong.Count > 0)
            return TypedResults.NotFound();
        var covers = $"Events {listing.WhereWords}, {listing.WhenWords}: " + (part == 1 && !listing.More ? "all of them." : $"part {part}");
        if (listing.More && part < MostParts)
        {
            var query = search.ToQueryString();
            var next = address.Of($"/events/calendar.ics{query}{(query.Length == 0 ? '?' : '&')}part={part + 1}");
            http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
            covers += $", of which {MostInFiles} lines are shown. The next part is at {next}";
        }
        else if (listing.More)
            covers += ", the last that a file has. There are more: ask for fewer days, or for a place.";
        else if (part > 1)
            covers += ", the last one.";
        return ETagText.Send(
            http,
            CalendarFile.Write(
                await texts.OfAsync(db, [.. found.Select(d => d.EventId).Distinct()], cancel),
                $"Events {listing.WhereWords}",
                covers
            ),
            CalendarFile.ContentType
        );
    }

    /// <summary>One list, or a list of lists where there are more than one may hold.</summary>
    static async Task<IResult> SiteMap(SiteDb db, SiteAddress address, HttpContext http, CancellationToken cancel)
    {
        var all = db.Set<Event>().WherePublic().Where(e => !e.Sample);
        var part = PartOf(http);
        var parts = http.Request.Query.ContainsKey("part") ? 1 : 1 + (await all.CountAsync(cancel) - 1) / SiteMapText.Most;
        if (parts > 1)
            return SiteMapText.SendIndex(Enumerable.Range(1, parts).Select(n => address.Of($"/events/sitemap.xml?part={n}")));
        var events = await all.OrderBy(e => e.Id)
            .Skip((part - 1) * SiteMapText.Most)
            .Take(SiteMapText.Most)
            .Select(e => new { e.Slug, e.UpdatedAt })
            .ToListAsync(cancel);
        return SiteMapText.Send(events.Select(e => (address.Of("/events/" + e.Slug), e.UpdatedAt)));
    }

    static int PartOf(HttpContext http) =>
        int.TryParse(http.Request.Query["part"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, MostParts)
            : 1;

    /// <summary>The finder's filters, whatever page of its list is on the screen.</summary>
    public static EventSearch Unpaged(HttpContext http) => EventSearch.Read(http.Request.Query) with { Page = 1, Sort = "", View = "" };
}
