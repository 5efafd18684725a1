using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Finding;

/// <summary>
/// Finds public dates by place, time and what is asked for. It looks in small windows first (the next days, the nearest
/// miles) and widens them until a page is full, so that it costs what it finds and not what there is.
/// </summary>
sealed class EventFinder(SiteDb db)
{
    /// <summary>Beyond this it only says "more than": nobody needs the number, and counting costs.</summary>
    public const int CountsTo = 200;
    const int MostRead = 2000;

    public async Task<IReadOnlyList<FoundDate>> FindAsync(EventQuery query, CancellationToken cancel = default) =>
        query is { ByDistance: true, Near: not null } ? await ByDistance(query, query.Near, cancel) : await ByDate(query, cancel);

    /// <summary>How many events there are, up to one more than <see cref="CountsTo"/>.</summary>
    public Task<int> CountAsync(EventQuery query, CancellationToken cancel = default) =>
        Source(query, query.Miles, query.FromUtc, query.ToUtc).Select(d => d.EventId).Distinct().Take(CountsTo + 1).CountAsync(cancel);

    async Task<IReadOnlyList<FoundDate>> ByDate(EventQuery query, CancellationToken cancel)
    {
        var (rows, groups, wanted, from) = (new List<Row>(), new HashSet<Guid>(), query.Skip + query.Take, query.FromUtc);
        // A month round a town has about as much as an hour of the whole country's.
        var window = query.Near is null
            ? query.ToUtc - query.FromUtc
            : TimeSpan.FromDays(Math.Max(.25, 1500 / (query.Miles * query.Miles)));
        while (rows.Count < wanted && from < query.ToUtc)
        {
            var to = query.ToUtc - from < window * 1.5 ? query.ToUtc : from + window;
            // What repeats counts once, so a window may have to be read on.
            for (var (read, take) = (0, wanted - rows.Count); rows.Count < wanted; take = Math.Min(take * 2, MostRead))
            {
                var found = await InOrder(query, from, to).Skip(read).Take(take).ToListAsync(cancel);
                rows.AddRange(found.Where(r => query.EveryDate || !r.Repeats || groups.Add(r.EventId)));
                read += found.Count;
                if (found.Count < take)
                    break;
            }
            (from, window) = (to, window * 4);
        }
        return
        [
            .. rows.Skip(query.Skip)
                .Take(query.Take)
                .Select(r => new FoundDate(r.EventId, r.StartUtc, query.Near is { } near ? MilesTo(near.OnBall(), r) : null)),
        ];
    }

    IQueryable<Row> InOrder(EventQuery query, DateTime from, DateTime to) =>
        Source(query, query.Miles, from, to)
            .OrderBy(d => d.StartUtc)
            .ThenBy(d => d.EventId)
            .Select(d => new Row(d.EventId, d.StartUtc, d.X, d.Y, d.Z, (d.Tags & EventTags.Repeats) != 0));

    async Task<IReadOnlyList<FoundDate>> ByDistance(EventQuery query, GeoPoint near, CancellationToken cancel)
    {
        var (wanted, (x, y, z)) = (query.Skip + query.Take, near.OnBall());
        for (var miles = Math.Min(query.Miles, 5); ; miles = Math.Min(query.Miles, miles * 2))
        {
            var rows = await Source(query, miles, query.FromUtc, query.ToUtc)
                .GroupBy(d => d.EventId)
                .Select(g => new
                {
                    EventId = g.Key,
                    StartUtc = g.Min(d => d.StartUtc),
                    X = g.Max(d => d.X),
                    Y = g.Max(d => d.Y),
                    Z = g.Max(d => d.Z),
                })
                .OrderByDescending(d => d.X * x + d.Y * y + d.Z * z)
                .ThenBy(d => d.StartUtc)
                .ThenBy(d => d.EventId)
                .Take(wanted)
                .ToListAsync(cancel);
            if (rows.Count < wanted && miles < query.Miles)
                continue;
            return
            [
                .. rows.Skip(query.Skip)
                    .Select(r => new FoundDate(
                        r.EventId,
                        r.StartUtc,
                        MilesTo((x, y, z), new(r.EventId, r.StartUtc, r.X, r.Y, r.Z, false))
                    )),
            ];
        }
    }

    /// <summary>The ids of events with a date that fits, those that were approved last first.</summary>
    /// <param name="before">Where the ones before ended.</param>
    public async Task<List<Guid>> ByApprovalAsync(EventQuery query, (DateTime At, Guid Id)? before, int take, CancellationToken cancel)
    {
        var fitting = Source(query, query.Miles, query.FromUtc, query.ToUtc);
        var events = db.Set<Event>().WherePublic();
        // Few are put in order; of many, the order is read until enough of them fit.
        var few = await fitting.Select(d => d.EventId).Distinct().Take(MostRead + 1).ToListAsync(cancel);
        events =
            few.Count <= MostRead
                ? events.Where(e => EF.Parameter(few).Contains(e.Id))
                : events.Where(e => fitting.Any(d => d.EventId == e.Id));
        if (before is var (at, id))
            events = events.Where(e => e.ApprovedAt < at || (e.ApprovedAt == at && e.Id.CompareTo(id) < 0));
        return await events
            .OrderByDescending(e => e.ApprovedAt)
            .ThenByDescending(e => e.Id)
            .Select(e => e.Id)
            .Take(take)
            .ToListAsync(cancel);
    }

    IQueryable<EventDate> Source(EventQuery query, double miles, DateTime from, DateTime to)
    {
        var dates = db.Set<EventDate>().AsNoTracking();
        if (query.Near is { } near)
        {
            var ((x, y, z), nearness, cells) = (near.OnBall(), GeoPoint.Nearness(miles), Grid.Around(near, miles));
            // One parameter for all cells: the database keeps one plan.
            dates = dates.Where(d => EF.Parameter(cells).Contains(d.Cell) && d.X * x + d.Y * y + d.Z * z >= nearness);
        }
        else if (query.Region != Region.None)
            dates = dates.Where(d => d.Region == query.Region);
        return dates.Where(d =>
            d.StartUtc >= from
            && d.StartUtc < to
            && d.EndUtc > query.EndsAfterUtc
            && (d.Tags & query.All) == query.All
            && (d.Tags & query.AnyAudience) != 0
            && (d.Tags & query.AnyStage) != 0
            && (d.Tags & query.AnyCost) != 0
            && d.Minute >= query.FromMinute
            && d.Minute < query.ToMinute
            && d.Minutes <= query.MostMinutes
        );
    }

    sealed record Row(Guid EventId, DateTime StartUtc, double X, double Y, double Z, bool Repeats);

    static double MilesTo((double X, double Y, double Z) from, Row to)
    {
        var chord = Math.Sqrt((from.X - to.X) * (from.X - to.X) + (from.Y - to.Y) * (from.Y - to.Y) + (from.Z - to.Z) * (from.Z - to.Z));
        return 2 * 6371.0088 * Math.Asin(Math.Min(1, chord / 2)) / GeoPoint.KmPerMile;
    }

    /// <summary>How many events each region has from now on.</summary>
    public async Task<IReadOnlyDictionary<Region, int>> CountByRegionAsync(
        DateTime fromUtc,
        DateTime toUtc,
        CancellationToken cancel = default
    ) =>
        await db.Set<EventDate>()
            .Where(d => d.StartUtc >= fromUtc && d.StartUtc < toUtc && d.Region != Region.None)
            .GroupBy(d => d.Region)
            .Select(g => new { g.Key, Count = g.Select(d => d.EventId).Distinct().Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
}
