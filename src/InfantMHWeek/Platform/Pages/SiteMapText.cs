using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace InfantMHWeek.Platform.Pages;

/// <summary>A list of pages for search engines, each with when it last changed (sitemaps.org).</summary>
static class SiteMapText
{
    /// <summary>A site map holds at most 50,000.</summary>
    public const int Most = 20_000;
    static readonly XNamespace Names = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>A list of such lists, where one would be too long.</summary>
    public static IResult SendIndex(IEnumerable<string> maps) =>
        Text(new XElement(Names + "sitemapindex", maps.Select(m => new XElement(Names + "sitemap", new XElement(Names + "loc", m)))));

    public static IResult Send(IEnumerable<(string Address, DateTime ChangedUtc)> pages) =>
        Text(
            new XElement(
                Names + "urlset",
                pages.Select(p => new XElement(
                    Names + "url",
                    new XElement(Names + "loc", p.Address),
                    new XElement(Names + "lastmod", p.ChangedUtc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
                ))
            )
        );

    static Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult Text(XElement map) =>
        TypedResults.Text(new XDeclaration("1.0", "utf-8", null) + "\n" + map, "application/xml; charset=utf-8", Encoding.UTF8);
}
