using System.Globalization;
using System.Text;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Hosting;

namespace InfantMHWeek.Courses.Mailing;

/// <summary>A cohort's sessions for a diary (RFC 5545). Each session keeps its UID, so a moved one is moved in the diary too.</summary>
public static class CourseCalendar
{
    const int LineBytes = 75;

    /// <param name="link">The person's own page, or null.</param>
    public static string Write(Cohort cohort, SiteAddress address, DateTime now, string? link)
    {
        var host = new Uri(address.Of("/")).Host;
        var text = new StringBuilder();
        Line(text, "BEGIN", "VCALENDAR");
        Line(text, "VERSION", "2.0");
        Line(text, "PRODID", "-//Infant Mental Health Awareness Week//Courses//EN");
        Line(text, "METHOD", "PUBLISH");
        Line(text, "X-WR-CALNAME", Escape(cohort.FullName));
        foreach (var session in cohort.InOrder)
        {
            Line(text, "BEGIN", "VEVENT");
            Line(text, "UID", $"{session.Id:N}@{host}");
            Line(text, "DTSTAMP", Utc(now));
            Line(text, "SEQUENCE", (session.Sequence + (cohort.CancelledAt is null ? 0 : 1)).ToString(CultureInfo.InvariantCulture));
            Line(text, "DTSTART", Utc(session.StartsUtc));
            Line(text, "DTEND", Utc(session.EndsUtc));
            Line(text, "SUMMARY", Escape(string.Create(CultureInfo.InvariantCulture, $"{cohort.Title}: session {session.Number} of {cohort.Sessions.Count}")));
            if (session.Place is { Length: > 0 } place) Line(text, "LOCATION", Escape(place));
            if (link is not null) Line(text, "URL", link);
            Line(text, "STATUS", cohort.CancelledAt is null ? "CONFIRMED" : "CANCELLED");
            Line(text, "END", "VEVENT");
        }
        Line(text, "END", "VCALENDAR");
        return text.ToString();
    }

    static string Utc(DateTime moment) => moment.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>No line break of any kind may stay: a reader would take what follows for a property of its own.</summary>
    static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (var c in value.ReplaceLineEndings("\n"))
        {
            if (c == '\n') text.Append("\\n");
            else if (c is '\\' or ';' or ',') text.Append('\\').Append(c);
            else if (!char.IsControl(c) && c is not ('\u2028' or '\u2029')) text.Append(c);
        }
        return text.ToString();
    }

    /// <summary>Folds at 75 octets, never inside a character.</summary>
    static void Line(StringBuilder text, string name, string value)
    {
        var used = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > LineBytes)
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
