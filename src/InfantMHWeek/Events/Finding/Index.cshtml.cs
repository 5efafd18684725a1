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

    /// <summary>How many events each region has; null while they are still being counted.</summary>
    public IReadOnlyDictionary<Region, int>? Counts { get; private set; }
    public string Attribution { get; private set; } = "";
    public IReadOnlyList<string> Suggestions { get; private set; } = [];
    public DateOnly Today { get; private set; }
    public (DateOnly From, DateOnly To)? Week => lister.Week;

    /// <summary>True where nothing is on at all, wherever and whenever.</summary>
    public bool NothingYet { get; private set; }

    /// <summary>The days of the month view: each with its number of dates.</summary>
    public IReadOnlyDictionary<DateOnly, int> Month { get; private set; } = new Dictionary<DateOnly, int>();
    public EventMap Map { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Response.AllowLocation();
        HttpContext.Items[typeof(Freshness)] = (IReadOnlyList<Freshness>)[StoreFreshness.From(store, time)];
        Today = clock.Today();
        var search = EventSearch.Read(Request.Query);
        Listing = await lister.FindAsync(search, cancel, search.View.Length == 0 ? EventSearch.PageSize : 200);
        var now = UkTime.MidnightUtc(Today);
        Counts = await counts.GetAsync(clock, cancel);
        // Staff who look at another day see that day, and nobody else does. What lacks its numbers is not kept either.
        if (clock.OtherUtc is not null || Counts is null)
            HttpContext.Items[PageAdditionSource.MadeAfresh] = true;
        NothingYet = Listing.Count == 0 && !await db.Set<EventDate>().AnyAsync(d => d.StartUtc >= now, cancel);
        Attribution = await places.AttributionAsync(cancel);
        if (Listing.Wrong.ContainsKey("near"))
            Suggestions = PlaceFinder.Suggest(search.Near);
        if (search.View == "month")
            Month = Listing.Rows.GroupBy(r => r.Day).ToDictionary(g => g.Key, g => g.Count());
        if (search.View == "map")
            Map = EventMap.Of(
                Listing.Rows.Select(r => r.Event).DistinctBy(e => e.Id).Where(e => e.Live is { InPerson: true, Point: not null }),
                Around
            );
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

    string Around(GeoPoint middle, int miles) =>
        With(s =>
            s with
            {
                Near = string.Create(CultureInfo.InvariantCulture, $"{middle.Latitude},{middle.Longitude}"),
                Miles = miles,
                Region = Region.None,
                View = "",
            }
        );

    /// <summary>The calendar's address for programs that keep themselves up to date.</summary>
    public string Subscription =>
        "webcal"
        + address
            .Of("/events/calendar.ics" + (Search with { Page = 1, View = "", Sort = "" }).ToQueryString())[Uri.UriSchemeHttp.Length..]
            .TrimStart('s');

    /// <summary>The same search with something changed, as an address.</summary>
    public string With(Func<EventSearch, EventSearch> change) => "/events" + change(Search with { Page = 1 }).ToQueryString();
}
