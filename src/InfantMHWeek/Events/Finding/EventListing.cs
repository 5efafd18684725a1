using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Finding;

/// <summary>What a search found, for a page to show.</summary>
sealed record EventListing
{
    public required EventSearch Search { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public Place? Place { get; init; }
    public IReadOnlyDictionary<string, string> Wrong { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
    public int Count { get; init; }
    public IReadOnlyList<EventRow> Rows { get; init; } = [];

    /// <summary>Online events beside those near a place, which are open to whoever lives there too.</summary>
    public IReadOnlyList<EventRow> Online { get; init; } = [];
    public int OnlineCount { get; init; }

    /// <summary>The next best where nothing was found: how many there would be, and the address.</summary>
    public IReadOnlyList<(string Words, string Path)> Instead { get; init; } = [];
    public bool More { get; init; }

    public string CountWords =>
        Count > EventFinder.CountsTo
            ? $"More than {EventFinder.CountsTo} events"
            : Count switch
            {
                0 => "No events found",
                1 => "1 event",
                _ => $"{Count} events",
            };

    public string WhereWords =>
        Search.How == "online" ? "online"
        : Place is { } place ? $"within {Search.Miles} miles of {place.Name}"
        : Regions.TileOf(Search.Region) is { } tile ? $"in {tile.Name}"
        : "in the UK";
    public string WhenWords =>
        From == To ? "on " + TimeInWords.WithWeekday(From) : $"from {TimeInWords.WithWeekday(From)} to {TimeInWords.WithWeekday(To)}";
}

/// <summary>Answers a search: the place, the dates, the list, and what else there is.</summary>
sealed class EventLister(SiteDb db, PlaceFinder places, EventFinder finder, PageClock clock, PublicPages pages)
{
    /// <summary>The next awareness week, or the one that is on.</summary>
    public (DateOnly From, DateOnly To)? Week => pages.WeekFrom(clock.Today());

    /// <summary>What is asked for, with nothing found yet.</summary>
    public async Task<EventListing> ReadAsync(EventSearch search, CancellationToken cancel)
    {
        var (from, to, wrong) = search.Days(clock.Today(), Week);
        var place = search.Near.Length == 0 ? null : await places.FindAsync(search.Near, cancel);
        if (search.Near.Length > 0 && place is null)
            wrong = new Dictionary<string, string>(wrong, StringComparer.Ordinal) { ["near"] = PlaceFinder.NotFound(search.Near) };
        return new()
        {
            Search = search,
            From = from,
            To = to,
            Place = place,
            Wrong = wrong,
        };
    }

    EventQuery QueryOf(EventListing asked) => asked.Search.ToQuery(asked.Place, asked.From, asked.To, clock.GetUtcNow().UtcDateTime);

    /// <summary>Events with a date that fits, those that were approved last first.</summary>
    public async Task<IReadOnlyList<PublicEvent>> LastApprovedAsync(
        EventListing asked,
        (DateTime At, Guid Id)? before,
        int take,
        CancellationToken cancel
    )
    {
        var ids = await finder.ByApprovalAsync(QueryOf(asked), before, take, cancel);
        return await db.Set<Event>()
            .AsNoTracking()
            .Where(e => EF.Parameter(ids).Contains(e.Id))
            .OrderByDescending(e => e.ApprovedAt)
            .ThenByDescending(e => e.Id)
            .AsPublic()
            .ToListAsync(cancel);
    }

    /// <summary>The dates that fit, without what a page tells of them.</summary>
    public async Task<(EventListing Listing, IReadOnlyList<FoundDate> Dates)> FindDatesAsync(
        EventSearch search,
        int take,
        CancellationToken cancel
    )
    {
        var asked = await ReadAsync(search, cancel);
        if (asked.Wrong.Count > 0)
            return (asked, []);
        var found = await finder.FindAsync(QueryOf(asked) with { Take = take + 1, Skip = (search.Page - 1) * take }, cancel);
        return (asked with { More = found.Count > take }, [.. found.Take(take)]);
    }

    public async Task<EventListing> FindAsync(EventSearch search, CancellationToken cancel, int take = EventSearch.PageSize)
    {
        var (asked, dates) = await FindDatesAsync(search, take, cancel);
        if (asked.Wrong.Count > 0)
            return asked;
        var place = asked.Place;
        var query = QueryOf(asked);
        var listing = asked with
        {
            Count = await finder.CountAsync(query, cancel),
            Rows = await db.RowsAsync(dates, query.EndsAfterUtc, cancel),
        };
        if (query.Near is not null && search.How.Length == 0 && search.Page == 1)
        {
            var online = query with { Near = null, Region = Region.None, All = query.All | EventTags.Online, ByDistance = false, Take = 5 };
            listing = listing with
            {
                Online = await db.RowsAsync(await finder.FindAsync(online, cancel), query.EndsAfterUtc, cancel),
                OnlineCount = await finder.CountAsync(online, cancel),
            };
        }
        return listing.Count == 0 ? listing with { Instead = await InsteadAsync(search, query, place, cancel) } : listing;
    }

    /// <summary>The nearest wider search that finds something: more miles, more days, the region, online.</summary>
    async Task<IReadOnlyList<(string, string)>> InsteadAsync(EventSearch search, EventQuery query, Place? place, CancellationToken cancel)
    {
        var (offers, first) = (new List<(string, string)>(), search with { Page = 1 });
        async Task Offer(string words, EventSearch other, EventQuery asked)
        {
            if (await finder.CountAsync(asked, cancel) is > 0 and var count)
                offers.Add(
                    (
                        $"{(count > EventFinder.CountsTo ? $"more than {EventFinder.CountsTo}" : count)} {words}",
                        "/events" + other.ToQueryString()
                    )
                );
        }
        if (query.Near is not null && EventSearch.MilesOffered.FirstOrDefault(m => m > search.Miles) is > 0 and var miles)
            await Offer($"within {miles} miles", first with { Miles = miles }, query with { Miles = miles });
        if (query.Near is not null && search.Miles < 50)
            await Offer("within 50 miles", first with { Miles = 50 }, query with { Miles = 50 });
        if (place is { Region: not Region.None })
            await Offer(
                "in " + Regions.NameOf(place.Region),
                first with
                {
                    Near = "",
                    Sort = "",
                    Region = place.Region,
                },
                query with
                {
                    Near = null,
                    Region = place.Region,
                }
            );
        await Offer(
            "in the next three months",
            first with
            {
                When = "",
                From = "",
                To = "",
            },
            query with
            {
                FromUtc = UkTime.MidnightUtc(clock.Today()),
                ToUtc = UkTime.MidnightUtc(clock.Today().AddDays(90)),
            }
        );
        if (search.How != "online")
            await Offer(
                "online",
                first with
                {
                    How = "online",
                },
                query with
                {
                    Near = null,
                    Region = Region.None,
                    All = query.All & ~EventTags.InPerson | EventTags.Online,
                }
            );
        return offers;
    }
}
