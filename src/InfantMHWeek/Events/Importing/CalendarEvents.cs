using System.Globalization;
using System.Text;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Importing;

/// <summary>
/// Events from an iCalendar file (RFC 5545). Of repetitions only the plain weekly one is taken, by its own words; no rule is
/// ever worked out, so that none can run for ever. Everything else is told in words and left to a person.
/// </summary>
public static class CalendarEvents
{
    sealed record Property(string Name, string Zone, bool DayOnly, string Value);

    public static FileEvents Read(string text)
    {
        var (events, problems) = (new List<FileEvent>(), new List<string>());
        var (depth, count, current) = (0, 0, (List<Property>?)null);
        foreach (var line in Lines(text))
        {
            if (line is null)
                return EventFile.Refuse("This file has far too many lines, or one that is far too long.");
            if (Split(line) is not { } property)
                continue;
            if (property.Name == "BEGIN")
            {
                if (++depth > 10)
                    return EventFile.Refuse("This file is nested too deeply to be a calendar.");
                if (depth == 2 && property.Value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase))
                    current = [];
            }
            else if (property.Name == "END")
            {
                if (depth-- == 2 && current is not null)
                {
                    if (++count > EventFile.MostEvents)
                        return EventFile.Refuse($"This file has more than {EventFile.MostEvents} events. Please split it.");
                    if (One(current, problems) is { } details)
                        events.Add(new(EventFile.Short(details.Title), details));
                    current = null;
                }
            }
            // What stands inside an alarm or another part of the event is not about the event.
            else if (depth == 2 && current is { Count: < 200 })
                current.Add(property);
        }
        if (count == 0)
            problems.Add("This calendar has no events.");
        return new(events, problems);
    }

    static EventDetails? One(List<Property> all, List<string> problems)
    {
        string Text(string name) => all.Find(p => p.Name == name) is { } found ? Unescape(found.Value) : "";
        var title = EventFile.Fit(Text("SUMMARY"), EventDetails.MaxTitle);
        var name = EventFile.Short(title);
        EventDetails? Leave(string why)
        {
            problems.Add($"{name}: {why}.");
            return null;
        }
        if (title.Length == 0)
            return Leave("it was left out");
        if (Text("STATUS").Equals("CANCELLED", StringComparison.OrdinalIgnoreCase))
            return Leave("it is cancelled, and was left out");
        if (all.Exists(p => p.Name == "RECURRENCE-ID"))
            return Leave("it is a changed date of an event that repeats, and was left out");
        if (all.Find(p => p.Name == "DTSTART") is not { } start || Moment(start) is not { } starts)
            return Leave(all.Exists(p => p.Name == "DTSTART" && p.DayOnly) ? "it has no time of day" : "we could not read when it starts");
        if (End(all, starts) is not { } ends)
            return Leave("we could not read when it ends");
        var (localStart, localEnd) = (UkTime.FromUtc(starts), UkTime.FromUtc(ends));
        var second = UkTime.ToUtc(localStart) is (UkTime.Validity.Ambiguous, var first) && first != starts;
        var time = new EventTime(
            DateOnly.FromDateTime(localStart),
            new(localStart.Hour, localStart.Minute),
            DateOnly.FromDateTime(localEnd),
            new(localEnd.Hour, localEnd.Minute),
            second
        );
        var schedule = Schedule.Once(time);
        if (all.Find(p => p.Name == "RRULE") is { } rule)
        {
            if (Until(rule.Value, time) is { } until)
                schedule = new(Repeat.Weekly, [time], until);
            else
                problems.Add(
                    $"{name}: it repeats in a way that we do not take over. Only its first date is there; add the others by hand."
                );
        }
        else if (all.Exists(p => p.Name == "RDATE"))
            problems.Add($"{name}: it has more dates. Only its first one is there; add the others by hand.");
        if (schedule.Problems().FirstOrDefault() is { } wrong)
            return Leave(wrong.TrimEnd('.'));
        var (place, about) = (EventFile.Fit(Text("LOCATION"), 400), Text("DESCRIPTION"));
        var link = UserText.TryLink(EventFile.Fit(Text("URL"), EventDetails.MaxLink), out var address) ? address : "";
        var online =
            place.Contains("online", StringComparison.OrdinalIgnoreCase)
            || place.Contains("zoom", StringComparison.OrdinalIgnoreCase)
            || place.StartsWith("http", StringComparison.OrdinalIgnoreCase);
        var (venue, street, town, postcode) = Place(place);
        return new()
        {
            Title = title,
            Summary = EventFile.Fit(about.Length > 0 ? about : title, EventDetails.MaxSummary),
            Description = about.Length > EventDetails.MaxSummary ? EventFile.Fit(about, EventDetails.MaxDescription, oneLine: false) : "",
            Schedule = schedule,
            Attendance =
                online ? Attendance.Online
                : place.Length > 0 ? Attendance.InPerson
                : null,
            Venue = online ? "" : venue,
            Address = online ? "" : street,
            Town = online ? "" : town,
            Postcode = online ? "" : postcode,
            BookingLink = link,
        };
    }

    /// <summary><c>Village hall, High Street, Leeds, LS1 4AP</c>.</summary>
    static (string Venue, string Street, string Town, string Postcode) Place(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        var code = "";
        if (parts.Count > 0)
        {
            // The postcode may stand behind the town: "Leeds LS1 4AP".
            var words = parts[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var take = Math.Min(2, words.Length); take > 0 && code.Length == 0; take--)
                if (Postcode.TryParse(string.Join(' ', words[^take..]), null, out var found))
                {
                    code = found.ToString();
                    parts[^1] = string.Join(' ', words[..^take]);
                }
            parts.RemoveAll(p => p.Length == 0);
        }
        string Fit(string line) => EventFile.Fit(line, EventDetails.MaxLine);
        return (
            Fit(parts.FirstOrDefault("")),
            Fit(parts.Count > 2 ? string.Join(", ", parts[1..^1]) : ""),
            Fit(parts.Count > 1 ? parts[^1] : ""),
            code
        );
    }

    static DateTime? End(List<Property> all, DateTime starts)
    {
        if (all.Find(p => p.Name == "DTEND") is { } end)
            return Moment(end);
        if (all.Find(p => p.Name == "DURATION")?.Value is not { Length: < 30 } length)
            return null;
        try
        {
            var span = System.Xml.XmlConvert.ToTimeSpan(length);
            return span > TimeSpan.Zero && span < TimeSpan.FromDays(Schedule.MostDays) ? starts + span : null;
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The UTC moment: said to be UTC, in a named zone, or without one, which we take for the UK's clock.</summary>
    static DateTime? Moment(Property property)
    {
        if (property.DayOnly)
            return null;
        var utc = property.Value.EndsWith('Z');
        if (
            !DateTime.TryParseExact(
                property.Value.TrimEnd('Z'),
                ["yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmm"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var written
            ) || written.Year is < 2000 or > 2100
        )
            return null;
        if (utc)
            return DateTime.SpecifyKind(written, DateTimeKind.Utc);
        if (
            property.Zone is "" or "Europe/London" or "GB" or "GMT Standard Time"
            || property.Zone.EndsWith("/Europe/London", StringComparison.Ordinal)
        )
            return UkTime.ToUtc(written) is (not UkTime.Validity.Invalid, var moment) ? moment : null;
        return
            property.Zone.Length < 60 && TimeZoneInfo.TryFindSystemTimeZoneById(property.Zone, out var zone) && !zone.IsInvalidTime(written)
            ? TimeZoneInfo.ConvertTimeToUtc(written, zone)
            : null;
    }

    /// <summary>The last day of a plain weekly rule; null for every other.</summary>
    static DateOnly? Until(string rule, EventTime first)
    {
        var parts = rule.ToUpperInvariant()
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2))
            .Where(p => p.Length == 2)
            .GroupBy(p => p[0], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First()[1], StringComparer.Ordinal);
        if (parts.GetValueOrDefault("FREQ") != "WEEKLY" || parts.GetValueOrDefault("INTERVAL", "1") != "1")
            return null;
        if (
            parts.TryGetValue("BYDAY", out var day)
            && !first.Day.DayOfWeek.ToString().AsSpan(0, 2).Equals(day, StringComparison.OrdinalIgnoreCase)
        )
            return null;
        if (parts.Keys.Except(["FREQ", "INTERVAL", "BYDAY", "COUNT", "UNTIL", "WKST"], StringComparer.Ordinal).Any())
            return null;
        if (parts.TryGetValue("COUNT", out var count))
            return
                int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var times)
                && times is > 0 and <= Schedule.MostTimes
                ? first.Day.AddDays(7 * (times - 1))
                : null;
        return
            parts.TryGetValue("UNTIL", out var until)
            && until.Length >= 8
            && DateOnly.TryParseExact(until[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last)
            && last >= first.Day
            ? last
            : null;
    }

    /// <summary>
    /// Whole lines: a break that is followed by a space or tab is none. Null for a line, or a number of lines, beyond all reason.
    /// </summary>
    static IEnumerable<string?> Lines(string text)
    {
        var (line, number) = (new StringBuilder(), 0);
        foreach (var part in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (++number > EventFile.MostLines || line.Length + part.Length > EventFile.MostInLine)
            {
                yield return null;
                yield break;
            }
            if (part.Length > 0 && part[0] is ' ' or '\t')
                line.Append(part, 1, part.Length - 1);
            else
            {
                if (line.Length > 0)
                    yield return line.ToString();
                line.Clear().Append(part);
            }
        }
        if (line.Length > 0)
            yield return line.ToString();
    }

    /// <summary><c>DTSTART;TZID=Europe/London:20270614T103000</c>; a colon between quotation marks belongs to a parameter.</summary>
    static Property? Split(string line)
    {
        var (quoted, colon) = (false, -1);
        for (var i = 0; i < line.Length && colon < 0; i++)
        {
            if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ':' && !quoted)
                colon = i;
        }
        if (colon <= 0)
            return null;
        var head = line[..colon].Split(';');
        string Parameter(string name) =>
            Array.Find(head, h => h.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim('"') ?? "";
        var value = line[(colon + 1)..];
        return new(
            head[0].ToUpperInvariant(),
            Parameter("TZID"),
            Parameter("VALUE").Equals("DATE", StringComparison.OrdinalIgnoreCase)
                || (head[0].StartsWith("DTSTART", StringComparison.OrdinalIgnoreCase) && value.Length == 8),
            value
        );
    }

    static string Unescape(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
                text.Append(value[i]);
            else
                text.Append(value[++i] is 'n' or 'N' ? '\n' : value[i]);
        }
        return text.ToString();
    }
}
