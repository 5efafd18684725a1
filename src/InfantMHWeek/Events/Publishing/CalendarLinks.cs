using System.Globalization;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Events.Publishing;

/// <summary>
/// The ways into a family's diary. What takes place once is copied there; what has several dates is followed, so that a date that is
/// cancelled or moved is so there too.
/// </summary>
/// <param name="File">On this site.</param>
/// <param name="Follows">The diary keeps itself up to date.</param>
sealed record CalendarLinks(string File, string Apple, string Google, string Outlook, bool Follows)
{
    const int MostDetails = 400;

    public static CalendarLinks Of(PublicEvent e, SiteAddress address)
    {
        var (path, file, times) = (e.Path + ".ics", address.Of(e.Path + ".ics"), e.Live.Schedule.All(e.DatesUntil).Take(2).ToList());
        if (e.Live.Schedule.Repeat == Repeat.Once && times is [var only])
            return new(path, path, ForGoogle(e, only, address), ForOutlook(e, only, address), Follows: false);
        var webcal = "webcal" + file[file.IndexOf(':', StringComparison.Ordinal)..];
        return new(
            path,
            webcal,
            "https://calendar.google.com/calendar/r?cid=" + Uri.EscapeDataString(webcal),
            "https://outlook.live.com/calendar/0/addfromweb" + Query(("url", file), ("name", e.Live.Title)),
            Follows: true
        );
    }

    static string ForGoogle(PublicEvent e, EventTime time, SiteAddress address) =>
        "https://calendar.google.com/calendar/render"
        + Query(
            ("action", "TEMPLATE"),
            ("text", e.TitleWithState),
            ("dates", $"{Utc(time.StartUtc, "yyyyMMdd'T'HHmmss'Z'")}/{Utc(time.EndUtc, "yyyyMMdd'T'HHmmss'Z'")}"),
            ("details", Details(e, address)),
            ("location", Place(e))
        );

    static string ForOutlook(PublicEvent e, EventTime time, SiteAddress address) =>
        "https://outlook.live.com/calendar/0/action/compose"
        + Query(
            ("rru", "addevent"),
            ("subject", e.TitleWithState),
            ("startdt", Utc(time.StartUtc, "yyyy-MM-dd'T'HH:mm:ss'Z'")),
            ("enddt", Utc(time.EndUtc, "yyyy-MM-dd'T'HH:mm:ss'Z'")),
            ("body", Details(e, address)),
            ("location", Place(e))
        );

    static string Utc(DateTime moment, string pattern) => moment.ToString(pattern, CultureInfo.InvariantCulture);

    static string Details(PublicEvent e, SiteAddress address)
    {
        var summary = e.SummaryWithState;
        return $"{(summary.Length > MostDetails ? summary[..MostDetails] : summary)}\n\n{address.Of(e.Path)}";
    }

    static string Place(PublicEvent e) =>
        e.Live.InPerson
            ? string.Join(", ", new[] { e.Live.Venue, e.Live.Address, e.Live.Town, e.Live.Postcode }.Where(t => t.Length > 0))
            : "Online";

    static string Query(params (string Name, string Value)[] parts) =>
        "?" + string.Join('&', parts.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
}
