using System.Globalization;

namespace InfantMHWeek.Tests.Events.Schedules;

/// <summary>
/// The dates that words mean, by a calendar that is walked day by day. Nothing of the site is asked: its own table of bank holidays, its
/// own law of the clocks, its own reading of breaks.
/// </summary>
/// <param name="off">School holidays that were ticked, the last day too.</param>
sealed class ScheduleTruth(RealSchedule said, IReadOnlyList<(DateOnly From, DateOnly To)> off)
{
    /// <summary>As the governments publish them, with the days themselves where a weekday stands in for them.</summary>
    static readonly Dictionary<string, string[]> Bank = new(StringComparer.Ordinal)
    {
        ["england"] = EnglandAndWales,
        ["wales"] = EnglandAndWales,
        ["northern-ireland"] =
        [
            .. EnglandAndWales,
            "2026 03-17 07-13 07-12",
            "2027 03-17 07-12",
            "2028 03-17 07-12",
            "2029 03-17 03-19 07-12",
            "2030 03-17 03-18 07-12",
        ],
        ["scotland"] =
        [
            "2026 01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-26 12-28",
            "2027 01-01 01-02 01-04 03-26 05-03 05-31 08-02 11-30 12-25 12-26 12-27 12-28",
            "2028 01-01 01-02 01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26",
            "2029 01-01 01-02 03-30 05-07 05-28 08-06 11-30 12-25 12-26",
            "2030 01-01 01-02 04-19 05-06 05-27 08-05 11-30 12-02 12-25 12-26",
        ],
    };

    static string[] EnglandAndWales =>
        [
            "2026 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28",
            "2027 01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28",
            "2028 01-01 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
            "2029 01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
            "2030 01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
        ];

    readonly HashSet<string> bank =
    [
        .. (said.BankOf.Length > 0 ? Bank[said.BankOf] : []).SelectMany(line =>
            line.Split(' ').Skip(1).Select(day => $"{line[..4]}-{day}")
        ),
    ];

    readonly List<(DateOnly From, DateOnly To)> gaps =
    [
        .. off,
        .. (said.Kind == "several" ? [] : said.Text).Select(t => SpokenDays.Span(t, said.First)),
    ];

    /// <summary>Holidays of later years, of which the site itself says that it goes by them.</summary>
    public void Learn(DateOnly from, DateOnly to) => gaps.Add((from, to));

    /// <summary>Those that begin on one of these days, with what was cancelled, moved and added, in order.</summary>
    public List<(DateTime Starts, DateTime Ends)> Between(DateOnly from, DateOnly to) =>
        [
            .. Walk(to)
                .Select(Changed)
                .OfType<(DateTime, DateTime)>()
                .Concat(said.Changes.Where(c => c.What == "add").Select(New))
                .Where(d => DateOnly.FromDateTime(d.Item1) <= to && DateOnly.FromDateTime(d.Item2) >= from)
                .Select(d => (Start(d.Item1), End(d.Item2, Start(d.Item1))))
                .Order(),
        ];

    /// <summary>By the rule or the list alone, from the first date on.</summary>
    public IEnumerable<(DateTime Starts, DateTime Ends)> Walk(DateOnly to)
    {
        if (!said.Repeats)
        {
            foreach (var (day, hours) in Listed())
                yield return hours is var (starts, ends)
                    ? (day.ToDateTime(starts), (ends <= starts ? day.AddDays(1) : day).ToDateTime(ends))
                    : At(day);
            yield break;
        }
        for (var day = said.First; day <= to && (said.Until is null || day <= said.Until); day = day.AddDays(1))
            if (Falls(day) && !gaps.Exists(g => day >= g.From && day <= g.To) && !bank.Contains(Iso(day)))
                yield return At(day);
    }

    IEnumerable<(DateOnly, (TimeOnly, TimeOnly)?)> Listed() =>
        said.Kind == "once" ? [(said.First, null)] : [(said.First, null), .. said.Text.Select(t => SpokenDays.DayAndHours(t, said.First))];

    (DateTime, DateTime) At(DateOnly day) =>
        said.HoursOn(day) is var (starts, ends) && (starts, ends) != (said.Starts, said.Ends)
            ? (day.ToDateTime(starts), (ends < starts ? day.AddDays(1) : day).ToDateTime(ends))
            : (day.ToDateTime(said.Starts), day.AddDays(said.LastDay.DayNumber - said.First.DayNumber).ToDateTime(said.Ends));

    (DateTime, DateTime)? Changed((DateTime Starts, DateTime Ends) date) =>
        Array.Find(said.Changes, c => c.What != "add" && c.Day == DateOnly.FromDateTime(date.Starts)) is not { } change ? date
        : change.What == "cancel" ? null
        : New(change);

    (DateTime, DateTime) New(SaidChange change)
    {
        var usual = said.HoursOn(change.Day);
        var (starts, ends) = (change.Starts ?? usual.Starts, change.Ends ?? usual.Ends);
        return (change.To.ToDateTime(starts), (ends <= starts ? change.To.AddDays(1) : change.To).ToDateTime(ends));
    }

    bool Falls(DateOnly day)
    {
        var days = said.On.Length > 0 ? said.On : [Short(said.First)];
        var weeks = (Monday(day).DayNumber - Monday(said.First).DayNumber) / 7;
        var months = (day.Year - said.First.Year) * 12 + day.Month - said.First.Month;
        if (said.Kind is "weekly" or "fortnightly")
            return weeks % said.Apart == 0 && days.Contains(Short(day), StringComparer.Ordinal);
        if (months % said.Apart != 0)
            return false;
        if (said.Kind == "monthly-day")
            return said.Which.Length > 0 ? day.AddDays(1).Day == 1 : day.Day == said.First.Day;
        // Nobody says which: then by the first date, and one on the 29th or later is the last of its month.
        string[] asked =
            said.Which.Length > 0 ? said.Which
            : said.First.Day > 28 ? ["-1"]
            : [Nth(said.First)];
        return days.Contains(Short(day), StringComparer.Ordinal)
            && (asked.Contains(Nth(day), StringComparer.Ordinal) || asked.Contains("-1") && day.AddDays(7).Month != day.Month);
    }

    static string Nth(DateOnly day) => ((day.Day + 6) / 7).ToString(CultureInfo.InvariantCulture);

    static string Short(DateOnly day) => day.DayOfWeek.ToString()[..3].ToLowerInvariant();

    static DateOnly Monday(DateOnly day)
    {
        while (day.DayOfWeek != DayOfWeek.Monday)
            day = day.AddDays(-1);
        return day;
    }

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    DateTime Start(DateTime local) => said.Second ? UkClock.Moments(local).Last() : UkClock.Moments(local).First();

    static DateTime End(DateTime local, DateTime start) => UkClock.Moments(local).First(m => m > start);
}

/// <summary>The law of the clocks: summer time from the last Sunday of March to that of October, both at one o'clock UTC.</summary>
static class UkClock
{
    static DateTime LastSunday(int year, int month)
    {
        var day = new DateTime(year, month, 31, 1, 0, 0, DateTimeKind.Utc);
        while (day.DayOfWeek != DayOfWeek.Sunday)
            day = day.AddDays(-1);
        return day;
    }

    public static DateTime Local(DateTime utc) =>
        DateTime.SpecifyKind(utc >= LastSunday(utc.Year, 3) && utc < LastSunday(utc.Year, 10) ? utc.AddHours(1) : utc, default);

    /// <summary>The moments at which a clock shows this: one, or in one hour of the year two, or none.</summary>
    public static IEnumerable<DateTime> Moments(DateTime local) =>
        new[] { local.AddHours(-1), local }.Select(m => DateTime.SpecifyKind(m, DateTimeKind.Utc)).Where(m => Local(m) == local);
}

/// <summary>Days as the table writes them.</summary>
static class SpokenDays
{
    static readonly string[] Patterns = ["d MMMM yyyy", "dddd d MMMM yyyy", "d MMM yyyy", "d/M/yyyy"];

    static DateOnly? Read(string text) =>
        DateOnly.TryParseExact(text.Trim(), Patterns, CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.None, out var day) ? day : null;

    /// <summary><c>15 to 19 February 2027: half-term</c>, <c>21 December 2026 to 3 January 2027</c>, <c>24 December 2026</c>.</summary>
    public static (DateOnly From, DateOnly To) Span(string text, DateOnly first)
    {
        var days = text.Split([':', ','])[0].Replace("from ", "", StringComparison.Ordinal);
        var ends = days.Split(" to ");
        if (ends.Length == 1)
            return (Read(days)!.Value, Read(days)!.Value);
        var (last, year) = (Read(ends[1])!.Value, ends[1].Trim()[^4..]);
        string[] tried = [ends[0], $"{ends[0]} {year}", $"{ends[0]} {last.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))}"];
        var from = tried.Select(Read).First(d => d is not null)!.Value;
        return from <= last && last >= first.AddYears(-20) ? (from, last) : throw new FormatException(text);
    }

    /// <summary><c>15 June 2027</c>, <c>Tuesday 15 June 2027, 14:00 to 15:30</c>.</summary>
    public static (DateOnly Day, (TimeOnly, TimeOnly)? Hours) DayAndHours(string text, DateOnly first)
    {
        var parts = text.Split(", ");
        var day = Read(parts[0]) ?? throw new FormatException($"{text}, after {first}");
        if (parts.Length == 1)
            return (day, null);
        var hours = parts[1].Split(" to ").Select(h => TimeOnly.ParseExact(h, "HH:mm", CultureInfo.InvariantCulture)).ToArray();
        return (day, (hours[0], hours[1]));
    }
}
