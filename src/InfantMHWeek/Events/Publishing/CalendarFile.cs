using System.Globalization;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Calendars;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Events.Publishing;

/// <summary>Events as an iCalendar file, times by the wall clock of London.</summary>
static class CalendarFile
{
    public const string ContentType = "text/calendar";
    static readonly TimeSpan RefreshEvery = TimeSpan.FromHours(6);

    public static string Write(PublicEvent e, SiteAddress address) => Write([Text(e, address)], e.Live.Title);

    /// <summary>All of its entries, as cancelled; where it was to be is not said.</summary>
    public static string WriteWithdrawn(PublicEvent e, SiteAddress address) =>
        CalendarWriter.Write(
            "Events",
            e.Live.Title,
            [.. Entries(e, address).Select(entry => entry with { Status = CalendarStatus.Cancelled, Location = null })],
            RefreshEvery
        );

    /// <param name="covers">What is in it and what is not, in words.</param>
    public static string Write(IReadOnlyCollection<CalendarText> events, string name, string covers = "") =>
        CalendarWriter.Write("Events", name, events, RefreshEvery, covers);

    /// <summary>An event as it stands in every file that it is in.</summary>
    public static CalendarText Text(PublicEvent e, SiteAddress address) => CalendarWriter.WriteEntries([.. Entries(e, address)]);

    /// <summary>
    /// A weekly event is one entry that repeats. Times in the hour that happens twice are written in UTC, one by one, because the local
    /// time does not say which; and so are nights in which the clock changes, because a repeating entry lasts equally long each time.
    /// </summary>
    static IEnumerable<CalendarEntry> Entries(PublicEvent e, SiteAddress address)
    {
        if (e.Live.Schedule is { Repeats: true } schedule && (schedule.Repeat == Repeat.Rule || schedule.AsPlanned() != schedule))
            return GroupEntries.Of(e, (time, id) => Entry(e, time, id, address));
        var all = e.Live.Schedule.All().ToList();
        var repeats =
            e.Live.Schedule.Repeat == Repeat.Weekly
            && all.Count > 1
            && !all.Exists(t => t.NeedsUtc || t.EndUtc - t.StartUtc != all[0].EndUtc - all[0].StartUtc);
        var id = e.Id.ToString("N");
        if (repeats)
            return [Entry(e, all[0], id, address) with { Weeks = all.Count }];
        return e.Live.Schedule.Times.Count == 1 && all.Count == 1
            ? [Entry(e, all[0], id, address)]
            : e
                .Live.Schedule.Occurrences()
                .Select(date => Entry(e, date.Time, IdOf(id, date.At, date.Time), address))
                .Concat(e.Live.Schedule.Cancelled().Select(time => Off(Entry(e, time, IdOf(id, time.StartsLocal, time), address))));
    }

    /// <summary>By when it was to begin: moved, it is the same to a diary.</summary>
    internal static string IdOf(string id, DateTime at, EventTime time) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{id}-{(at == time.StartsLocal ? time.StartUtc : Platform.Time.UkTime.ToUtc(at).Utc):yyyyMMdd'T'HHmm}"
        );

    internal static CalendarEntry Off(CalendarEntry entry) =>
        entry with
        {
            Status = CalendarStatus.Cancelled,
            Summary = entry.Status == CalendarStatus.Cancelled ? entry.Summary : "Cancelled: " + entry.Summary,
        };

    static CalendarEntry Entry(PublicEvent e, EventTime time, string id, SiteAddress address)
    {
        var (live, link) = (e.Live, address.Of(e.Path));
        var (starts, ends) = time.NeedsUtc ? (time.StartUtc, time.EndUtc) : (time.StartsLocal, time.EndsLocal);
        var title = (e.StateInWords is { } state ? state + ": " : "") + live.Title;
        return new($"{id}@{new Uri(address.Of("/")).Host}", e.UpdatedAt, e.Sequence, starts, ends, title)
        {
            Status =
                e.Cancelled ? CalendarStatus.Cancelled
                : e.Postponed ? CalendarStatus.Tentative
                : CalendarStatus.Confirmed,
            ChangedUtc = e.UpdatedAt,
            Description = Joined("\n\n", e.SummaryWithState, OnlineLine(live), live.Description, link),
            Location = live.InPerson ? Joined(", ", live.Venue, live.Address, live.Town, live.Postcode) : "Online",
            Link = link,
            Point = live.Pin is { } point ? (point.Latitude, point.Longitude) : null,
        };
    }

    static string OnlineLine(EventDetails live) =>
        !live.Online ? ""
        : live.OnlineLinkShown && live.OnlineLink.Length > 0 ? $"Online: {live.OnlineLink}"
        : "You will get the link to join online when you book.";

    static string Joined(string between, params IEnumerable<string> parts) => string.Join(between, parts.Where(p => p.Length > 0));
}
