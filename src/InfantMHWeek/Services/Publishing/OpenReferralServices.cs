using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Finding;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Publishing;

/// <summary>Services, a page of them or one by its id.</summary>
static class OpenReferralServices
{
    const int MostMinimal = 20_000;

    public static async Task<IResult> ServicesAsync(SiteDb db, SiteAddress address, HttpContext http, CancellationToken cancel)
    {
        if (OpenReferralFilters.Wanted(db, http.Request.Query) is not { } wanted || Shape(http) is not { } shape)
            return OpenReferralAnswers.Refuse(http);
        var (page, size) = OpenReferralAnswers.PageOf(
            http,
            shape == Shapes.Minimal ? MostMinimal : OpenReferralAnswers.MostPerPage,
            shape == Shapes.Minimal ? MostMinimal : OpenReferralAnswers.PerPage
        );
        var count = await wanted.CountAsync(cancel);
        var services = await wanted.OrderBy(s => s.Id).Skip((page - 1) * size).Take(size).ToListAsync(cancel);
        return OpenReferralAnswers.Send(
            http,
            OpenReferralAnswers.Envelope(
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
        return minimal is null
            || full is null
            || http.Request.Query["format"].ToString() is not ("" or "json" or OpenReferralAnswers.NdJson)
                ? null
            : minimal.Value ? Shapes.Minimal
            : full.Value ? Shapes.Full
            : Shapes.Usual;

        bool? YesOrNo(string name) =>
            http.Request.Query[name].ToString() is not { Length: > 0 } text ? false
            : bool.TryParse(text, out var yes) ? yes
            : null;
    }

    /// <summary>The id of one that was joined to another leads to that.</summary>
    public static async Task<IResult> ServiceAsync(string id, SiteDb db, SiteAddress address, HttpContext http, CancellationToken cancel)
    {
        if (
            !Guid.TryParse(id, out var asked)
            || await db.Set<FamilyService>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == asked, cancel) is not { } service
        )
            return OpenReferralAnswers.Missing(http);
        if (service.IsPublic)
            return OpenReferralAnswers.Send(http, OpenReferral.Service(new(service), address, whole: true));
        if (await db.JoinedAsync(service, cancel) is not { } joined)
            return OpenReferralAnswers.Missing(http);
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return TypedResults.Redirect($"{OpenReferralEndpoints.Root}/services/{joined.Id}", permanent: true);
    }
}
