using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace InfantMHWeek.Events.Publishing;

/// <summary>The picture that its organiser gave to an event: only the one that a person has approved, and only while it is shown.</summary>
static class PictureEndpoint
{
    const string Small = "-small";

    public static async Task<IResult> SendAsync(string slug, string name, SiteDb db, HttpContext http, CancellationToken cancel)
    {
        var small = name.EndsWith(Small, StringComparison.Ordinal);
        var e = await db.Set<Event>().AsNoTracking().Where(e => e.Slug == slug).AsPublic().SingleOrDefaultAsync(cancel);
        if (
            e?.Live.Picture is not { } shown
            || name != $"{shown.Id:N}{(small ? Small : "")}"
            || await db.BytesAsync(e.Id, shown.Id, small, cancel) is not { } bytes
        )
            return TypedResults.NotFound();
        http.Response.AllowOtherSites();
        // Not for long: it may be taken away at any time.
        http.Response.Headers.CacheControl = "public, max-age=600";
        return TypedResults.File(bytes, "image/webp", entityTag: new EntityTagHeaderValue($"\"{name}\""));
    }
}
