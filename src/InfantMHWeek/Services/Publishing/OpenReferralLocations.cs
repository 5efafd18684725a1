using System.Globalization;
using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Finding;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Publishing;

/// <summary>
/// Places of services, a page of them, near a postcode, or one by its id. Proximity is in metres from where the
/// postcode is, as exactly as that is known.
/// </summary>
static class OpenReferralLocations
{
    const int MostNear = 1000;
    const double MetresPerMile = 1609.344,
        MostMetres = 100_000;

    public static async Task<IResult> AtLocationsAsync(
        SiteDb db,
        PlaceFinder places,
        SiteAddress address,
        HttpContext http,
        CancellationToken cancel
    )
    {
        if (OpenReferralFilters.Wanted(db, http.Request.Query) is not { } wanted)
            return OpenReferralAnswers.Refuse(http);
        var (page, size) = OpenReferralAnswers.PageOf(http);
        var rows = db.Set<ServicePoint>().AsNoTracking().Where(p => p.Cell < ServiceArea.First && wanted.Any(s => s.Id == p.ServiceId));
        List<(Guid Id, int Number)> found;
        int count;
        if (http.Request.Query["postcode"].ToString() is { Length: > 0 } postcode)
        {
            if (Metres(http) is not { } metres || await places.FindAsync(postcode, cancel) is not { } place)
                return OpenReferralAnswers.Refuse(http);
            var all = await NearAsync(db, rows, place, metres, cancel);
            (count, found) = (all.Count, [.. all.Skip((page - 1) * size).Take(size)]);
        }
        else
        {
            count = await rows.CountAsync(cancel);
            var taken = await rows.OrderBy(p => p.ServiceId)
                .ThenBy(p => p.Number)
                .Skip((page - 1) * size)
                .Take(size)
                .Select(p => new { p.ServiceId, p.Number })
                .ToListAsync(cancel);
            found = [.. taken.Select(t => (t.ServiceId, t.Number))];
        }
        return OpenReferralAnswers.Send(
            http,
            OpenReferralAnswers.Envelope(count, page, size, await ShownAsync(db, found, address, cancel))
        );
    }

    /// <summary>Nearest first; of services with an area only those whose area holds the place.</summary>
    static async Task<List<(Guid Id, int Number)>> NearAsync(
        SiteDb db,
        IQueryable<ServicePoint> rows,
        Place place,
        double metres,
        CancellationToken cancel
    )
    {
        var miles = metres / MetresPerMile;
        var ((x, y, z), nearness, cells) = (place.Point.OnBall(), GeoPoint.Nearness(miles), Grid.Around(place.Point, miles));
        IReadOnlyList<int> areas = [.. ServiceArea.Around(place), ServiceArea.Nationwide];
        var all = db.Set<ServicePoint>();
        var near = await rows.Where(p => EF.Parameter(cells).Contains(p.Cell) && p.X * x + p.Y * y + p.Z * z >= nearness)
            .Where(p =>
                !all.Any(a => a.ServiceId == p.ServiceId && a.Cell >= ServiceArea.First)
                || all.Any(a => a.ServiceId == p.ServiceId && EF.Parameter(areas).Contains(a.Cell))
            )
            .OrderByDescending(p => p.X * x + p.Y * y + p.Z * z)
            .ThenBy(p => p.ServiceId)
            .ThenBy(p => p.Number)
            .Take(MostNear)
            .Select(p => new { p.ServiceId, p.Number })
            .ToListAsync(cancel);
        return [.. near.Select(n => (n.ServiceId, n.Number))];
    }

    static async Task<IReadOnlyList<JsonObject>> ShownAsync(
        SiteDb db,
        List<(Guid Id, int Number)> found,
        SiteAddress address,
        CancellationToken cancel
    )
    {
        var ids = found.Select(f => f.Id).Distinct().ToList();
        var services = await db.Set<FamilyService>()
            .AsNoTracking()
            .WherePublic()
            .Where(s => EF.Parameter(ids).Contains(s.Id))
            .ToDictionaryAsync(s => s.Id, cancel);
        var shown = new List<JsonObject>(found.Count);
        foreach (var (id, number) in found)
            if (services.GetValueOrDefault(id) is { } service && service.PlaceOf(number) is { } place)
                shown.Add(OpenReferral.ServiceAtLocation(new(service), place.ForPublic(), address));
        return shown;
    }

    public static async Task<IResult> AtLocationAsync(string id, SiteDb db, SiteAddress address, HttpContext http, CancellationToken cancel)
    {
        if (!Guid.TryParse(id, out var asked))
            return OpenReferralAnswers.Missing(http);
        var (least, most) = OpenReferralIds.ServicesOf(asked);
        var services = await db.Set<FamilyService>()
            .AsNoTracking()
            .WherePublic()
            .Where(s => s.Id.CompareTo(least) >= 0 && s.Id.CompareTo(most) <= 0)
            .OrderBy(s => s.Id)
            .Take(MostNear)
            .ToListAsync(cancel);
        foreach (var service in services.Select(s => new PublicService(s)))
            if (service.Live.Places.FirstOrDefault(p => OpenReferralIds.Of(service, p) == asked) is { } place)
                return OpenReferralAnswers.Send(http, OpenReferral.ServiceAtLocation(service, place, address));
        return OpenReferralAnswers.Missing(http);
    }

    static double? Metres(HttpContext http) =>
        http.Request.Query["proximity"].ToString() is not { Length: > 0 } text ? 16_093
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var metres) && metres <= MostMetres
            ? metres
        : null;
}
