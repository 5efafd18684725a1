using System.Globalization;
using System.Text;
using System.Xml.Linq;
using InfantMHWeek.Events.Importing;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events.Feeds;

/// <summary>An item of a news feed, as far as it is about an event.</summary>
sealed record FeedItem(string Id, string Title, string About, string Link, string Place, string Starts, string Ends)
{
    public string InWords => EventFile.Short(EventFile.Fit(HtmlText.Plain(Title), EventDetails.MaxTitle));

    /// <summary>By the names that calendars, Google's and RSS's event modules use, whatever their prefix.</summary>
    public static FeedItem Of(XElement item)
    {
        string Text(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
                if (item.Elements().FirstOrDefault(e => e.Name.LocalName == name && e.Value.Length > 0) is { } found)
                    return found.Value;
            return "";
        }
        string Value(string element, string attribute) =>
            (string?)item.Elements().FirstOrDefault(e => e.Name.LocalName == element)?.Attribute(attribute) ?? "";
        var link = Value("link", "href") is { Length: > 0 } href ? href : Text("link");
        return new(
            Text("id", "guid") is { Length: > 0 } id ? id : link,
            Text("title"),
            Text("summary", "description", "content", "encoded"),
            link,
            Value("where", "valueString") is { Length: > 0 } where ? where : Text("location"),
            Value("when", "startTime") is { Length: > 0 } starts ? starts : Text("dtstart", "startdate", "start"),
            Value("when", "endTime") is { Length: > 0 } ends ? ends : Text("dtend", "enddate", "end")
        );
    }

    /// <summary>
    /// As a calendar of one event, so that dates are read in one place; null where it does not say for machines when it is.
    /// </summary>
    public string? AsCalendar()
    {
        if (Date("DTSTART", Starts) is not { } starts)
            return null;
        var text = new StringBuilder("BEGIN:VCALENDAR\nBEGIN:VEVENT\n").Append(starts).Append(Date("DTEND", Ends));
        foreach (var (name, value) in new[] { ("UID", Id), ("SUMMARY", Title), ("DESCRIPTION", About), ("LOCATION", Place), ("URL", Link) })
            if (value.Length > 0)
                text.Append(name).Append(':').Append(name is "UID" or "URL" ? OneLine(value) : Escaped(value)).Append('\n');
        return text.Append("END:VEVENT\nEND:VCALENDAR").ToString();
    }

    static string? Date(string name, string said)
    {
        var text = said.Trim();
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return string.Create(CultureInfo.InvariantCulture, $"{name};VALUE=DATE:{day:yyyyMMdd}\n");
        if (text.Length < 16 || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time))
            return null;
        return time.Kind == DateTimeKind.Utc
            ? string.Create(CultureInfo.InvariantCulture, $"{name}:{time:yyyyMMdd'T'HHmmss}Z\n")
            : string.Create(CultureInfo.InvariantCulture, $"{name};TZID=Europe/London:{time:yyyyMMdd'T'HHmmss}\n");
    }

    static string OneLine(string value) => UserText.Clean(value).Replace('\n', ' ');

    static string Escaped(string value) =>
        UserText
            .Clean(value)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}
