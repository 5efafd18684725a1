using System.Globalization;
using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Finding;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Publishing;

/// <summary>
/// The interface of Open Referral UK 3.0: read-only, without a key, of what the public may see. Proximity is in metres from where the
/// postcode is, as exactly as that is known.
/// </summary>
static class OpenReferralEndpoints
{
    const string Root = "/api/open-referral/3.0";
    const int PerPage = 50,
        MostPerPage = 100,
        MostMinimal = 20_000,
        MostNear = 1000;
    const string NdJson = "ndjson";
    const double MetresPerMile = 1609.344,
        MostMetres = 100_000;

    public static void MapOpenReferral(this IEndpointRouteBuilder routes)
    {
        Get("", (SiteAddress address, HttpContext http) => Send(http, About(address)));
        Get("/services", ServicesAsync);
        Get("/services/{id}", ServiceAsync);
        Get("/service_at_locations", AtLocationsAsync);
        Get("/service_at_locations/{id}", AtLocationAsync);
        Get("/taxonomies", (HttpContext http) => Send(http, Page(http, OpenReferral.Taxonomies.Select(OpenReferral.Taxonomy))));
        Get("/taxonomies/{id}", (string id, HttpContext http) => Found(http, id, Taxonomies));
        Get("/taxonomy_terms", (HttpContext http) => Send(http, Page(http, Terms)));
        Get("/taxonomy_terms/{id}", (string id, HttpContext http) => Found(http, id, Terms));

        void Get(string path, Delegate answer) =>
            routes.MapMethods(Root + path, [HttpMethods.Get, HttpMethods.Head], answer).ExcludeFromDescription();
    }

    static IEnumerable<JsonObject> Taxonomies => OpenReferral.Taxonomies.Select(OpenReferral.Taxonomy);

    static IEnumerable<JsonObject> Terms =>
        OpenReferral.Taxonomies.SelectMany(t => t.Terms.Select(term => OpenReferral.TaxonomyTerm(t.Id, t.About, term)));

    static JsonObject About(SiteAddress address) =>
        OpenReferral.Of(
            ("version", "3.0"),
            ("profile", "https://docs.openreferraluk.org/en/latest/"),
            ("openapi_url", address.Of("/openapi/v1.json"))
        );

    static async Task<IResult> ServicesAsync(SiteDb db, SiteAddress address, HttpContext http, CancellationToken cancel)
    {
        if (OpenReferralFilters.Wanted(db, http.Request.Query) is not { } wanted || Shape(http) is not { } shape)
            return Refuse(http);
        var (page, size) = PageOf(
            http,
            shape == Shapes.Minimal ? MostMinimal : MostPerPage,
            shape == Shapes.Minimal ? MostMinimal : PerPage
        );
        var count = await wanted.CountAsync(cancel);
        var services = await wanted.OrderBy(s => s.Id).Skip((page - 1) * size).Take(size).ToListAsync(cancel);
        return Send(
            http,
            Envelope(
                count,
                page,
                size,
                [
                    .. services.Select(s =>
                        !s.IsPublic ? OpenReferral.Gone(s, address, shape == Shapes.Minimal)
                        : shape == Shapes.Minimal ? OpenReferral.Minimal(new(s))
                        : OpenReferral.Service(new(s), address, shape == Shapes.Full)
                    ),
                ]
            )
        );
    }

    enum Shapes
    {
        Usual,

        /// <summary>What tells whether something is new.</summary>
        Minimal,

        /// <summary>With everything nested.</summary>
        Full,
    }

    /// <returns>Null where what is asked for cannot be read.</returns>
    static Shapes? Shape(HttpContext http)
    {
        var (minimal, full) = (YesOrNo("minimal"), YesOrNo("full"));
        return minimal is null || full is null || http.Request.Query["format"].ToString() is not ("" or "json" or NdJson) ? null
            : minimal.Value ? Shapes.Minimal
            : full.Value ? Shapes.Full
            : Shapes.Usual;

        bool? YesOrNo(string name) =>
            http.Request.Query[name].ToString() is not { Length: > 0 } text ? false
            : bool.TryParse(text, out var yes) ? yes
            : null;
    }

    /// <summary>The id of one that was joined to another leads to that.</summary>
    static async Task<IResult> ServiceAsync(string id, SiteDb db, SiteAddress address, HttpContext http, CancellationToken cancel)
    {
        if (
            !Guid.TryParse(id, out var asked)
            || await db.Set<FamilyService>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == asked, cancel) is not { } service
        )
            return Missing(http);
        if (service.IsPublic)
            return Send(http, OpenReferral.Service(new(service), address, whole: true));
        if (await db.JoinedAsync(service, cancel) is not { } joined)
            return Missing(http);
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return TypedResults.Redirect($"{Root}/services/{joined.Id}", permanent: true);
    }

    static async Task<IResult> AtLocationsAsync(
        SiteDb db,
        PlaceFinder places,
        SiteAddress address,
        HttpContext http,
        CancellationToken cancel
    )
    {
        if (OpenReferralFilters.Wanted(db, http.Request.Query) is not { } wanted)
            return Refuse(http);
        var (page, size) = PageOf(http);
        var rows = db.Set<ServicePoint>().AsNoTracking().Where(p => p.Cell < ServiceArea.First && wanted.Any(s => s.Id == p.ServiceId));
        List<(Guid Id, int Number)> found;
        int count;
        if (http.Request.Query["postcode"].ToString() is { Length: > 0 } postcode)
        {
            if (Metres(http) is not { } metres || await places.FindAsync(postcode, cancel) is not { } place)
                return Refuse(http);
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
        return Send(http, Envelope(count, page, size, await ShownAsync(db, found, address, cancel)));
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

    static async Task<IResult> AtLocationAsync(string id, SiteDb db, SiteAddress address, HttpContext http, CancellationToken cancel)
    {
        if (!Guid.TryParse(id, out var asked))
            return Missing(http);
        var (least, most) = OpenReferral.ServicesOf(asked);
        var services = await db.Set<FamilyService>()
            .AsNoTracking()
            .WherePublic()
            .Where(s => s.Id.CompareTo(least) >= 0 && s.Id.CompareTo(most) <= 0)
            .OrderBy(s => s.Id)
            .Take(MostNear)
            .ToListAsync(cancel);
        foreach (var service in services.Select(s => new PublicService(s)))
            if (service.Live.Places.FirstOrDefault(p => OpenReferral.IdOf(service, p) == asked) is { } place)
                return Send(http, OpenReferral.ServiceAtLocation(service, place, address));
        return Missing(http);
    }

    static double? Metres(HttpContext http) =>
        http.Request.Query["proximity"].ToString() is not { Length: > 0 } text ? 16_093
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var metres) && metres <= MostMetres
            ? metres
        : null;

    static (int Page, int Size) PageOf(HttpContext http, int mostPerPage = MostPerPage, int perPage = PerPage)
    {
        return (Number("page", 1, 100_000), Number("per_page", perPage, mostPerPage));

        int Number(string name, int otherwise, int most) =>
            int.TryParse(http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? Math.Clamp(number, 1, most)
                : otherwise;
    }

    static JsonObject Page(HttpContext http, IEnumerable<JsonObject> all)
    {
        var ((page, size), list) = (PageOf(http), all.ToList());
        return Envelope(list.Count, page, size, [.. list.Skip((page - 1) * size).Take(size)]);
    }

    static JsonObject Envelope(int count, int page, int size, IReadOnlyList<JsonObject> contents)
    {
        var pages = Math.Max(1, (count + size - 1) / size);
        return new()
        {
            ["total_items"] = count,
            ["total_pages"] = pages,
            ["page_number"] = page,
            ["size"] = contents.Count,
            ["first_page"] = page == 1,
            ["last_page"] = page >= pages,
            ["empty"] = contents.Count == 0,
            ["contents"] = new JsonArray([.. contents]),
        };
    }

    static IResult Found(HttpContext http, string id, IEnumerable<JsonObject> all) =>
        all.FirstOrDefault(o => (string?)o["id"] == id) is { } found ? Send(http, found) : Missing(http);

    static IResult Send(HttpContext http, JsonObject answer)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return http.Request.Query["format"] == NdJson && answer["contents"] is JsonArray contents
            ? ETagText.Send(http, string.Concat(contents.Select(c => c!.ToJsonString() + "\n")), "application/x-ndjson")
            : ETagText.Send(http, answer.ToJsonString(), "application/json");
    }

    static JsonHttpResult<JsonObject> Missing(HttpContext http) => Say(http, StatusCodes.Status404NotFound, "There is nothing of this id.");

    static JsonHttpResult<JsonObject> Refuse(HttpContext http) =>
        Say(http, StatusCodes.Status400BadRequest, "A number, date or postcode in the address could not be read.");

    static JsonHttpResult<JsonObject> Say(HttpContext http, int status, string words)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return TypedResults.Json(new JsonObject { ["title"] = words, ["status"] = status }, statusCode: status);
    }
}
