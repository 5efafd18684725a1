using System.Globalization;
using System.Xml.Linq;
using InfantMHWeek.Campaign.Calendar;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>
/// The Atom feed (RFC 4287): what is new, by the day on which it was: the weeks, research, and pages that were planned for a day. Pages
/// that are always there are no news.
/// </summary>
static class NewsFeed
{
    const int Entries = 50;
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static string Write(Snapshot site, SiteAddress address)
    {
        var pages = site
            .Pages.Values.Where(p => p.Path != "/" && DayOf(p) <= site.Today)
            .OrderByDescending(DayOf)
            .ThenByDescending(p => p.Theme?.Year)
            .ThenBy(p => p.Path, StringComparer.Ordinal)
            .Take(Entries)
            .ToList();
        var feed = new XElement(
            Atom + "feed",
            new XElement(Atom + "title", site.Site.Name),
            new XElement(Atom + "id", address.Of("/")),
            new XElement(Atom + "updated", Instant(pages.Select(DayOf).FirstOrDefault() ?? DateOnly.FromDateTime(site.Moment))),
            new XElement(Atom + "author", new XElement(Atom + "name", site.Site.Name)),
            Link("self", address.Of("/feed.atom"), "application/atom+xml"),
            Link("alternate", address.Of("/"), "text/html"),
            News(CampaignCalendar.Of(site), address),
            pages.Select(p => new XElement(
                Atom + "entry",
                new XElement(Atom + "title", p.Title),
                new XElement(Atom + "id", address.Of(p.Path)),
                new XElement(Atom + "updated", Instant(DayOf(p)!.Value)),
                Link("alternate", address.Of(p.Path), "text/html"),
                new XElement(Atom + "summary", p.Summary)
            ))
        );
        return new XDeclaration("1.0", "utf-8", null) + "\n" + feed;
    }

    /// <summary>That a week is near, has begun or is over, as the day comes.</summary>
    static XElement? News(CampaignCalendar calendar, SiteAddress address) =>
        calendar is not { Since: { } since, Lead: { } week, Line: { } line }
            ? null
            : new(
                Atom + "entry",
                new XElement(Atom + "title", line),
                new XElement(Atom + "id", address.Of(week.Path) + "#" + calendar.Time.ToString().ToLowerInvariant()),
                new XElement(Atom + "updated", Instant(since)),
                Link("alternate", address.Of(week.Path), "text/html"),
                new XElement(Atom + "summary", week.Summary)
            );

    static DateOnly? DayOf(Page page) => page.Publish is { } moment ? UkTime.DayOf(moment) : page.Research?.Published ?? page.Theme?.Starts;

    static string Instant(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z";

    static XElement Link(string relation, string address, string type) =>
        new(Atom + "link", new XAttribute("rel", relation), new XAttribute("href", address), new XAttribute("type", type));
}
