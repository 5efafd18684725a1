using Ical.Net;
using Ical.Net.DataTypes;

namespace InfantMHWeek.Events.Importing;

/// <summary>A calendar's rule in ours, where it is one that people say: weekly, monthly, by weekday or by day of the month.</summary>
static class CalendarRule
{
    /// <param name="starts">The first date, by the wall clock in the UK.</param>
    /// <returns>Null for every other rule.</returns>
    public static RepeatRule? Of(RecurrenceRule rule, DateTime starts)
    {
        if (
            rule.Interval is < 1 or > RepeatRule.MostInterval
            || rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count + rule.ByYearDay.Count + rule.ByWeekNo.Count > 0
            || rule.ByMonth.Count > 0
        )
            return null;
        var made = rule.Frequency switch
        {
            FrequencyType.Daily => Daily(rule),
            FrequencyType.Weekly when rule.BySetPosition.Count + rule.ByMonthDay.Count == 0 => Weekly(rule, starts),
            FrequencyType.Monthly => Monthly(rule, starts),
            _ => null,
        };
        return made is null ? null : RepeatRule.Parse(made.ToString());
    }

    static RepeatRule? Daily(RecurrenceRule rule) =>
        rule.Interval > 1 || rule.BySetPosition.Count + rule.ByMonthDay.Count > 0
            ? null
            : RepeatRule.Weekly(1, rule.ByDay.Count == 0 ? Enum.GetValues<DayOfWeek>() : rule.ByDay.Select(d => d.DayOfWeek));

    static RepeatRule Weekly(RecurrenceRule rule, DateTime starts) =>
        RepeatRule.Weekly(rule.Interval, rule.ByDay.Count == 0 ? [starts.DayOfWeek] : rule.ByDay.Select(d => d.DayOfWeek));

    static RepeatRule? Monthly(RecurrenceRule rule, DateTime starts)
    {
        if (rule.ByDay.Count == 0)
            return rule.BySetPosition.Count > 0 ? null
                : rule.ByMonthDay.Count > 1 ? null
                : new(Monthly: true, rule.Interval, [], rule.ByMonthDay is [var day] ? day : starts.Day);
        if (rule.ByMonthDay.Count > 0)
            return null;
        // Exchange writes the first Tuesday as the first of all Tuesdays.
        if (rule.BySetPosition is [var position])
            return rule.ByDay is [{ Offset: null or 0 } only] ? new(Monthly: true, rule.Interval, [(position, only.DayOfWeek)]) : null;
        return rule.BySetPosition.Count > 0
            ? null
            : new(Monthly: true, rule.Interval, [.. rule.ByDay.Select(d => (d.Offset ?? 0, d.DayOfWeek))]);
    }
}
