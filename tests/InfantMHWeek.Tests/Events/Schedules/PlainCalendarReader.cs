using System.Globalization;
using System.Text.RegularExpressions;

namespace InfantMHWeek.Tests.Events.Schedules;

/// <summary>
/// A reader of calendars from the text of RFC 5545 alone, slow and plain: it walks day by day and asks of each whether the rule has it, and
/// tells time by the rules of the zone that stand in the file. It knows what stands in files of ours, and refuses everything else.
/// </summary>
sealed class PlainCalendarReader
{
    sealed record Line(string Name, string Zone, string Value);

    sealed record Change(DateTime From, int OffsetFrom, int OffsetTo, Dictionary<string, string> Rule);

    readonly List<List<Line>> events = [];
    readonly List<Change> changes = [];

    public PlainCalendarReader(string text)
    {
        var block = new List<Line>();
        foreach (var raw in text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n"))
        {
            if (raw.Length == 0)
                continue;
            var head = raw[..raw.IndexOf(':', StringComparison.Ordinal)];
            var line = new Line(
                head.Split(';')[0],
                Regex.Match(head, ";TZID=([^;]+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value,
                raw[(head.Length + 1)..]
            );
            if (line is { Name: "BEGIN", Value: "VEVENT" or "STANDARD" or "DAYLIGHT" })
                block = [];
            else if (line is { Name: "END", Value: "VEVENT" })
                events.Add(block);
            else if (line is { Name: "END", Value: "STANDARD" or "DAYLIGHT" })
                changes.Add(ChangeOf(block));
            else
                block.Add(line);
        }
    }

    /// <summary>By UID, every date that begins before a moment and is over after another, in order.</summary>
    public ILookup<string, (DateTime Starts, DateTime Ends)> Read(DateTime over, DateTime before) =>
        events
            .Where(e => Value(e, "STATUS")!.Value != "CANCELLED")
            .GroupBy(e => Value(e, "UID")!.Value, StringComparer.Ordinal)
            .SelectMany(same => Dates([.. same], before).Select(d => (Uid: same.Key, Date: d)))
            .Where(d => d.Date.Ends > over && d.Date.Starts < before)
            .OrderBy(d => d.Date)
            .ToLookup(d => d.Uid, d => d.Date, StringComparer.Ordinal);

    IEnumerable<(DateTime Starts, DateTime Ends)> Dates(List<List<Line>> same, DateTime before)
    {
        var instead = same.Where(e => Value(e, "RECURRENCE-ID") is not null).ToDictionary(e => Utc(Value(e, "RECURRENCE-ID")!));
        var taken = new HashSet<DateTime>();
        foreach (var e in same.Where(e => Value(e, "RECURRENCE-ID") is null))
        {
            var (starts, ends) = (Value(e, "DTSTART")!, Value(e, "DTEND")!);
            var length = Utc(ends) - Utc(starts);
            var except = e.Where(l => l.Name == "EXDATE").SelectMany(Each).Select(Utc).ToHashSet();
            var all = Recurring(e, before).Select(local => Utc(starts with { Value = local }));
            foreach (var at in all.Concat(e.Where(l => l.Name == "RDATE").SelectMany(Each).Select(Utc)).Where(at => !except.Contains(at)))
                if (taken.Add(at) && !instead.ContainsKey(at))
                    yield return (at, at + length);
        }
        foreach (var (at, e) in instead)
        {
            Assert.True(at >= before || taken.Contains(at), $"An entry stands for a date that is not there: {at:s}");
            yield return (Utc(Value(e, "DTSTART")!), Utc(Value(e, "DTEND")!));
        }
    }

    static IEnumerable<Line> Each(Line line) => line.Value.Split(',').Select(one => line with { Value = one });

    /// <summary>The local beginnings, as text; the first always counts.</summary>
    IEnumerable<string> Recurring(List<Line> e, DateTime before)
    {
        var starts = Value(e, "DTSTART")!;
        yield return starts.Value;
        if (Value(e, "RRULE") is not { } text)
            yield break;
        var rule = Rule(text.Value);
        var first = Local(starts.Value);
        var (left, until) = (
            int.Parse(rule.GetValueOrDefault("COUNT", "9999"), CultureInfo.InvariantCulture),
            rule.TryGetValue("UNTIL", out var end) ? Utc(new("UNTIL", "", end)) : DateTime.MaxValue
        );
        for (var day = first.AddDays(1); day < before.AddDays(2) && --left > 0; day = day.AddDays(1))
        {
            while (day < before.AddDays(2) && !Has(rule, first, day))
                day = day.AddDays(1);
            var local = day.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture) + (starts.Value.EndsWith('Z') ? "Z" : "");
            if (Utc(starts with { Value = local }) > until)
                yield break;
            yield return local;
        }
    }

    static bool Has(Dictionary<string, string> rule, DateTime first, DateTime day)
    {
        Assert.All(rule.Keys, k => Assert.Contains(k, (string[])["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL", "WKST"]));
        var every = int.Parse(rule.GetValueOrDefault("INTERVAL", "1"), CultureInfo.InvariantCulture);
        var days = rule.GetValueOrDefault("BYDAY", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var name = day.DayOfWeek.ToString()[..2].ToUpperInvariant();
        if (rule["FREQ"] == "WEEKLY")
        {
            static DateTime Week(DateTime of) => of.Date.AddDays(-(((int)of.DayOfWeek + 6) % 7));
            return (Week(day) - Week(first)).Days / 7 % every == 0
                && (days.Length > 0 ? days.Contains(name, StringComparer.Ordinal) : day.DayOfWeek == first.DayOfWeek);
        }
        Assert.Equal("MONTHLY", rule["FREQ"]);
        if (((day.Year - first.Year) * 12 + day.Month - first.Month) % every != 0)
            return false;
        var length = DateTime.DaysInMonth(day.Year, day.Month);
        if (rule.TryGetValue("BYMONTHDAY", out var number))
            return number == "-1" ? day.Day == length : int.Parse(number, CultureInfo.InvariantCulture) == day.Day;
        return Array.Exists(days, d => d == $"{(day.Day + 6) / 7}{name}" || (d == "-1" + name && day.Day + 7 > length));
    }

    static Line? Value(List<Line> of, string name) => of.Find(l => l.Name == name);

    static Dictionary<string, string> Rule(string text) =>
        text.Split(';').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

    static DateTime Local(string text) => DateTime.ParseExact(text.TrimEnd('Z'), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    DateTime Utc(Line line)
    {
        var local = Local(line.Value);
        Assert.True(line.Value.EndsWith('Z') || line.Zone == "Europe/London", $"A time without its zone: {line.Name}:{line.Value}");
        return DateTime.SpecifyKind(line.Value.EndsWith('Z') ? local : local.AddMinutes(-OffsetAt(local)), DateTimeKind.Utc);
    }

    /// <summary>By the last change whose beginning, by the clock before it, is not after this.</summary>
    int OffsetAt(DateTime local) =>
        changes
            .SelectMany(c => new[] { local.Year - 1, local.Year }.Select(year => (At: InYear(c, year), c.OffsetTo)))
            .Where(c => c.At <= local)
            .MaxBy(c => c.At)
            .OffsetTo;

    static DateTime InYear(Change change, int year)
    {
        Assert.Equal("YEARLY", change.Rule["FREQ"]);
        Assert.Equal("-1SU", change.Rule["BYDAY"]);
        var day = new DateTime(year, int.Parse(change.Rule["BYMONTH"], CultureInfo.InvariantCulture), 31);
        return day.AddDays(-(int)day.DayOfWeek) + change.From.TimeOfDay;
    }

    static Change ChangeOf(List<Line> block)
    {
        static int Minutes(string offset) =>
            (offset[0] == '-' ? -1 : 1)
            * (int.Parse(offset[1..3], CultureInfo.InvariantCulture) * 60 + int.Parse(offset[3..5], CultureInfo.InvariantCulture));
        return new(
            Local(Value(block, "DTSTART")!.Value),
            Minutes(Value(block, "TZOFFSETFROM")!.Value),
            Minutes(Value(block, "TZOFFSETTO")!.Value),
            Rule(Value(block, "RRULE")!.Value)
        );
    }
}
