using System.Globalization;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Manage.When;

/// <summary>The questions of how a group repeats, and what their answers come to.</summary>
static class RuleInput
{
    public static readonly IReadOnlyList<Choice> Kinds =
    [
        new("once", "Once"),
        new("weekly", "Every week"),
        new("fortnightly", "Every two weeks"),
        new("monthly", "Every month on a weekday", "For example the first Tuesday, or the last Friday."),
        new("monthly-day", "Every month on the same day", "For example the 15th."),
        new("several", "I will list the dates"),
    ];
    public static readonly IReadOnlyList<Choice> Weekdays =
    [
        .. Enumerable.Range(1, 7).Select(n => (DayOfWeek)(n % 7)).Select(d => new Choice(Slug(d), d.ToString())),
    ];
    public static readonly IReadOnlyList<Choice> Numbers =
    [
        new("1", "First"),
        new("2", "Second"),
        new("3", "Third"),
        new("4", "Fourth"),
        new("5", "Fifth, in months that have one"),
        new("-1", "Last"),
    ];
    public static readonly IReadOnlyList<Choice> Intervals =
    [
        new("1", "Every one"),
        .. Enumerable
            .Range(2, RepeatRule.MostInterval - 1)
            .Select(n => new Choice(
                n.ToString(CultureInfo.InvariantCulture),
                n == 2 ? "Every second" : $"Every {ScheduleWords.Ordinal(n)}"
            )),
    ];
    public static readonly IReadOnlyList<Choice> Nations =
    [
        new("england", "England"),
        new("wales", "Wales"),
        new("scotland", "Scotland"),
        new("northern-ireland", "Northern Ireland"),
    ];

    public static bool Repeats(string? kind) => kind is "weekly" or "fortnightly" or "monthly" or "monthly-day";

    public static string Slug(DayOfWeek day) => day.ToString()[..3].ToLowerInvariant();

    public static HolidayNation Nation(string? slug) =>
        slug switch
        {
            "england" => HolidayNation.England,
            "wales" => HolidayNation.Wales,
            "scotland" => HolidayNation.Scotland,
            "northern-ireland" => HolidayNation.NorthernIreland,
            _ => HolidayNation.None,
        };

    /// <summary>Whose holidays an event keeps: those that were chosen, or else those of where it is.</summary>
    public static string NationOf(EventDetails held) =>
        (held.Schedule.TermOf != HolidayNation.None ? held.Schedule.TermOf : held.Schedule.BankHolidays) switch
        {
            HolidayNation.Wales => "wales",
            HolidayNation.Scotland => "scotland",
            HolidayNation.NorthernIreland => "northern-ireland",
            HolidayNation.England => "england",
            _ => held.Region switch
            {
                Region.Wales => "wales",
                Region.Scotland => "scotland",
                Region.NorthernIreland => "northern-ireland",
                _ => "england",
            },
        };

    /// <summary>What is not said goes by the first date.</summary>
    /// <param name="interval">Which weeks or months of those that the kind names.</param>
    public static RepeatRule Read(string? kind, string? interval, DateOnly first, IReadOnlyList<string> on, IReadOnlyList<string> which)
    {
        var every = Intervals.Any(i => i.Value == interval) ? Number(interval!) : 1;
        var days = Enumerable.Range(0, 7).Select(n => (DayOfWeek)n).Where(d => on.Contains(Slug(d), StringComparer.Ordinal)).ToList();
        if (days.Count == 0)
            days.Add(first.DayOfWeek);
        if (kind is "weekly" or "fortnightly")
            return RepeatRule.Weekly(kind == "fortnightly" && every == 1 ? 2 : every, days);
        if (kind == "monthly-day")
            return new(Monthly: true, every, [], which.Contains("-1", StringComparer.Ordinal) ? -1 : first.Day);
        var numbers = Numbers.Where(n => which.Contains(n.Value, StringComparer.Ordinal)).Select(n => Number(n.Value)).ToList();
        if (numbers.Count == 0)
            numbers.Add((first.Day - 1) / 7 is 4 ? -1 : (first.Day - 1) / 7 + 1);
        return new(Monthly: true, every, [.. numbers.SelectMany(n => days.OrderBy(RepeatRule.FromMonday).Select(d => (n, d)))]);
    }

    /// <summary>The answers that lead to a rule.</summary>
    public static (string Kind, string Interval, IReadOnlyList<string> On, IReadOnlyList<string> Which) Show(RepeatRule rule) =>
        (
            !rule.Monthly ? (rule.Interval == 2 ? "fortnightly" : "weekly")
            : rule.MonthDay != 0 ? "monthly-day"
            : "monthly",
            rule is { Monthly: false, Interval: 2 } ? "1" : rule.Interval.ToString(CultureInfo.InvariantCulture),
            [.. rule.Days.Select(d => Slug(d.Day)).Distinct(StringComparer.Ordinal)],
            rule.MonthDay < 0
                ? ["-1"]
                :
                [
                    .. rule
                        .Days.Where(d => d.Number != 0)
                        .Select(d => d.Number.ToString(CultureInfo.InvariantCulture))
                        .Distinct(StringComparer.Ordinal),
                ]
        );

    static int Number(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
