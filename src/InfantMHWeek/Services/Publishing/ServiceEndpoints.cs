using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Finding;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Publishing;

/// <summary>What machines read of the services.</summary>
static class ServiceEndpoints
{
    static readonly CachedPageAttribute MadeAfresh = new(keep: false);

    public static void MapServiceFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/services/sitemap.xml", ReadMethods.All, SiteMap).ExcludeFromDescription().WithMetadata(MadeAfresh);
        routes.MapMethods("/services/{slug}.png", ReadMethods.All, Picture).ExcludeFromDescription();
    }

    static async Task<IResult> Picture(string slug, SiteDb db, SharePictures pictures, HttpContext http, CancellationToken cancel) =>
        await db.PublicServiceAsync(slug, cancel) is { } service
            ? await pictures.SendAsync(http, service.TitleWithState, service.Where, "hands")
            : TypedResults.NotFound();

    static async Task<IResult> SiteMap(SiteDb db, SiteAddress address, CancellationToken cancel)
    {
        var services = await db.Set<FamilyService>()
            .WherePublic()
            .Where(s => !s.Sample && s.ClosedAt == null && s.UnlistedAt == null)
            .OrderByDescending(s => s.UpdatedAt)
            .Take(SiteMapText.Most)
            .Select(s => new { s.Slug, s.UpdatedAt })
            .ToListAsync(cancel);
        return SiteMapText.Send(services.Select(s => (address.Of("/services/" + s.Slug), s.UpdatedAt)));
    }
}
