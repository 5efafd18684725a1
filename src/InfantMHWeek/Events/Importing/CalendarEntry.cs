using System.Globalization;
using System.Text;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Importing;

/// <summary>An entry of a calendar that could not be read, and why.</summary>
sealed class CalendarProblemException(string words) : Exception(words);

/// <summary>
/// One entry of a calendar, made whole: its clocks have the names that everybody knows, a day without hours has the answer's, and what
/// only begins has the answer's length.
/// </summary>
sealed class CalendarEntry
{
    static readonly string[] Times = ["DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"];
    readonly IReadOnlyList<CalendarLine> lines;
    readonly IReadOnlyDictionary<string, (string? Standard, string? Daylight)> clocks;
    readonly FileAnswers answers;

    public CalendarEntry(
        IReadOnlyList<CalendarLine> lines,
        IReadOnlyDictionary<string, (string? Standard, string? Daylight)> clocks,
        FileAnswers answers
    ) => (this.lines, this.clocks, this.answers) = (lines, clocks, answers);

    CalendarLine? Line(string name) => lines.FirstOrDefault(l => l.Name == name);

    /// <summary>It changes all dates from one on.</summary>
    public bool ChangesLater => lines.Any(l => l is { Name: "RECURRENCE-ID", Later: true });

    /// <summary>How many dates it names besides those of its rule.</summary>
    public int Additions => lines.Where(l => l.Name == "RDATE").Sum(l => l.Value.Split(',').Length);

    public string Value(string name) => Line(name)?.Value ?? "";

    public bool Has(string name) => Line(name) is not null;

    public bool WholeDays => Line("DTSTART")?.DayOnly == true;

    /// <summary>It does not say when it ends, or that it ends as it begins.</summary>
    public bool Endless =>
        !WholeDays && (Line("DTEND") is { } end ? end.Value == Value("DTSTART") && end.Zone == Line("DTSTART")?.Zone : !Has("DURATION"));

    public bool Cancelled => Value("STATUS").Equals("CANCELLED", StringComparison.OrdinalIgnoreCase);

    public bool Private =>
        Value("CLASS") is { } kind
        && (kind.Equals("PRIVATE", StringComparison.OrdinalIgnoreCase) || kind.Equals("CONFIDENTIAL", StringComparison.OrdinalIgnoreCase));

    /// <summary>The text of a property as it is meant: <c>\n</c> is a new line.</summary>
    public string Text(string name)
    {
        var (value, text) = (Value(name), new StringBuilder());
        for (var i = 0; i < value.Length; i++)
            if (value[i] != '\\' || i + 1 == value.Length)
                text.Append(value[i]);
            else
                text.Append(value[++i] is 'n' or 'N' ? '\n' : value[i]);
        return text.ToString();
    }

    /// <param name="ruleOnly">Without its exceptions and additions.</param>
    /// <exception cref="CalendarProblemException">It cannot be read.</exception>
    public CalendarEvent Open(bool ruleOnly = false)
    {
        if (!Has("DTSTART"))
            throw new CalendarProblemException("we could not read when it starts");
        if (WholeDays && (answers.Starts is null || answers.Ends is null))
            throw new CalendarProblemException("it has no time of day. Say above when such events begin and end");
        if (Endless && answers.Minutes is null)
            throw new CalendarProblemException("it does not say when it ends. Say above how long such events take");
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:it\r\n");
        foreach (var line in lines.Where(l => Times.Contains(l.Name, StringComparer.Ordinal)))
            if (!(ruleOnly && line.Name is "EXDATE" or "RDATE") && !(line.Name == "DTEND" && (Endless || WholeDays)))
                text.Append(Moment(line));
        if (WholeDays)
            text.Append(CultureInfo.InvariantCulture, $"DTEND;TZID={CalendarClocks.London}:{LastDay():yyyyMMdd}T{answers.Ends:HHmm}00\r\n");
        else if (Endless)
            text.Append(CultureInfo.InvariantCulture, $"DURATION:PT{answers.Minutes}M\r\n");
        else if (Has("DURATION") && !Has("DTEND"))
            text.Append(CultureInfo.InvariantCulture, $"DURATION:{Value("DURATION")}\r\n");
        foreach (var rule in lines.Where(l => l.Name == "RRULE"))
            text.Append(CultureInfo.InvariantCulture, $"RRULE:{WithWholeLastDay(rule.Value)}\r\n");
        text.Append("END:VEVENT\r\nEND:VCALENDAR\r\n");
        return Load(text.ToString());
    }

    CalendarEvent Load(string text)
    {
        CalendarEvent? read;
        try
        {
            read = Ical.Net.Calendar.Load(text)?.Events.FirstOrDefault();
        }
        // A library for files of strangers throws whatever it meets; each means the same to whoever sent one.
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            read = null;
        }
        if (read?.DtStart is not { } starts || !IsAsWritten(starts, Line("DTSTART")!) || starts.Year is < 1970 or > 2100)
            throw new CalendarProblemException("we could not read when it starts");
        if (read.DtEnd is { } end ? Has("DTEND") && !IsAsWritten(end, Line("DTEND")!) : read.Duration is null)
            throw new CalendarProblemException("we could not read when it ends");
        return read;
    }

    /// <summary>An hour that the clock leaves out is moved by the library without a word.</summary>
    static bool IsAsWritten(CalDateTime read, CalendarLine line) =>
        line.DayOnly
        || line.Value.StartsWith(read.Value.ToString("yyyyMMdd'T'HHmm", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            && !(
                read.TzId is { } id
                && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var clock)
                && clock.IsInvalidTime(DateTime.SpecifyKind(read.Value, DateTimeKind.Unspecified))
            );

    string Moment(CalendarLine line)
    {
        if (line.DayOnly)
            return line.Name == "EXDATE"
                ? $"EXDATE;VALUE=DATE:{line.Value}\r\n"
                : string.Concat(line.Value.Split(',').Select(day => $"{line.Name};TZID={CalendarClocks.London}:{day}T{Hour(line)}\r\n"));
        if (line.Value.EndsWith('Z') || line.Type == "PERIOD" && line.Value.Contains('Z', StringComparison.Ordinal))
            return $"{line.Name}{(line.Type == "PERIOD" ? ";VALUE=PERIOD" : "")}:{line.Value}\r\n";
        var clock = CalendarClocks.NameOf(line.Zone, clocks)
            ?? throw new CalendarProblemException($"its times are by a clock that we do not know, {EventFile.Short(line.Zone)}");
        var value = clock == CalendarClocks.Utc ? string.Join(',', line.Value.Split(',').Select(v => v + "Z")) : line.Value;
        var zone = clock == CalendarClocks.Utc ? "" : $";TZID={clock}";
        return $"{line.Name}{zone}{(line.Type == "PERIOD" ? ";VALUE=PERIOD" : "")}:{value}\r\n";
    }

    string Hour(CalendarLine line) =>
        WholeDays
            ? answers.Starts!.Value.ToString("HHmm", CultureInfo.InvariantCulture) + "00"
            : throw new CalendarProblemException($"its {line.Name} is a day, and the event has hours");

    /// <summary>What takes whole days ends before the day that is written.</summary>
    DateOnly LastDay()
    {
        static DateOnly? Day(string value) =>
            DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        if (Day(Value("DTSTART")) is not { } first)
            throw new CalendarProblemException("we could not read when it starts");
        return Has("DTEND")
            ? Day(Value("DTEND")) is { } end
                ? end > first
                    ? end.AddDays(-1)
                    : first
                : throw new CalendarProblemException("we could not read when it ends")
            : Duration.Parse(Value("DURATION")) is { Days: > 0 and <= Schedule.MostDays and var days }
                ? first.AddDays(days - 1)
                : first;
    }

    /// <summary>Many programs write the last day of a rule without an hour, and mean all of that day by the clocks here.</summary>
    static string WithWholeLastDay(string rule) =>
        string.Join(
            ';',
            rule.Split(';')
                .Select(p =>
                    p.StartsWith("UNTIL=", StringComparison.OrdinalIgnoreCase)
                    && DateOnly.TryParseExact(p[6..], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"UNTIL={UkTime.MidnightUtc(day.AddDays(1)).AddSeconds(-1):yyyyMMdd'T'HHmmss'Z'}"
                        )
                        : p
                )
        );
}
