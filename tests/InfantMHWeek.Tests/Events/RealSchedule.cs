using System.Globalization;
using InfantMHWeek.Events.Manage;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Tests.Events;

/// <summary>A line of real-schedules.txt: what an organiser says, and by a calendar walked day by day the dates that it means.</summary>
sealed record RealSchedule(
    string Words,
    string Kind,
    DateOnly First,
    TimeOnly Starts,
    TimeOnly Ends,
    string[] On,
    string[] Which,
    DateOnly? Until,
    string TermOf,
    string BankOf,
    string[] Breaks
)
{
    static readonly HolidayNation[] Nations =
    [
        HolidayNation.England,
        HolidayNation.Wales,
        HolidayNation.Scotland,
        HolidayNation.NorthernIreland,
    ];

    public string Nation =>
        TermOf.Length > 0 ? TermOf
        : BankOf.Length > 0 ? BankOf
        : "england";

    public static IReadOnlyList<RealSchedule> All()
    {
        using var lines = new StreamReader(typeof(RealSchedule).Assembly.GetManifestResourceStream("real-schedules.txt")!);
        return [.. lines.ReadToEnd().Split('\n').Where(l => l.Contains('|', StringComparison.Ordinal) && l[0] != '#').Select(Read)];
    }

    static RealSchedule Read(string line)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        static string[] Many(string text, char between) =>
            text.Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var hours = parts[3].Split('-');
        return new(
            parts[0],
            parts[1],
            Day(parts[2]),
            TimeOnly.Parse(hours[0], CultureInfo.InvariantCulture),
            TimeOnly.Parse(hours[1], CultureInfo.InvariantCulture),
            Many(parts[4], ','),
            Many(parts[5], ','),
            parts[6].Length > 0 ? Day(parts[6]) : null,
            parts[7],
            parts[8],
            parts.Length > 9 ? Many(parts[9], ';') : []
        );
    }

    /// <summary>What is typed and ticked.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields(IEnumerable<string> suggested)
    {
        IEnumerable<(string Name, string Value)> Date(string name, DateOnly? day) =>
            day is not { } given
                ? []
                :
                [
                    (name + ".Day", given.Day.ToString(CultureInfo.InvariantCulture)),
                    (name + ".Month", given.Month.ToString(CultureInfo.InvariantCulture)),
                    (name + ".Year", given.Year.ToString(CultureInfo.InvariantCulture)),
                ];
        IEnumerable<(string Name, string Value)> all =
        [
            ("Kind", Kind),
            ("Starts", Starts.ToString("HH:mm", CultureInfo.InvariantCulture)),
            ("Ends", Ends.ToString("HH:mm", CultureInfo.InvariantCulture)),
            ("Nation", Nation),
            ("Breaks", string.Join("\r\n", Breaks)),
            .. Date("Day", First),
            .. Date("LastDay", Ends <= Starts ? First.AddDays(1) : null),
            .. Date("Until", Until),
            .. On.Select(d => ("On", d)),
            .. Which.Select(w => ("Which", w)),
            .. suggested.Select(s => ("Suggested", s)),
        ];
        if (TermOf.Length > 0)
            all = all.Append(("TermTime", "true"));
        if (BankOf.Length > 0)
            all = all.Append(("BankHolidays", "true"));
        return all.Select(f => KeyValuePair.Create(f.Name, f.Value));
    }

    /// <param name="suggested">The school holidays that were ticked.</param>
    public IEnumerable<(DateTime Starts, DateTime Ends)> Dates(DateOnly from, DateOnly to, IReadOnlyList<string> suggested)
    {
        var off = suggested
            .Select(s => s.Split(' '))
            .Select(s => (From: DateOnly.Parse(s[0], CultureInfo.InvariantCulture), To: DateOnly.Parse(s[1], CultureInfo.InvariantCulture)))
            .Concat(Breaks.Select(b => BreakLines.Read(b, First)!).Select(g => (g.From, g.To)))
            .ToList();
        var bank =
            BankOf.Length > 0 ? Nations[Array.IndexOf(["england", "wales", "scotland", "northern-ireland"], BankOf)] : HolidayNation.None;
        for (var day = First; day <= to && (Until is null || day <= Until); day = day.AddDays(1))
            if (
                day >= from
                && Falls(day)
                && !off.Exists(o => day >= o.From && day <= o.To)
                && (bank == HolidayNation.None || BankHolidays.Of(day.Year, bank).All(h => h.Day != day))
            )
                yield return (Utc(day, Starts), Utc(Ends <= Starts ? day.AddDays(1) : day, Ends));
    }

    bool Falls(DateOnly day)
    {
        var days = On.Length > 0 ? On : [First.DayOfWeek.ToString()[..3].ToLowerInvariant()];
        if (Kind == "monthly-day")
            return Which.Length > 0 ? day.AddDays(1).Day == 1 : day.Day == First.Day;
        if (!days.Contains(day.DayOfWeek.ToString()[..3].ToLowerInvariant(), StringComparer.Ordinal))
            return false;
        var monday = First.AddDays(-(((int)First.DayOfWeek + 6) % 7));
        if (Kind is "weekly" or "fortnightly")
            return Kind == "weekly" || (day.DayNumber - monday.DayNumber) / 7 % 2 == 0;
        string[] which = [((day.Day + 6) / 7).ToString(CultureInfo.InvariantCulture), day.AddDays(7).Month == day.Month ? "" : "-1"];
        string[] asked =
            Which.Length > 0
                ? Which
                : [First.AddDays(7).Month == First.Month ? ((First.Day + 6) / 7).ToString(CultureInfo.InvariantCulture) : "-1"];
        // A first date in a month's fourth week that is its last too is called the fourth where nobody says otherwise.
        if (Which.Length == 0 && First.Day <= 28)
            asked = [((First.Day + 6) / 7).ToString(CultureInfo.InvariantCulture)];
        return asked.Intersect(which, StringComparer.Ordinal).Any();
    }

    static DateTime Utc(DateOnly day, TimeOnly time) =>
        TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(time), TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
}
