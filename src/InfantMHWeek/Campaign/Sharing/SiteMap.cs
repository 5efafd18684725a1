using System.Globalization;
using System.Xml.Linq;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>Every page with its address and the day it was last reviewed (sitemaps.org).</summary>
static class SiteMap
{
    static readonly XNamespace Names = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static string Write(Snapshot site, SiteAddress address)
    {
        var pages = site
            .Pages.Values.OrderBy(p => p.Path, StringComparer.Ordinal)
            .Select(p => new XElement(
                Names + "url",
                new XElement(Names + "loc", address.Of(p.Path)),
                p.Reviewed is { } day ? new XElement(Names + "lastmod", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null
            ));
        pages = pages.Concat(
            ProgramPages
                .All.Where(p => p.Path.StartsWith("/support/", StringComparison.Ordinal))
                .Select(p => new XElement(Names + "url", new XElement(Names + "loc", address.Of(p.Path))))
        );
        return new XDeclaration("1.0", "utf-8", null) + "\n" + new XElement(Names + "urlset", pages);
    }
}
