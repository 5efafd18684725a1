using System.Globalization;
using System.Text;
using InfantMHWeek.Campaign.Calendar;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Rendering;
using InfantMHWeek.Campaign.Sharing;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace InfantMHWeek.Campaign;

/// <summary>What machines read: feeds, maps, figures, pictures. All of it follows from the snapshot.</summary>
static class CampaignEndpoints
{
    static readonly string[] SiteMaps = ["/sitemap.xml", "/events/sitemap.xml", "/services/sitemap.xml"];
    static readonly CachedPageAttribute Cached = new();
    static readonly CachedPageAttribute MadeAfresh = new(keep: false);

    public static void MapCampaign(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/search", ReadMethods.All, (RequestDelegate)SearchEndpoint.Answer);
        routes
            .MapMethods("/take-part/drawings/{file:ending(.svg)}", ReadMethods.All, (RequestDelegate)Drawings.SendAsync)
            .WithMetadata(Cached);
        Map(
            "/feed.atom",
            (site, context) =>
            {
                context.Response.AllowOtherSites();
                return Text(NewsFeed.Write(site, Address(context)), "application/atom+xml");
            },
            Cached
        );
        Map("/week.ics", (site, context) => Text(WeekFile.Write(site, Address(context)), "text/calendar"), Cached);
        Map("/sitemap.xml", (site, context) => Text(SiteMap.Write(site, Address(context)), "application/xml"), Cached);
        Map(
            "/robots.txt",
            (_, context) =>
                Text(
                    "User-agent: *\nDisallow: /search?\nDisallow: /staff\nDisallow: /events/manage\nDisallow: /services/manage\n"
                        + "Disallow: /services/check\nDisallow: /organiser/\n\n"
                        + string.Concat(SiteMaps.Select(map => $"Sitemap: {Address(context).Of(map)}\n")),
                    "text/plain"
                ),
            Cached
        );
        Map(
            "/.well-known/security.txt",
            (site, context) =>
                Text(SecurityText(site, Address(context), context.RequestServices.GetRequiredService<TimeProvider>()), "text/plain"),
            MadeAfresh
        );
        Map("/site.webmanifest", (site, _) => Text(WebManifest.Write(site), "application/manifest+json"), Cached);
        Map("/{**file:ending(.csv)}", (site, context) => FigureFile(Named(context, "file"), site), Cached);
        Map("/share/{**file:ending(.png)}", (site, context) => SharePictureFile(Named(context, "file"), site, context.Response), Cached);
        Map("/icons/{file:ending(.png)}", (_, context) => Icon(Named(context, "file")), Cached);
        Map(
            "/media/{**file}",
            (_, context) => Picture(Named(context, "file"), context.RequestServices.GetRequiredService<PageLibrary>()),
            null
        );

        void Map(string pattern, Func<Snapshot, HttpContext, IResult> answer, CachedPageAttribute? reading)
        {
            var route = routes.MapMethods(
                pattern,
                ReadMethods.All,
                (RequestDelegate)(context => answer(context.RequestServices.GetRequiredService<Snapshot>(), context).ExecuteAsync(context))
            );
            if (reading is not null)
                route.WithMetadata(reading);
        }
    }

    static SiteAddress Address(HttpContext context) => context.RequestServices.GetRequiredService<SiteAddress>();

    static string Named(HttpContext context, string part) => (string?)context.Request.RouteValues[part] ?? "";

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
        response.AllowOtherSites();
        if (FactOf(path, site) is { } fact)
            return TypedResults.Bytes(FactTile.Draw(fact, site.Registers.Sources, site.Site.Name), "image/png");
        if (site.Find(path) is not { } page)
            return TypedResults.NotFound();
        var detail =
            page.Theme is { Starts: { } from, Ends: { } to } ? TimeInWords.Span(from, to)
            : page.Path == "/" ? CampaignCalendar.Of(site).Line
            : null;
        return TypedResults.Bytes(SharePicture.Draw(page.Title, site.Site.Name, detail, page.Picture), "image/png");
    }

    /// <summary>The single figure of a page: <c>/take-part/fact-2</c> is its second.</summary>
    static KeyFact? FactOf(string path, Snapshot site)
    {
        const string start = "/fact-";
        var at = path.LastIndexOf(start, StringComparison.Ordinal);
        return
            at > 0
            && int.TryParse(path[(at + start.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && site.Find(path[..at]) is { } page
            ? site.Render(page).Facts.ElementAtOrDefault(number - 1)
            : null;
    }

    static IResult Icon(string file) =>
        file switch
        {
            "180.png" => Draw(180),
            "192.png" => Draw(192),
            "512.png" => Draw(512),
            _ => TypedResults.NotFound(),
        };

    static FileContentHttpResult Draw(int size) => TypedResults.Bytes(AppIcon.Draw(size), "image/png");

    static IResult Picture(string name, PageLibrary library) =>
        MediaFiles.Find(library.Root, name) is var (file, type)
            ? TypedResults.PhysicalFile(
                file.FullName,
                type,
                lastModified: new DateTimeOffset(file.LastWriteTimeUtc),
                entityTag: new($"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\""),
                enableRangeProcessing: true
            )
            : TypedResults.NotFound();
}
