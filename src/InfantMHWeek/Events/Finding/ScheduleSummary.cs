using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Finding;

/// <summary>A schedule as a page, a mail or a feed tells it: the rule, the next dates first, and what does not take place.</summary>
/// <param name="Every">How it repeats, with its hours; null for what does not.</param>
/// <param name="Dates">Those to come, or where none is, those that were.</param>
/// <param name="More">How many more are known.</param>
/// <param name="NotOn">What families might expect and does not take place.</param>
sealed record ScheduleSummary(string? Every, string? End, IReadOnlyList<Occurrence> Dates, int More, IReadOnlyList<string> NotOn, bool Past)
{
    const int MostNotOn = 8;

    /// <param name="until">Up to where its dates are known; see <see cref="Event.DatesUntil"/>.</param>
    public static ScheduleSummary Of(Schedule schedule, DateOnly? until, DateTime nowUtc, int most = 12)
    {
        var today = UkTime.DayOf(nowUtc);
        if (schedule.Repeat == Repeat.Rule && until is null)
            until = schedule.Sight(today);
        var all = schedule.Occurrences(until, schedule.Repeats ? today.AddDays(-Schedule.MostDays) : null).ToList();
        var coming = all.FindAll(o => o.Time.EndUtc > nowUtc);
        var past = coming.Count == 0;
        if (past)
            coming = [.. schedule.Occurrences(until).TakeLast(most)];
        return new(
            ScheduleWords.EveryWithHours(schedule),
            ScheduleWords.End(schedule),
            [.. coming.Take(most)],
            Math.Max(0, coming.Count - most),
            [.. NotOnOf(schedule, until, today).Take(MostNotOn)],
            past
        );
    }

    static IEnumerable<string> NotOnOf(Schedule schedule, DateOnly? until, DateOnly today)
    {
        var gaps = (schedule.Gaps ?? [])
            .Concat(schedule.UsualGaps(today, until ?? schedule.Until ?? today))
            .Where(g => g.To >= today)
            .Select(g => (g.From, Words: ScheduleWords.Of(g)));
        var bank =
            schedule.BankHolidays == HolidayNation.None
                ? []
                : schedule
                    .Planned(until, today)
                    .Select(t => (t.Day, Why: schedule.WhyNot(t.Day)))
                    .Where(d => d.Why is not null && d.Why == BankHolidays.NameOf(d.Day, schedule.BankHolidays))
                    .Select(d => (From: d.Day, Words: $"{d.Day.WithWeekday()}: {d.Why}"));
        var single = schedule.Cancelled().Where(t => t.Day >= today).Select(t => (From: t.Day, Words: $"{t.Day.WithWeekday()}: cancelled"));
        return gaps.Concat(bank).Concat(single).OrderBy(l => l.From).Select(l => l.Words);
    }

    /// <summary>All of it as lines of plain text.</summary>
    public IEnumerable<string> Lines()
    {
        if (Every is not null)
            yield return $"{Every}; {End}";
        foreach (var date in Dates)
            yield return EventTimes.InWords(date.Time) + EventTimes.Change(date);
        if (More > 0)
            yield return $"and {More} more";
        foreach (var line in NotOn)
            yield return "Not on " + line;
    }
}
