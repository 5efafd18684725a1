using System.Globalization;
using System.Text;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Hosting;

namespace InfantMHWeek.Events.Publishing;

/// <summary>Events as an iCalendar file (RFC 5545), times by the wall clock of London, whose rules stand in the file itself.</summary>
public static class CalendarFile
{
    public const string ContentType = "text/calendar";

    // What clocks in the UK have done since 1996; the past does not matter for what is to come.
    static readonly string[] London =
    [
        "BEGIN:VTIMEZONE", "TZID:Europe/London", "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "TZNAME:BST", "DTSTART:19960331T010000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT", "BEGIN:STANDARD", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "TZNAME:GMT", "DTSTART:19961027T020000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD", "END:VTIMEZONE",
    ];

    public static string Write(IEnumerable<PublicEvent> events, string name, SiteAddress address)
    {
        var text = new StringBuilder();
        foreach (var line in (string[])["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Infant Mental Health Awareness Week//Events//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]) Line(text, line);
        Line(text, "X-WR-CALNAME:" + Escape(name));
        Line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT6H");
        Line(text, "X-PUBLISHED-TTL:PT6H");
        foreach (var line in London) Line(text, line);
        foreach (var e in events) Add(text, e, address);
        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    /// <summary>A weekly event is one entry that repeats. Times in the hour that happens twice are written in UTC, one by one, because the local time does not say which; and so are nights in which the clock changes, because a repeating entry lasts equally long each time.</summary>
    static void Add(StringBuilder text, PublicEvent e, SiteAddress address)
    {
        var all = e.Live.Schedule.All().ToList();
        if (e.Live.Schedule.Repeat == Repeat.Weekly && all.Count > 1 && !all.Exists(t => t.NeedsUtc || t.EndUtc - t.StartUtc != all[0].EndUtc - all[0].StartUtc)) One(text, e, all[0], all.Count, e.Id.ToString("N"), address);
        else
            foreach (var time in all)
                One(text, e, time, 1, all.Count == 1 ? e.Id.ToString("N") : string.Create(CultureInfo.InvariantCulture, $"{e.Id:N}-{time.StartUtc:yyyyMMdd'T'HHmm}"), address);
    }

    static void One(StringBuilder text, PublicEvent e, EventTime time, int weeks, string id, SiteAddress address)
    {
        var live = e.Live;
        Line(text, "BEGIN:VEVENT");
        Line(text, $"UID:{id}@{new Uri(address.Of("/")).Host}");
        Line(text, "DTSTAMP:" + Utc(e.UpdatedAt));
        Line(text, "LAST-MODIFIED:" + Utc(e.UpdatedAt));
        Line(text, string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{e.Sequence}"));
        Line(text, "DTSTART" + Moment(time, time.StartsLocal, time.StartUtc));
        Line(text, "DTEND" + Moment(time, time.EndsLocal, time.EndUtc));
        if (weeks > 1) Line(text, string.Create(CultureInfo.InvariantCulture, $"RRULE:FREQ=WEEKLY;COUNT={weeks}"));
        Line(text, "SUMMARY:" + Escape((e.StateInWords is { } state ? state + ": " : "") + live.Title));
        Line(text, "DESCRIPTION:" + Escape(string.Join("\n\n", new[] { e.SummaryWithState, live.Description, address.Of(e.Path) }.Where(t => t.Length > 0))));
        Line(text, "LOCATION:" + Escape(live.InPerson ? string.Join(", ", new[] { live.Venue, live.Address, live.Town, live.Postcode }.Where(t => t.Length > 0)) : "Online"));
        if (live.InPerson && live.Point is { } point) Line(text, string.Create(CultureInfo.InvariantCulture, $"GEO:{point.Latitude:0.#####};{point.Longitude:0.#####}"));
        Line(text, "URL:" + address.Of(e.Path));
        Line(text, "STATUS:" + (e.Cancelled ? "CANCELLED" : e.Postponed ? "TENTATIVE" : "CONFIRMED"));
        Line(text, "END:VEVENT");
    }

    static string Moment(EventTime time, DateTime local, DateTime utc) =>
        time.NeedsUtc ? ":" + Utc(utc) : ";TZID=Europe/London:" + local.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    static string Utc(DateTime utc) => utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Text of a property: nothing in it can end the line or begin another property.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter is '\r' && i + 1 < text.Length && text[i + 1] == '\n') continue;
            if (letter is '\\' or ';' or ',') escaped.Append('\\').Append(letter);
            else if (letter is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029') escaped.Append("\\n");
            else if (letter == '\t' || !char.IsControl(letter)) escaped.Append(char.IsSurrogate(letter) && !InPair(text, i) ? '\uFFFD' : letter);
        }
        return escaped.ToString();
    }

    static bool InPair(string text, int i) => char.IsHighSurrogate(text[i]) ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) : i > 0 && char.IsHighSurrogate(text[i - 1]);

    /// <summary>Lines have at most 75 octets, and are folded between characters, never inside one.</summary>
    static void Line(StringBuilder text, string line)
    {
        var used = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > 75)
            {
                text.Append("\r\n ");
                used = 1;
            }
            text.Append(rune.ToString());
            used += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
