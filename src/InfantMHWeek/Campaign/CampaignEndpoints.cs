using System.Globalization;
using System.Text;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Sharing;
using InfantMHWeek.Platform;
using Microsoft.AspNetCore.Http.HttpResults;

namespace InfantMHWeek.Campaign;

/// <summary>What machines read: feeds, maps, figures, pictures. All of it follows from the snapshot.</summary>
public static class CampaignEndpoints
{
    static readonly ReadingPageAttribute Kept = new();
    static readonly ReadingPageAttribute MadeAfresh = new(keep: false);

    public static void MapCampaign(this IEndpointRouteBuilder routes)
    {
        Map("/feed.atom", (Snapshot site, SiteAddress address, HttpResponse response) =>
        {
            response.AllowOtherSites();
            return Text(Feed.Write(site, address), "application/atom+xml");
        }, Kept);
        Map("/sitemap.xml", (Snapshot site, SiteAddress address) => Text(SiteMap.Write(site, address), "application/xml"), Kept);
        Map("/robots.txt", (SiteAddress address) => Text($"User-agent: *\nDisallow: /search\nDisallow: /staff\n\nSitemap: {address.Of("/sitemap.xml")}\n", "text/plain"), Kept);
        Map("/.well-known/security.txt", (Snapshot site, SiteAddress address, TimeProvider clock) => Text(SecurityText(site, address, clock), "text/plain"), MadeAfresh);
        Map("/site.webmanifest", (Snapshot site) => Text(WebManifest.Write(site), "application/manifest+json"), Kept);
        Map("/{**file:regex(^.+\\.csv$)}", (string file, Snapshot site) => FigureFile(file, site), Kept);
        Map("/share/{**name:regex(^.+\\.png$)}", (string name, Snapshot site, HttpResponse response) => SharePictureFile(name, site, response), Kept);
        Map("/icons/{size:int}.png", (int size) => Icon(size), Kept);
        Map("/media/{**name}", (string name, PageLibrary library) => Picture(name, library), null);

        void Map(string pattern, Delegate handler, ReadingPageAttribute? reading)
        {
            var route = routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], handler);
            if (reading is not null) route.WithMetadata(reading);
        }
    }

    static ContentHttpResult Text(string text, string type) => TypedResults.Text(text, type + "; charset=utf-8", Encoding.UTF8);

    /// <summary>RFC 9116. The day it ends is always ahead, because it is written when it is asked for.</summary>
    static string SecurityText(Snapshot site, SiteAddress address, TimeProvider clock)
    {
        var contact = site.Site.ContactEmail is { } email ? "mailto:" + email : address.Of("/contact");
        var expires = clock.GetUtcNow().AddDays(180).ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture);
        return $"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en\nCanonical: {address.Of("/.well-known/security.txt")}\n";
    }

    static IResult FigureFile(string file, Snapshot site)
    {
        var slash = file.LastIndexOf('/');
        var page = site.Find(slash < 0 ? "/" : "/" + file[..slash]);
        var figure = page is null ? null : site.Render(page).Figures.FirstOrDefault(f => f.Id == file[(slash + 1)..^".csv".Length]);
        return figure is null ? TypedResults.NotFound() : Text(FigureCsv.Write(figure, site.Registers.Sources), "text/csv");
    }

    static IResult SharePictureFile(string name, Snapshot site, HttpResponse response)
    {
        var path = name == "home.png" ? "/" : "/" + name[..^".png".Length];
        if (site.Find(path) is not { } page) return TypedResults.NotFound();
        response.AllowOtherSites();
        var detail = page.Theme is { Starts: { } from, Ends: { } to } ? UkTime.InWords(from, to) : null;
        return TypedResults.Bytes(SharePicture.Draw(page.Title, site.Site.Name, detail, page.Picture), "image/png");
    }

    static IResult Icon(int size) => size is 180 or 192 or 512 ? TypedResults.Bytes(AppIcon.Draw(size), "image/png") : TypedResults.NotFound();

    static IResult Picture(string name, PageLibrary library) =>
        MediaFiles.Find(library.Root, name) is var (file, type)
            ? TypedResults.PhysicalFile(file.FullName, type, lastModified: new DateTimeOffset(file.LastWriteTimeUtc), entityTag: new($"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\""), enableRangeProcessing: true)
            : TypedResults.NotFound();
}
