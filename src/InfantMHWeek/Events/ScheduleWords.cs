using System.Globalization;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events;

/// <summary>How a group repeats, as people say it.</summary>
static class ScheduleWords
{
    static readonly string[] Times = ["", "first", "second", "third", "fourth", "fifth"];

    /// <summary><c>Every Tuesday in term time</c>, <c>The last Friday of every month</c>; null where it does not repeat.</summary>
    public static string? Every(Schedule schedule) =>
        schedule.Recurrence is { } rule ? (rule.Monthly ? Month(rule) : Week(rule)) + (schedule.TermTime ? " in term time" : "") : null;

    /// <summary><c>until Tuesday 20 July 2027</c>, or that it goes on; null where it does not repeat.</summary>
    public static string? End(Schedule schedule) =>
        !schedule.Repeats ? null
        : schedule.OpenEnded ? "goes on without a last date"
        : $"until {schedule.Until!.Value.WithWeekday()}";

    static string Week(RepeatRule rule)
    {
        var days = rule.Days.Select(d => d.Day).ToList();
        if (rule.Interval > 1)
            return $"Every {Number(rule.Interval)} weeks on {And(days.Select(d => d.ToString()))}";
        return days.Count == 7 ? "Every day"
            : days.Count == 5 && days.All(d => d is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) ? "Every day from Monday to Friday"
            : $"Every {And(days.Select(d => d.ToString()))}";
    }

    static string Month(RepeatRule rule)
    {
        var of =
            rule.Interval == 1 ? "every month"
            : rule.Interval == 12 ? "the month once a year"
            : $"every {Ordinal(rule.Interval)} month";
        if (rule.MonthDay != 0)
            return rule.MonthDay < 0
                ? $"The last day of {of}"
                : $"The {Nth(rule.MonthDay)} of {of}{(rule.MonthDay > 28 ? " that has one" : "")}";
        var groups = rule.Days.GroupBy(d => d.Day).Select(g => $"{And(g.Select(d => d.Number < 0 ? "last" : Times[d.Number]))} {g.Key}");
        return $"The {And(groups)} of {of}";
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

    public static string Ordinal(int number) => number < Times.Length ? Times[number] : Nth(number);

    static string Number(int number) =>
        number switch
        {
            2 => "two",
            3 => "three",
            4 => "four",
            _ => number.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary><c>Monday</c>, <c>Monday and Tuesday</c>, <c>Monday, Tuesday and Friday</c>.</summary>
    public static string And(IEnumerable<string> words)
    {
        var all = words.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    /// <summary><c>21 December 2026 to 1 January 2027: Christmas holidays</c>.</summary>
    public static string Of(Gap gap) => TimeInWords.Span(gap.From, gap.To) + (gap.Reason.Length > 0 ? ": " + gap.Reason : "");
}
