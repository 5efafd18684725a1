using System.Globalization;
using System.Xml.Linq;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Publishing;

/// <summary>
/// The feed of events (Atom), those approved last first. It takes the finder's filters, and goes on page by page (RFC 5005): a page is
/// named by where the one before it ended, so that none is missed when others are approved meanwhile.
/// </summary>
static class EventFeed
{
    const int PerPage = 50;
    const string Path = "/events/feed.atom",
        Type = "application/atom+xml";
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static async Task<IResult> SendAsync(
        EventLister lister,
        SiteAddress address,
        HttpContext http,
        PageClock clock,
        CancellationToken cancel
    )
    {
        var search = EventEndpoints.Unpaged(http);
        var asked = await lister.ReadAsync(search, cancel);
        var typed = http.Request.Query["before"].ToString();
        var before = Read(typed);
        if (asked.Wrong.Count > 0 || typed.Length > 0 && before is null)
            return TypedResults.NotFound();
        var found = await lister.LastApprovedAsync(asked, before, PerPage + 1, cancel);
        var events = found.Take(PerPage).ToList();
        var query = search.ToQueryString();
        string PageAfter(string place) => address.Of($"{Path}{query}{(query.Length == 0 ? '?' : '&')}before={place}");
        var feed = new XElement(
            Atom + "feed",
            new XElement(Atom + "title", "Events " + asked.WhereWords),
            new XElement(Atom + "subtitle", $"Events {asked.WhereWords}, {asked.WhenWords}, those approved last first"),
            new XElement(Atom + "id", address.Of(Path + query)),
            new XElement(Atom + "updated", Instant(events.Count > 0 ? events.Max(e => e.UpdatedAt) : UkTime.MidnightUtc(clock.Today()))),
            new XElement(Atom + "author", new XElement(Atom + "name", "Infant Mental Health Awareness Week")),
            Link("self", before is null ? address.Of(Path + query) : PageAfter(typed), Type),
            Link("first", address.Of(Path + query), Type),
            found.Count > PerPage ? Link("next", PageAfter(PlaceOf(events[^1])), Type) : null,
            Link("alternate", address.Of("/events" + query), "text/html"),
            events.Select(e => Entry(e, address, clock))
        );
        return ETagText.Send(http, new XDeclaration("1.0", "utf-8", null) + "\n" + feed, Type);
    }

    static XElement Entry(PublicEvent e, SiteAddress address, PageClock clock) =>
        new(
            Atom + "entry",
            new XElement(Atom + "title", Clean(e.TitleWithState)),
            new XElement(Atom + "id", $"urn:uuid:{e.Id}"),
            new XElement(Atom + "published", Instant(e.ApprovedAt)),
            new XElement(Atom + "updated", Instant(e.UpdatedAt)),
            Link("alternate", address.Of(e.Path), "text/html"),
            e.Live.Picture is { } picture ? PictureLink(picture, address.Of(picture.PathAt(e.Path))) : null,
            new XElement(Atom + "summary", Clean($"{string.Join("; ", WhenLines(e, clock))}. {e.Where}. {e.SummaryWithState}"))
        );

    static IEnumerable<string> WhenLines(PublicEvent e, PageClock clock) =>
        e.Live.Schedule.Repeats
            ? ScheduleSummary.Of(e.Live.Schedule, e.DatesUntil, clock.GetUtcNow().UtcDateTime).Lines()
            : e.Live.Schedule.All().Select(EventTimes.InWords);

    static string PlaceOf(PublicEvent e) => string.Create(CultureInfo.InvariantCulture, $"{e.ApprovedAt.Ticks}-{e.Id:N}");

    static (DateTime At, Guid Id)? Read(string place) =>
        place.Split('-') is [var at, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTime.MaxValue.Ticks
        && Guid.TryParseExact(id, "N", out var last)
            ? (new(ticks, DateTimeKind.Utc), last)
            : null;

    static XElement Link(string relation, string address, string type) =>
        new(Atom + "link", new XAttribute("rel", relation), new XAttribute("href", address), new XAttribute("type", type));

    static XElement PictureLink(PictureDetails picture, string address)
    {
        var link = Link("enclosure", address, "image/webp");
        link.Add(new XAttribute("title", Clean(picture.Alternative)));
        return link;
    }

    static string Instant(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>XML cannot hold most control characters, nor half a pair.</summary>
    static string Clean(string text) =>
        string.Concat(
            text.EnumerateRunes().Select(r => r.Value < 32 && r.Value is not (9 or 10) || r.Value is 0xFFFE or 0xFFFF ? "" : r.ToString())
        );
}
