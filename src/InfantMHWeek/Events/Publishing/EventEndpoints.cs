using System.Globalization;
using System.Xml.Linq;
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
        MostInFeed = 50;
    static readonly CachedPageAttribute MadeAfresh = new(keep: false);
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static void MapEventFiles(this IEndpointRouteBuilder routes)
    {
        Get("/events/{slug}.ics", OneCalendar);
        Get("/events/{slug}.png", Picture);
        Get("/events/calendar.ics", Calendar);
        Get("/events/feed.atom", Feed);
        Get("/events/sitemap.xml", SiteMap).WithMetadata(MadeAfresh);

        RouteHandlerBuilder Get(string pattern, Delegate handler) =>
            routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], handler).ExcludeFromDescription();
    }

    static async Task<IResult> OneCalendar(string slug, SiteDb db, SiteAddress address, HttpContext http, CancellationToken cancel)
    {
        var e = await db.Set<Event>().AsNoTracking().Where(e => e.Slug == slug).AsPublic().SingleOrDefaultAsync(cancel);
        return e is null
            ? TypedResults.NotFound()
            : ETagText.Send(http, CalendarFile.Write([e], e.Live.Title, address), CalendarFile.ContentType);
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
            return TypedResults.NotFound();
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

    static async Task<IResult> Calendar(EventLister lister, SiteAddress address, HttpContext http, CancellationToken cancel)
    {
        var listing = await lister.FindAsync(Unpaged(http), cancel, MostInFiles);
        return listing.Wrong.Count > 0
            ? TypedResults.NotFound()
            : ETagText.Send(
                http,
                CalendarFile.Write(listing.Rows.Select(r => r.Event).DistinctBy(e => e.Id), $"Events {listing.WhereWords}", address),
                CalendarFile.ContentType
            );
    }

    static async Task<IResult> Feed(EventLister lister, SiteAddress address, HttpContext http, PageClock clock, CancellationToken cancel)
    {
        var listing = await lister.FindAsync(Unpaged(http), cancel, MostInFiles);
        if (listing.Wrong.Count > 0)
            return TypedResults.NotFound();
        var rows = listing
            .Rows.DistinctBy(r => r.Event.Id)
            .OrderByDescending(r => r.Event.UpdatedAt)
            .ThenBy(r => r.Event.Id)
            .Take(MostInFeed)
            .ToList();
        var query = Unpaged(http).ToQueryString();
        var feed = new XElement(
            Atom + "feed",
            new XElement(Atom + "title", "Events " + listing.WhereWords),
            new XElement(Atom + "id", address.Of("/events/feed.atom" + query)),
            new XElement(Atom + "updated", Instant(rows.Count > 0 ? rows[0].Event.UpdatedAt : UkTime.MidnightUtc(clock.Today()))),
            new XElement(Atom + "author", new XElement(Atom + "name", "Infant Mental Health Awareness Week")),
            Link("self", address.Of("/events/feed.atom" + query), "application/atom+xml"),
            Link("alternate", address.Of("/events" + query), "text/html"),
            rows.Select(r => new XElement(
                Atom + "entry",
                new XElement(Atom + "title", Clean(r.Event.TitleWithState)),
                new XElement(Atom + "id", $"urn:uuid:{r.Event.Id}"),
                new XElement(Atom + "published", Instant(r.Event.ApprovedAt)),
                new XElement(Atom + "updated", Instant(r.Event.UpdatedAt)),
                Link("alternate", address.Of(r.Event.Path), "text/html"),
                new XElement(
                    Atom + "summary",
                    Clean($"{string.Join("; ", WhenLines(r.Event, clock))}. {r.Event.Where}. " + $"{r.Event.SummaryWithState}")
                )
            ))
        );
        return ETagText.Send(http, new XDeclaration("1.0", "utf-8", null) + "\n" + feed, "application/atom+xml");
    }

    static IEnumerable<string> WhenLines(PublicEvent e, PageClock clock) =>
        e.Live.Schedule.Repeats
            ? ScheduleSummary.Of(e.Live.Schedule, e.DatesUntil, clock.GetUtcNow().UtcDateTime).Lines()
            : e.Live.Schedule.All().Select(EventTimes.InWords);

    static async Task<IResult> SiteMap(SiteDb db, SiteAddress address, CancellationToken cancel)
    {
        var events = await db.Set<Event>()
            .WherePublic()
            .Where(e => !e.Sample)
            .OrderByDescending(e => e.UpdatedAt)
            .Take(SiteMapText.Most)
            .Select(e => new { e.Slug, e.UpdatedAt })
            .ToListAsync(cancel);
        return SiteMapText.Send(events.Select(e => (address.Of("/events/" + e.Slug), e.UpdatedAt)));
    }

    static EventSearch Unpaged(HttpContext http) => EventSearch.Read(http.Request.Query) with { Page = 1, Sort = "", View = "" };

    static XElement Link(string relation, string address, string type) =>
        new(Atom + "link", new XAttribute("rel", relation), new XAttribute("href", address), new XAttribute("type", type));

    static string Instant(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>XML cannot hold most control characters, nor half a pair.</summary>
    static string Clean(string text) =>
        string.Concat(
            text.EnumerateRunes().Select(r => r.Value < 32 && r.Value is not (9 or 10) || r.Value is 0xFFFE or 0xFFFF ? "" : r.ToString())
        );
}
