using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Finding;

/// <summary>The finder. What is asked for stands in the address, and in no log.</summary>
[CachedPage(OnlyWithoutQuery = true)]
sealed class IndexModel(
    EventLister lister,
    RegionCounts counts,
    PlaceFinder places,
    SiteDb db,
    SiteStore store,
    SiteAddress address,
    PageClock clock,
    TimeProvider time
) : PageModel
{
    public EventListing Listing { get; private set; } = null!;
    public EventSearch Search => Listing.Search;
    public IReadOnlyDictionary<Region, int> Counts { get; private set; } = new Dictionary<Region, int>();
    public string Attribution { get; private set; } = "";
    public IReadOnlyList<string> Suggestions { get; private set; } = [];
    public DateOnly Today { get; private set; }
    public (DateOnly From, DateOnly To)? Week => lister.Week;

    /// <summary>True where nothing is on at all, wherever and whenever.</summary>
    public bool NothingYet { get; private set; }

    /// <summary>The days of the month view: each with its number of dates.</summary>
    public IReadOnlyDictionary<DateOnly, int> Month { get; private set; } = new Dictionary<DateOnly, int>();
    public IReadOnlyList<MapDot> Dots { get; private set; } = [];

    /// <summary>A circle on the map: one event, or those that stand too near each other to be touched one by one.</summary>
    public sealed record MapDot(double X, double Y, int Count, string Town, string Words, string Path);

    /// <summary>The part of the drawing that is shown.</summary>
    public sealed record MapPart(double X, double Y, double Width, double Height)
    {
        public const double Ratio = 1.2,
            Least = 3,
            Most = 70;
        public static readonly MapPart Whole = new(0, 0, MapDrawing.Width, MapDrawing.Height);

        /// <summary>How large circles and words are drawn, so that they are the same on the screen.</summary>
        public double Scale => Width / 100;
        public string ViewBox => string.Create(CultureInfo.InvariantCulture, $"{X:0.##} {Y:0.##} {Width:0.##} {Height:0.##}");
    }

    public MapPart Map { get; private set; } = MapPart.Whole;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Response.AllowLocation();
        HttpContext.Items[typeof(Freshness)] = (IReadOnlyList<Freshness>)[StoreFreshness.From(store, time)];
        // Staff who look at another day see that day, and nobody else does.
        if (clock.OtherUtc is not null)
            HttpContext.Items[PageAdditionSource.MadeAfresh] = true;
        Today = clock.Today();
        var search = EventSearch.Read(Request.Query);
        Listing = await lister.FindAsync(search, cancel, search.View.Length == 0 ? EventSearch.PageSize : 200);
        var now = UkTime.MidnightUtc(Today);
        Counts = await counts.GetAsync(clock, cancel);
        NothingYet = Listing.Count == 0 && !await db.Set<EventDate>().AnyAsync(d => d.StartUtc >= now, cancel);
        Attribution = await places.AttributionAsync(cancel);
        if (Listing.Wrong.ContainsKey("near"))
            Suggestions = PlaceFinder.Suggest(search.Near);
        if (search.View == "month")
            Month = Listing.Rows.GroupBy(r => r.Day).ToDictionary(g => g.Key, g => g.Count());
        if (search.View == "map")
            Dots =
            [
                .. Circles(
                    Listing.Rows.Select(r => r.Event).DistinctBy(e => e.Id).Where(e => e.Live is { InPerson: true, Point: not null })
                ),
            ];
        foreach (var (field, words) in Listing.Wrong)
            ModelState.AddModelError(field, words);
        ViewData["Head"] = new PageHead
        {
            Title = search.Empty ? "Find an event" : $"Events {Listing.WhereWords}",
            Summary = "Events for babies, parents and carers near you and online.",
            Path = "/events",
            Indexed = search.Empty,
            IsListing = true,
        };
    }

    /// <summary>The part of the drawing that has all of them: near a town that is the town, and not the country with one circle.</summary>
    static MapPart PartWith(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count == 0)
            return MapPart.Whole;
        var (left, right) = (points.Min(p => p.X), points.Max(p => p.X));
        var (top, bottom) = (points.Min(p => p.Y), points.Max(p => p.Y));
        var width = Math.Max(MapPart.Least, Math.Max((right - left) * 1.4, (bottom - top) * 1.4 / MapPart.Ratio));
        return width > MapPart.Most
            ? MapPart.Whole
            : new((left + right - width) / 2, (top + bottom - width * MapPart.Ratio) / 2, width, width * MapPart.Ratio);
    }

    IEnumerable<MapDot> Circles(IEnumerable<PublicEvent> events)
    {
        var all = events.Select(e => (At: MapDrawing.At(e.Live.Point!), Event: e)).ToList();
        Map = PartWith([.. all.Select(p => p.At)]);
        var (apart, circles) = (8.8 * Map.Scale, new List<(double X, double Y, List<PublicEvent> Events)>());
        foreach (var ((x, y), e) in all)
        {
            var near = circles.FindIndex(c => Math.Abs(c.X - x) < apart && Math.Abs(c.Y - y) < apart);
            if (near < 0)
                circles.Add((x, y, [e]));
            else
                circles[near].Events.Add(e);
        }
        foreach (var (x, y, here) in circles)
        {
            var middle = here[0].Live.Point!.Rounded();
            yield return here.Count == 1
                ? new(x, y, 1, here[0].Live.Town, $"{here[0].Live.Title}, {here[0].Where}", here[0].Path)
                : new(
                    x,
                    y,
                    here.Count,
                    here[0].Live.Town,
                    $"{here.Count} events around {here[0].Live.Town}",
                    With(s =>
                        s with
                        {
                            Near = string.Create(CultureInfo.InvariantCulture, $"{middle.Latitude},{middle.Longitude}"),
                            Miles = Map.Scale < 1 ? 5 : 50,
                            Region = Region.None,
                            View = "",
                        }
                    )
                );
        }
    }

    /// <summary>The calendar's address for programs that keep themselves up to date.</summary>
    public string Subscription =>
        "webcal"
        + address
            .Of("/events/calendar.ics" + (Search with { Page = 1, View = "", Sort = "" }).ToQueryString())[Uri.UriSchemeHttp.Length..]
            .TrimStart('s');

    /// <summary>The same search with something changed, as an address.</summary>
    public string With(Func<EventSearch, EventSearch> change) => "/events" + change(Search with { Page = 1 }).ToQueryString();
}
