using System.Globalization;

namespace InfantMHWeek.Tests.Events.Schedules;

/// <summary>One date that an organiser cancels, moves or adds once the group is on the website.</summary>
sealed record SaidChange(string What, DateOnly Day, DateOnly To, TimeOnly? Starts, TimeOnly? Ends);

/// <summary>A line of real-schedules.txt: what a person says, what they type for it, and what the site is to call it.</summary>
/// <param name="Said">As it stands on the notice board.</param>
/// <param name="Words">As the website says how it repeats; empty for what does not.</param>
/// <param name="Text">Breaks, or the other dates where they are listed, one each.</param>
/// <param name="ByHand">All its dates, where somebody counted them in a calendar.</param>
sealed record RealSchedule(
    string Said,
    string Words,
    string Kind,
    DateOnly First,
    TimeOnly Starts,
    TimeOnly Ends,
    IReadOnlyDictionary<string, string> Options,
    string[] Text,
    SaidChange[] Changes,
    DateOnly[] ByHand
)
{
    static readonly char[] Space = [' '];

    public bool Repeats => Kind is not ("once" or "several");

    /// <summary>What follows those words: the hours, where they do not say them by the day.</summary>
    public string After => Hours.Length == 0 ? "," : ";";
    public string[] On => Many("on");
    public string[] Which => Many("which");
    public int Apart => Kind == "fortnightly" ? 2 : int.Parse(Option("apart", "1"), CultureInfo.InvariantCulture);
    public DateOnly? Until => Options.TryGetValue("until", out var day) ? Day(day) : null;
    public string TermOf => Option("term");
    public string BankOf => Option("bank");
    public bool Second => Options.ContainsKey("second");
    public DateOnly LastDay =>
        Options.TryGetValue("to", out var day) ? Day(day)
        : Ends <= Starts ? First.AddDays(1)
        : First;

    string Option(string name, string otherwise = "") => Options.GetValueOrDefault(name, otherwise);

    string[] Many(string name) => Option(name).Split(',', StringSplitOptions.RemoveEmptyEntries);

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>hours=thu@13:30-15:00,fri@09:00-10:00</c>: of weekdays that have others than the first date.</summary>
    public (string Day, TimeOnly Starts, TimeOnly Ends)[] Hours => [.. Many("hours").Select(h => (h[..3], Time(h[4..9]), Time(h[10..15])))];

    /// <summary>So many rules say it to machines: one for all weekdays with the same hours.</summary>
    public int HoursGroups => 1 + Hours.Select(h => (h.Starts, h.Ends)).Distinct().Count();

    /// <summary>From when to when on a day, by its weekday.</summary>
    public (TimeOnly Starts, TimeOnly Ends) HoursOn(DateOnly day) =>
        Array.Find(Hours, h => h.Day.Equals(day.DayOfWeek.ToString()[..3], StringComparison.OrdinalIgnoreCase)) is { Day: not null } own
            ? (own.Starts, own.Ends)
            : (Starts, Ends);

    static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);

    public static IReadOnlyList<RealSchedule> All()
    {
        using var lines = new StreamReader(typeof(RealSchedule).Assembly.GetManifestResourceStream("real-schedules.txt")!);
        return [.. lines.ReadToEnd().Split('\n').Where(l => l.Contains('|', StringComparison.Ordinal) && l[0] != '#').Select(Read)];
    }

    public static RealSchedule Read(string line)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        string[] Part(int number, char between) =>
            parts.Length > number
                ? parts[number].Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : [];
        var form = parts[2].Split(Space, StringSplitOptions.RemoveEmptyEntries);
        var hours = form[2].Split('-');
        return new(
            parts[0],
            parts[1],
            form[0],
            Day(form[1]),
            Time(hours[0]),
            Time(hours[1]),
            form.Skip(3).Select(o => o.Split('=')).ToDictionary(o => o[0], o => o.Length > 1 ? o[1] : "", StringComparer.Ordinal),
            Part(3, ';'),
            [.. Part(4, ';').Select(Change)],
            [.. Part(5, ' ').Select(Day)]
        );
    }

    /// <summary><c>cancel DAY</c>, <c>move DAY to DAY [HH:mm-HH:mm]</c>, <c>add DAY [HH:mm-HH:mm]</c>.</summary>
    static SaidChange Change(string text)
    {
        var words = text.Split(Space);
        var hours = words[^1].Contains(':', StringComparison.Ordinal) && words[^1].Length == 11 ? words[^1].Split('-') : null;
        var day = Day(words[1]);
        return new(
            words[0],
            day,
            words[0] == "move" ? Day(words[3]) : day,
            hours is null ? null : Time(hours[0]),
            hours is null ? null : Time(hours[1])
        );
    }

    /// <summary>What is typed and ticked.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields(IEnumerable<string> suggested)
    {
        IEnumerable<(string Name, string Value)> all =
        [
            ("Kind", Kind),
            ("Starts", Clock(Starts)),
            ("Ends", Clock(Ends)),
            ("Interval", Kind == "fortnightly" ? "1" : Option("apart", "1")),
            ("Nation", Nation),
            (Kind == "several" ? "Others" : "Breaks", string.Join("\r\n", Text)),
            .. Date("Day", First),
            .. Date("LastDay", LastDay != First ? LastDay : null),
            .. Date("Until", Until),
            .. On.Select(d => ("On", d)),
            .. Which.Select(w => ("Which", w)),
            .. suggested.Select(s => ("Suggested", s)),
            .. Hours.SelectMany(h => new[] { (Box(h.Day) + ".Starts", Clock(h.Starts)), (Box(h.Day) + ".Ends", Clock(h.Ends)) }),
        ];
        if (TermOf.Length > 0)
            all = all.Append(("TermTime", "true"));
        if (BankOf.Length > 0)
            all = all.Append(("BankHolidays", "true"));
        if (Second || Options.ContainsKey("first"))
            all = all.Append(("Second", Second ? "second" : "first"));
        return all.Select(f => KeyValuePair.Create(f.Name, f.Value));
    }

    static string Box(string day) => $"Hours.{char.ToUpperInvariant(day[0])}{day[1..]}";

    public string Nation =>
        TermOf.Length > 0 ? TermOf
        : BankOf.Length > 0 ? BankOf
        : "england";

    public static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static IEnumerable<(string Name, string Value)> Date(string name, DateOnly? day) =>
        day is not { } given
            ? []
            :
            [
                (name + ".Day", given.Day.ToString(CultureInfo.InvariantCulture)),
                (name + ".Month", given.Month.ToString(CultureInfo.InvariantCulture)),
                (name + ".Year", given.Year.ToString(CultureInfo.InvariantCulture)),
            ];
}
