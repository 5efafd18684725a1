using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Services.Finding;

/// <summary>What a search found, for a page to show.</summary>
sealed record ServiceListing
{
    public required ServiceSearch Search { get; init; }
    public Place? Place { get; init; }
    public IReadOnlyDictionary<string, string> Wrong { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
    public int Count { get; init; }
    public IReadOnlyList<ServiceRow> Rows { get; init; } = [];

    /// <summary>What is there for everybody in the country, beside what is near.</summary>
    public IReadOnlyList<ServiceRow> Everywhere { get; init; } = [];
    public int EverywhereCount { get; init; }

    /// <summary>The next best where nothing was found: how many there would be, and the address.</summary>
    public IReadOnlyList<(string Words, string Path)> Instead { get; init; } = [];
    public bool More { get; init; }

    public string CountWords =>
        Count > ServiceFinder.CountsTo
            ? $"More than {ServiceFinder.CountsTo} services"
            : Count switch
            {
                0 => "No services found",
                1 => "1 service",
                _ => $"{Count} services",
            };

    public string WhereWords =>
        Search.How == "online" ? "online, wherever you live"
        : Search.How == "phone" ? "by phone, wherever you live"
        : Place is { } place ? $"for {place.Name} and {Search.Miles} miles around"
        : Regions.TileOf(Search.Region) is { } tile ? $"in {tile.Name}"
        : "in the UK";
}

/// <summary>Answers a search: the place, the list, and what else there is.</summary>
sealed class ServiceLister(SiteDb db, PlaceFinder places, ServiceFinder finder)
{
    const int MostEverywhere = 5;

    public async Task<ServiceListing> FindAsync(ServiceSearch search, CancellationToken cancel, int take = ServiceSearch.PageSize)
    {
        var place = search.Near.Length == 0 ? null : await places.FindAsync(search.Near, cancel);
        if (search.Near.Length > 0 && place is null)
            return new()
            {
                Search = search,
                Wrong = new Dictionary<string, string>(StringComparer.Ordinal) { ["near"] = PlaceFinder.NotFound(search.Near) },
            };
        var query = search.ToQuery(place) with { Take = take, Skip = (search.Page - 1) * take };
        var found = await finder.FindAsync(query with { Take = take + 1 }, cancel);
        var listing = new ServiceListing
        {
            Search = search,
            Place = place,
            Count = await finder.CountAsync(query, cancel),
            Rows =
            [
                .. (await db.RowsAsync([.. found.Take(take)], cancel)).Select(r =>
                    r with
                    {
                        CoversYou = place is not null && r.Miles > search.Miles,
                    }
                ),
            ],
            More = found.Count > take,
        };
        if (!search.Remote && search.Page == 1 && (place is not null || search.Region != Region.None))
        {
            var everywhere = query with
            {
                Near = null,
                Region = Region.None,
                All = query.All | ServiceTags.Nationwide,
                Skip = 0,
                Take = MostEverywhere,
            };
            listing = listing with
            {
                Everywhere = await db.RowsAsync(await finder.FindAsync(everywhere, cancel), cancel),
                EverywhereCount = await finder.CountAsync(everywhere, cancel),
            };
        }
        return listing.Count == 0 ? listing with { Instead = await InsteadAsync(search, query, place, cancel) } : listing;
    }

    /// <summary>The nearest wider search that finds something: more miles, fewer choices, the region, all.</summary>
    async Task<IReadOnlyList<(string, string)>> InsteadAsync(
        ServiceSearch search,
        ServiceQuery query,
        Place? place,
        CancellationToken cancel
    )
    {
        var (offers, first) = (new List<(string, string)>(), search with { Page = 1 });
        if (query.Near is not null && ServiceSearch.MilesOffered.FirstOrDefault(m => m > search.Miles) is > 0 and var miles)
            await Offer($"within {miles} miles", first with { Miles = miles });
        if (query.Near is not null && search.Miles < 50)
            await Offer("within 50 miles", first with { Miles = 50 });
        if (place is { Region: not Region.None })
            await Offer("in " + Regions.NameOf(place.Region), first with { Near = "", Region = place.Region });
        if (place is not null)
            await Offer(
                "near you with fewer choices",
                first with
                {
                    For = ServiceAudience.None,
                    Ages = ChildAge.None,
                    Facts = ServiceFacts.None,
                    Languages = Languages.None,
                    AskYourself = false,
                    Free = false,
                    How = "",
                }
            );
        if (!search.Empty)
            await Offer("in the UK", new ServiceSearch { Needs = search.Needs });
        return offers;

        async Task Offer(string words, ServiceSearch other)
        {
            if (other != first && await finder.CountAsync(other.ToQuery(other.Near.Length > 0 ? place : null), cancel) is > 0 and var count)
                offers.Add(
                    (
                        $"{(count > ServiceFinder.CountsTo ? $"more than {ServiceFinder.CountsTo}" : count)} {words}",
                        "/services" + other.ToQueryString()
                    )
                );
        }
    }
}
