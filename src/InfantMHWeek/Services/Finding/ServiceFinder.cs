using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Finding;

/// <summary>
/// Finds listed services by place, area and what is asked for. Near a place it looks round about first and widens until a page is full,
/// so that it costs what it finds and not what there is.
/// </summary>
public sealed class ServiceFinder(SiteDb db)
{
    /// <summary>Beyond this it only says "more than": nobody needs the number, and counting costs.</summary>
    public const int CountsTo = 200;

    public async Task<IReadOnlyList<FoundService>> FindAsync(ServiceQuery query, CancellationToken cancel = default)
    {
        if (query.Near is { } near)
            return await NearAsync(query, near, cancel);
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

    async Task<IReadOnlyList<FoundService>> NearAsync(ServiceQuery query, GeoPoint near, CancellationToken cancel)
    {
        var (wanted, (x, y, z)) = (query.Skip + query.Take, near.OnBall());
        for (var miles = Math.Min(query.Miles, 4); ; miles = Math.Min(query.Miles, miles * 2))
        {
            var rows = await Around(query, near, miles)
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
            // Further out there may be what comes before them, unless the page is full of what is sure and near.
            var full = rows.Count == wanted && rows.TrueForAll(r => r.Rank == 0 && r.Nearness >= GeoPoint.Nearness(miles));
            if (full || miles >= query.Miles)
                return [.. rows.Skip(query.Skip).Select(r => new FoundService(r.Id, r.Nearness > 0 ? MilesOf(r.Nearness) : null))];
        }
    }

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
        if ((query.All & ServiceTags.Nationwide) != 0)
            return Filtered(query, 0);
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
