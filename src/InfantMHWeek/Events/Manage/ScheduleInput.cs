using System.Globalization;
using InfantMHWeek.Events.Manage.When;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace InfantMHWeek.Events.Manage;

/// <summary>The answers about when an event takes place, read into a schedule; what cannot be read goes to the model state.</summary>
/// <param name="held">As it was.</param>
sealed class ScheduleInput(DatesModel typed, Schedule held, DateOnly today)
{
    const int MostTyped = 6000;

    ModelStateDictionary Errors => typed.ModelState;

    /// <summary>Names a holiday that we suggest.</summary>
    public static string KeyOf(DateOnly from, DateOnly to) =>
        string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd} {to:yyyy-MM-dd}");

    /// <summary>Sent again with nothing changed, it is the same, whatever the day: holidays that we ticked are no news.</summary>
    public static Schedule AsHeld(Schedule schedule, Schedule held, DateOnly today)
    {
        var planned = held.AsPlanned();
        var same = schedule with { UsualFrom = planned.UsualFrom, Gaps = planned.Gaps };
        return same.SameAs(planned) && schedule.All(today.AddYears(1), today).SequenceEqual(planned.All(today.AddYears(1), today))
            ? planned
            : schedule;
    }

    /// <returns>Null when its first time cannot be read.</returns>
    public Schedule? Read() =>
        ReadFirst() is not { } first
            ? null
            : (
                RuleInput.Repeats(typed.Kind) ? ReadRule(first)
                : typed.Kind == "several" ? new(Repeat.Several, [first, .. ReadOthers(first)])
                : Schedule.Once(first)
            ).InSecond(typed.Second == TwiceQuestion.Second);

    EventTime? ReadFirst()
    {
        if (!typed.Day.TryRead(out var day))
            Errors.AddModelError(nameof(typed.Day), "Enter a real date: day, month and year, like 8 6 2027.");
        if (!TimeInput.TryRead(typed.Starts, out var starts))
            Errors.AddModelError(nameof(typed.Starts), "Enter when it starts, like 10:30.");
        if (!TimeInput.TryRead(typed.Ends, out var ends))
            Errors.AddModelError(nameof(typed.Ends), "Enter when it ends, like 12:00.");
        var last = day;
        if (!typed.LastDay.Empty && !typed.LastDay.TryRead(out last))
            Errors.AddModelError(nameof(typed.LastDay), "Enter the day, month and year, or leave it empty.");
        return Errors.IsValid ? new(day, starts, last, ends) : null;
    }

    Schedule ReadRule(EventTime first)
    {
        DateOnly? until = null;
        if (typed.Until.TryRead(out var end))
            until = end;
        else if (!typed.Until.Empty)
            Errors.AddModelError(nameof(typed.Until), "Enter the day, month and year, or leave it empty if there is no end.");
        var (gaps, nation) = (ReadBreaks(first.Day), RuleInput.Nation(typed.Nation));
        var holidays = SchoolHolidays.From(first.Day, nation);
        if (typed.TermTime && gaps.Count == 0 && holidays.Any(h => until is null || h.From <= until))
            Errors.AddModelError(nameof(typed.Suggested), "Tick or enter the school holidays when it does not take place.");
        var rule = RuleInput.Read(typed.Kind, typed.Interval, first.Day, typed.On, typed.Which);
        var hours = ReadHours(first, rule);
        return new(Repeat.Rule, [first], until)
        {
            Rule = rule.ToString(),
            Hours = hours.Count == 0 ? null : hours,
            TermTime = typed.TermTime,
            TermOf = typed.TermTime ? nation : HolidayNation.None,
            UsualFrom = typed.TermTime ? today.AddYears(1) : null,
            BankHolidays = typed.BankHolidays ? nation : HolidayNation.None,
            Gaps = gaps.Count == 0 ? null : gaps,
        };
    }

    /// <summary>The hours of a weekday that was taken away go with it, unless somebody typed them anew.</summary>
    List<DayHours> ReadHours(EventTime first, RepeatRule rule)
    {
        var hours = new List<DayHours>();
        foreach (var (day, boxes) in typed.Hours.Filled)
            if (!boxes.TryRead(out var starts, out var ends))
                Errors.AddModelError(
                    WeekHours.KeyOf(day),
                    $"Enter when it starts and ends on {day}s, like 13:30 and 15:00, or leave both empty."
                );
            else if (
                (starts, ends) != (first.Starts, first.Ends)
                && !(rule.Days.All(d => d.Day != day) && (held.Hours ?? []).Contains(new(day, starts, ends)))
            )
                hours.Add(new(day, starts, ends));
        return hours;
    }

    List<Gap> ReadBreaks(DateOnly first)
    {
        var gaps = SchoolHolidays
            .From(today, RuleInput.Nation(typed.Nation))
            .Where(h => typed.Suggested.Contains(KeyOf(h.From, h.To), StringComparer.Ordinal))
            .Select(h => new Gap(h.From, h.To, h.Name))
            .ToList();
        var text = Errors.ShownText(nameof(typed.Breaks), typed.Breaks, MostTyped);
        foreach (var (line, gap) in BreakLines.ReadAll(text, today > first ? today.AddDays(-60) : first))
            if (gap is not null && gap.To <= today.AddYears(ScheduleCheck.MostYearsAhead))
                gaps.Add(gap);
            else
                Errors.AddModelError(
                    nameof(typed.Breaks),
                    $"We could not read “{Short(line)}”. Enter each break like this: 26 October 2026 to 30 October 2026, half-term"
                );
        if (gaps.Count > Schedule.MostGaps)
            Errors.AddModelError(nameof(typed.Breaks), $"There can be at most {Schedule.MostGaps} breaks. Leave out those that are over.");
        return [.. gaps.DistinctBy(g => (g.From, g.To)).OrderBy(g => g.From)];
    }

    IReadOnlyList<EventTime> ReadOthers(EventTime first)
    {
        var text = Errors.ShownText(nameof(typed.Others), typed.Others, MostTyped, "Enter the other dates, one per line.");
        var (times, unread) = DateLines.Read(text, first);
        if (unread is not null)
            Errors.AddModelError(
                nameof(typed.Others),
                $"We could not read “{Short(unread)}”, or its weekday is not that of the date. Write "
                    + "each date like Tuesday 15 June 2027, or 15 June 2027, 14:00 to 15:30."
            );
        return times;
    }

    static string Short(string line) => line.Length > 40 ? line[..40] + "…" : line;
}
