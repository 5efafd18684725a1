using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Finding;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Services;

/// <summary>How many services of a nation or region were checked when, those that are in no list any more among them.</summary>
/// <param name="Fresh">Checked within half a year.</param>
/// <param name="Older">Checked before that.</param>
/// <param name="Never">Nobody has said that it is right.</param>
sealed record FreshnessRow(Regions.Tile Where, int Fresh, int Older, int Never)
{
    public int All => Fresh + Older + Never;
    public int Percent => All == 0 ? 0 : (int)Math.Round(100.0 * Fresh / All);
}

/// <summary>A circle on the map: how many of the services about there are stale.</summary>
sealed record StaleCircle(double X, double Y, int Stale, int All, string Town)
{
    /// <summary>By its area, so that ten times as many look ten times as many.</summary>
    public double Radius(int most) => Math.Round(2.2 + 3.8 * Math.Sqrt((double)Stale / Math.Max(1, most)), 2);

    public bool Mostly => 2 * Stale > All;
}

/// <summary>How fresh the directory is, at a glance. Where nobody has confirmed it for half a year, a service is stale.</summary>
sealed class ServiceFreshness(SiteDb db, DateOnly today)
{
    const double Apart = 7.5;
    readonly DateOnly halfYear = today.AddDays(-183);

    IQueryable<FamilyService> Open => db.Set<FamilyService>().AsNoTracking().WherePublic().Where(s => s.ClosedAt == null);

    /// <summary>What is stale in a nation or region, the longest unchecked first.</summary>
    public IQueryable<FamilyService> Stale(Region region) =>
        Open.Where(s => s.CheckedOn == null || s.CheckedOn < halfYear)
            .Where(s => s.Points.Any(p => p.Region == region))
            .OrderBy(s => s.CheckedOn != null)
            .ThenBy(s => s.CheckedOn)
            .ThenBy(s => s.Id);

    public async Task<IReadOnlyList<FreshnessRow>> RowsAsync(CancellationToken cancel)
    {
        var rows = await db.Set<ServicePoint>()
            .Where(p => p.Region != Region.None && ((p.Tags & ServiceTags.FirstOfRegion) != 0 || p.Cell == ServiceArea.OutOfLists))
            .Join(Open, p => p.ServiceId, s => s.Id, (p, s) => new { p.Region, s.CheckedOn })
            .GroupBy(r => r.Region)
            .Select(g => new
            {
                g.Key,
                All = g.Count(),
                Checked = g.Count(r => r.CheckedOn != null),
                Fresh = g.Count(r => r.CheckedOn >= halfYear),
            })
            .ToListAsync(cancel);
        return
        [
            .. Regions
                .All.Select(tile => (Tile: tile, Row: rows.Find(r => r.Key == tile.Region)))
                .Where(t => t.Row is not null)
                .Select(t => new FreshnessRow(t.Tile, t.Row!.Fresh, t.Row.Checked - t.Row.Fresh, t.Row.All - t.Row.Checked)),
        ];
    }

    /// <summary>By the first place of each, where it is known; those that stand near each other are one circle.</summary>
    public async Task<IReadOnlyList<StaleCircle>> CirclesAsync(CancellationToken cancel)
    {
        var squares = await db.Set<ServicePoint>()
            .Where(p => (p.Tags & ServiceTags.First) != 0 && p.Cell < ServiceArea.First)
            .Join(
                Open,
                p => p.ServiceId,
                s => s.Id,
                (p, s) =>
                    new
                    {
                        p.Cell,
                        p.X,
                        p.Y,
                        p.Z,
                        Stale = s.CheckedOn == null || s.CheckedOn < halfYear,
                    }
            )
            .GroupBy(r => r.Cell)
            .Select(g => new
            {
                X = g.Average(r => r.X),
                Y = g.Average(r => r.Y),
                Z = g.Average(r => r.Z),
                All = g.Count(),
                Stale = g.Count(r => r.Stale),
            })
            .OrderByDescending(g => g.Stale)
            .ThenBy(g => g.X)
            .ToListAsync(cancel);
        var circles = new List<StaleCircle>();
        foreach (var square in squares.Where(s => s.Stale > 0))
        {
            var point = GeoPoint.OfBall(square.X, square.Y, square.Z);
            var (x, y) = MapDrawing.At(point);
            var near = circles.FindIndex(c => Math.Abs(c.X - x) < Apart && Math.Abs(c.Y - y) < Apart);
            if (near < 0)
                circles.Add(new(x, y, square.Stale, square.All, Gazetteer.Default.DistrictNear(point)?.Town ?? ""));
            else
                circles[near] = circles[near] with { Stale = circles[near].Stale + square.Stale, All = circles[near].All + square.All };
        }
        return circles;
    }
}
