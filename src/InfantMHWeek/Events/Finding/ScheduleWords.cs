using System.Globalization;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Finding;

/// <summary>How a group repeats, as people say it.</summary>
static class ScheduleWords
{
    static readonly string[] Times =
    [
        "",
        .. "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".Split(' '),
    ];
    static readonly string[] Numbers = ["", .. "one two three four five six seven eight nine ten eleven twelve".Split(' ')];

    /// <summary>
    /// <c>Every Tuesday in term time</c>, <c>The last Friday of every month</c>; where weekdays have hours of their own with all hours:
    /// <c>Every Tuesday, 10:00 to 11:30, and Thursday, 13:30 to 15:00</c>, and three or more of them with <see cref="Between"/>. Null
    /// where it does not repeat.
    /// </summary>
    public static string? Every(Schedule schedule)
    {
        if (schedule.Recurrence is not { } rule)
            return null;
        var byHours = schedule.Hours is null ? [] : schedule.ByHours();
        if (byHours.Count == 1)
            rule = byHours[0].Rule;
        if (byHours.Count < 2)
            return (rule.Monthly ? Month(rule, schedule.Times[0].Day) : Week(rule)) + (schedule.TermTime ? " in term time" : "");
        byHours = [.. byHours.OrderBy(p => p.Rule.Days.Min(d => RepeatRule.FromMonday(d.Day)))];
        var days =
            rule.Monthly ? $"The {Each(byHours, r => And(Groups(r)))}, of {Of(rule, schedule.Times[0].Day)}"
            : rule.Interval == 1 ? $"Every {Each(byHours, r => Days(r))}"
            : $"Every {Number(rule.Interval)} weeks on {Each(byHours, r => And(r.Days.Select(d => d.Day + "s")))}";
        return days + (schedule.TermTime ? ", in term time" : "");
    }

    /// <summary>The same with the hours, whether they are the same on all days or not.</summary>
    public static string? EveryWithHours(Schedule schedule) =>
        Every(schedule) is not { } every ? null
        : schedule.Hours is not null && schedule.ByHours().Count > 1 ? every
        : $"{every}, {Hours(schedule.Times[0])}";

    /// <summary>Parts three weekdays with hours of their own, or more.</summary>
    public const string Between = "; ";

    static string Each(IReadOnlyList<SameHours> byHours, Func<RepeatRule, string> days)
    {
        var all = byHours.Select(p => $"{days(p.Rule)}, {Hours(p.First)}").ToList();
        return all.Count == 2 ? $"{all[0]}, and {all[1]}" : $"{string.Join(Between, all[..^1])}{Between}and {all[^1]}";
    }

    /// <summary>A night is understood; what lasts longer is not.</summary>
    static string Hours(EventTime time)
    {
        var hours = $"{time.Starts:HH:mm} to {time.Ends:HH:mm}";
        return time.EndsLocal - time.StartsLocal < TimeSpan.FromDays(1) ? hours
            : time.LastDay == time.Day.AddDays(1) ? hours + " the next day"
            : $"{hours}, {Number(time.LastDay.DayNumber - time.Day.DayNumber)} days later";
    }

    /// <summary><c>until Tuesday 20 July 2027</c>, or that it goes on; null where it does not repeat.</summary>
    public static string? End(Schedule schedule) =>
        !schedule.Repeats ? null
        : schedule.OpenEnded ? "no end date"
        : $"until {schedule.Until!.Value.WithWeekday()}";

    static string Week(RepeatRule rule)
    {
        var days = rule.Days.Select(d => d.Day).ToList();
        if (rule.Interval == 1)
            return days.Count == 7 ? "Every day"
                : days.Count > 3 && FollowEachOther(days) ? $"Every day from {days[0]} to {days[^1]}"
                : $"Every {And(days.Select(d => d.ToString()))}";
        return days.Count > 1 ? $"Every {Number(rule.Interval)} weeks on {And(days.Select(d => d + "s"))}"
            : rule.Interval == 2 ? $"Every other {days[0]}"
            : $"Every {Number(rule.Interval)} weeks on a {days[0]}";
    }

    static string Days(RepeatRule rule)
    {
        var days = rule.Days.Select(d => d.Day).ToList();
        return days.Count > 2 && FollowEachOther(days) ? $"{days[0]} to {days[^1]}" : And(days.Select(d => d.ToString()));
    }

    static bool FollowEachOther(List<DayOfWeek> days) => RepeatRule.FromMonday(days[^1]) - RepeatRule.FromMonday(days[0]) == days.Count - 1;

    static string Of(RepeatRule rule, DateOnly first) =>
        rule.Interval == 1 ? "every month"
        : rule.Interval == 2 ? "every other month"
        : rule.Interval == 12 ? first.ToString("MMMM", TimeInWords.British) + " every year"
        : $"every {Ordinal(rule.Interval)} month";

    static IEnumerable<string> Groups(RepeatRule rule) =>
        rule.Days.GroupBy(d => d.Day).Select(g => $"{And(g.Select(d => d.Number < 0 ? "last" : Times[d.Number]))} {g.Key}");

    static string Month(RepeatRule rule, DateOnly first)
    {
        var of = Of(rule, first);
        if (rule.MonthDay != 0)
            return rule.MonthDay < 0 ? $"The last day of {of}" : $"The {Nth(rule.MonthDay)} of {of}{IfAny(rule.MonthDay > 28)}";
        return $"The {And(Groups(rule))} of {of}{IfAny(rule.Days.All(d => d.Number == 5))}";

        string IfAny(bool seldom) => seldom && rule.Interval < 12 ? " that has one" : "";
    }

    /// <summary><c>1st</c>, <c>22nd</c>.</summary>
    public static string Nth(int day) =>
        day.ToString(CultureInfo.InvariantCulture)
        + (
            day is 11 or 12 or 13
                ? "th"
                : (day % 10) switch
                {
                    1 => "st",
                    2 => "nd",
                    3 => "rd",
                    _ => "th",
                }
        );

    public static string Number(int number) => number < Numbers.Length ? Numbers[number] : number.ToString(CultureInfo.InvariantCulture);

    public static string Ordinal(int number) => number < Times.Length ? Times[number] : Nth(number);

    /// <summary><c>Monday</c>, <c>Monday and Tuesday</c>, <c>Monday, Tuesday and Friday</c>.</summary>
    public static string And(IEnumerable<string> words)
    {
        var all = words.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    /// <summary><c>21 December 2026 to 1 January 2027: Christmas holidays</c>.</summary>
    public static string Of(Gap gap) => TimeInWords.Span(gap.From, gap.To) + (gap.Reason.Length > 0 ? ": " + gap.Reason : "");
}
