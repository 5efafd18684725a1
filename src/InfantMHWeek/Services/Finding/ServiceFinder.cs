using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Finding;

/// <summary>
/// Finds listed services by place, area and what is asked for. Near a place it looks round about first and widens until a page is full,
/// so that it costs what it finds and not what there is.
/// </summary>
sealed class ServiceFinder(SiteDb db)
{
    /// <summary>Beyond this it only says "more than": nobody needs the number, and counting costs.</summary>
    public const int CountsTo = 200;
    const double FirstMiles = 2,
        FirstMilesWhereNarrow = 5;

    public async Task<IReadOnlyList<FoundService>> FindAsync(ServiceQuery query, CancellationToken cancel = default)
    {
        if (query.Near is { } near)
        {
            // One connection for all steps: taking and making one ready again and again costs more than they do.
            await db.Database.OpenConnectionAsync(cancel);
            try
            {
                return await NearAsync(query, near, cancel);
            }
            finally
            {
                await db.Database.CloseConnectionAsync();
            }
        }
        var ids = await Wide(query)
            .OrderBy(p => p.Rank)
            .ThenBy(p => p.SortKey)
            .ThenBy(p => p.ServiceId)
            .Skip(query.Skip)
            .Take(query.Take)
            .Select(p => p.ServiceId)
            .ToListAsync(cancel);
        return [.. ids.Select(id => new FoundService(id, null))];
    }

    /// <summary>How many services there are, up to one more than <see cref="CountsTo"/>.</summary>
    public Task<int> CountAsync(ServiceQuery query, CancellationToken cancel = default) =>
        (
            query.Near is { } near
                ? Around(query, near, query.Miles).Select(p => p.ServiceId).Distinct()
                : Wide(query).Select(p => p.ServiceId)
        )
            .Take(CountsTo + 1)
            .CountAsync(cancel);

    /// <summary>
    /// A service for an area has its places among the squares too, so the areas are asked only where the places do not fill the page:
    /// what is for a whole region is a long list.
    /// </summary>
    async Task<IReadOnlyList<FoundService>> NearAsync(ServiceQuery query, GeoPoint near, CancellationToken cancel)
    {
        var wanted = query.Skip + query.Take;
        for (var miles = Math.Min(query.Miles, query.IsNarrow ? FirstMilesWhereNarrow : FirstMiles); ; )
        {
            var rows = await PlacesAsync(query, near, miles, wanted, cancel);
            // Further out there may be what comes before them, unless the page is full of what is sure.
            var full = rows.Count == wanted && rows.TrueForAll(r => r.Rank == 0);
            if (!full && miles < query.Miles)
            {
                miles = Wider(miles, rows.Count, wanted, query.Miles);
                continue;
            }
            if (!full && query.Areas.Count > 0)
                rows = Joined(rows, await AreasAsync(query, near, wanted, cancel));
            return [.. rows.Take(wanted).Skip(query.Skip).Select(r => new FoundService(r.Id, r.Nearness > 0 ? MilesOf(r.Nearness) : null))];
        }
    }

    sealed record Row(Guid Id, int Rank, double Nearness);

    /// <summary>As far as the page should be full, by how many there were.</summary>
    static double Wider(double miles, int found, int wanted, double most) =>
        found == 0 ? Math.Min(most, miles * 8) : Math.Min(most, miles * Math.Clamp(Math.Sqrt(1.5 * wanted / found), 1.5, 8));

    async Task<List<Row>> PlacesAsync(ServiceQuery query, GeoPoint near, double miles, int wanted, CancellationToken cancel)
    {
        var ((x, y, z), nearness, cells) = (near.OnBall(), GeoPoint.Nearness(miles), Grid.Around(near, miles));
        var rows = await Filtered(query, 0)
            .Where(p => EF.Parameter(cells).Contains(p.Cell) && p.X * x + p.Y * y + p.Z * z >= nearness)
            .GroupBy(p => p.ServiceId)
            .Select(g => new
            {
                Id = g.Key,
                Rank = g.Min(p => p.Rank),
                Nearness = g.Max(p => p.X * x + p.Y * y + p.Z * z),
            })
            .OrderBy(s => s.Rank)
            .ThenByDescending(s => s.Nearness)
            .ThenBy(s => s.Id)
            .Take(wanted)
            .ToListAsync(cancel);
        return rows.ConvertAll(r => new Row(r.Id, r.Rank, r.Nearness));
    }

    async Task<List<Row>> AreasAsync(ServiceQuery query, GeoPoint near, int wanted, CancellationToken cancel)
    {
        var ((x, y, z), areas) = (near.OnBall(), query.Areas);
        var rows = await Filtered(query, 0)
            .Where(p => EF.Parameter(areas).Contains(p.Cell))
            .OrderBy(p => p.Rank)
            .ThenByDescending(p => p.X * x + p.Y * y + p.Z * z)
            .ThenBy(p => p.ServiceId)
            // A service may have a row for each of the areas, all with the same point.
            .Take(wanted * areas.Count)
            .Select(p => new
            {
                p.ServiceId,
                p.Rank,
                Nearness = p.X * x + p.Y * y + p.Z * z,
            })
            .ToListAsync(cancel);
        return rows.ConvertAll(r => new Row(r.ServiceId, r.Rank, r.Nearness));
    }

    static List<Row> Joined(List<Row> places, List<Row> areas) =>
        [
            .. places
                .Concat(areas)
                .GroupBy(r => r.Id)
                .Select(g => new Row(g.Key, g.Min(r => r.Rank), g.Max(r => r.Nearness)))
                .OrderBy(r => r.Rank)
                .ThenByDescending(r => r.Nearness)
                .ThenBy(r => r.Id),
        ];

    IQueryable<ServicePoint> Around(ServiceQuery query, GeoPoint near, double miles)
    {
        var ((x, y, z), nearness) = (near.OnBall(), GeoPoint.Nearness(miles));
        // One parameter for all cells and areas: the database keeps one plan.
        IReadOnlyList<int> cells = [.. Grid.Around(near, miles), .. query.Areas];
        return Filtered(query, 0)
            .Where(p => EF.Parameter(cells).Contains(p.Cell) && (p.Cell >= ServiceArea.First || p.X * x + p.Y * y + p.Z * z >= nearness));
    }

    IQueryable<ServicePoint> Wide(ServiceQuery query)
    {
        // By their one area, as what is for everybody is few among all.
        if ((query.All & ServiceTags.Nationwide) != 0)
            return Filtered(query, 0).Where(p => p.Cell == ServiceArea.Nationwide);
        var region = query.Region;
        return region == Region.None
            ? Filtered(query, ServiceTags.First)
            : Filtered(query, ServiceTags.FirstOfRegion).Where(p => p.Region == region);
    }

    IQueryable<ServicePoint> Filtered(ServiceQuery query, long once)
    {
        var all = query.All | once;
        return db.Set<ServicePoint>()
            .AsNoTracking()
            .Where(p =>
                (p.Tags & all) == all
                && (p.Tags & query.AnyNeed) != 0
                && (p.Tags & query.AnyAudience) != 0
                && (p.Tags & query.AnyAge) != 0
                && (p.Tags & query.AnyCost) != 0
                && (p.Tags & query.AnyLanguage) != 0
            );
    }

    static double MilesOf(double nearness) => Math.Acos(Math.Min(1, nearness)) * GeoPoint.EarthKm / GeoPoint.KmPerMile;
}
