using System.Globalization;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Events.Manage;

[FormPage(byToken: true)]
sealed class DatesModel(SiteDb db, OrganiserActions desk, TimeProvider clock) : EventStep(db, desk, "When it is")
{
    const int MostTyped = 6000;

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public DateFields Day { get; set; } = new();

    [BindProperty]
    public string? Starts { get; set; }

    [BindProperty]
    public string? Ends { get; set; }

    [BindProperty]
    public DateFields LastDay { get; set; } = new();

    /// <summary>Which of its weeks or months: every one, every third.</summary>
    [BindProperty]
    public string? Interval { get; set; }

    /// <summary>The weekdays on which a group takes place, and which of them in a month.</summary>
    [BindProperty]
    public IReadOnlyList<string> On { get; set; } = [];

    [BindProperty]
    public IReadOnlyList<string> Which { get; set; } = [];

    [BindProperty]
    public DateFields Until { get; set; } = new();

    [BindProperty]
    public bool TermTime { get; set; }

    [BindProperty]
    public bool BankHolidays { get; set; }

    [BindProperty]
    public string? Nation { get; set; }

    /// <summary>Holidays that we suggested and the organiser ticked.</summary>
    [BindProperty]
    public IReadOnlyList<string> Suggested { get; set; } = [];

    [BindProperty]
    public string? Breaks { get; set; }

    [BindProperty]
    public string? Others { get; set; }

    [BindProperty]
    public string? Second { get; set; }

    [BindProperty]
    public string? Do { get; set; }

    /// <summary>The beginning that the clock shows twice, if we must ask which.</summary>
    public EventTime? Twice { get; private set; }

    /// <summary>What was typed comes to this.</summary>
    public ScheduleSummary? Preview { get; private set; }

    protected override bool OnlyShow => Do is "show";

    /// <summary>The usual school holidays of the coming year there, to be ticked.</summary>
    public IEnumerable<Choice> Suggestions =>
        SchoolHolidays
            .From(clock.Today(), RuleInput.Nation(Nation))
            .Select(h => new Choice(KeyOf(h.From, h.To), $"{h.Name}, {TimeInWords.Span(h.From, h.To)}"));

    static string KeyOf(DateOnly from, DateOnly to) => string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd} {to:yyyy-MM-dd}");

    protected override void Show(EventDetails held)
    {
        var schedule = held.Schedule;
        Nation = RuleInput.NationOf(held);
        Kind = schedule.Repeat == Repeat.Several ? "several" : "once";
        if (schedule.Recurrence is { } rule)
            (Kind, Interval, On, Which) = RuleInput.Show(rule);
        if (schedule.Times.Count == 0)
            return;
        var first = schedule.Times[0];
        (Day, Starts, Ends) = (DateFields.Of(first.Day), TimeInput.InWords(first.Starts), TimeInput.InWords(first.Ends));
        if (first.LastDay != first.Day)
            LastDay = DateFields.Of(first.LastDay);
        if (schedule.Until is { } until)
            Until = DateFields.Of(until);
        (TermTime, BankHolidays) = (schedule.TermTime, schedule.BankHolidays != HolidayNation.None);
        Breaks = BreakLines.Write(schedule.Gaps ?? []);
        Suggested = [.. schedule.UsualGaps(clock.Today(), clock.Today().AddYears(1)).Select(g => KeyOf(g.From, g.To))];
        Others = DateLines.Write(schedule.Times.Skip(1));
        Twice = schedule.Ambiguous();
        Second =
            first.Second ? "second"
            : Twice is null ? null
            : "first";
    }

    protected override Task<Func<EventDetails, EventDetails>> ReadAsync(EventDetails shown, CancellationToken cancel)
    {
        if (ReadFirst() is { } first)
        {
            var schedule =
                RuleInput.Repeats(Kind) ? ReadRule(first)
                : Kind == "several" ? new(Repeat.Several, [first, .. ReadOthers(first)])
                : Schedule.Once(first);
            Check(schedule, shown);
            if (ModelState.IsValid && Do == "show")
                Preview = ScheduleSummary.Of(schedule, null, clock.GetUtcNow().UtcDateTime);
            return Task.FromResult<Func<EventDetails, EventDetails>>(held =>
                held with
                {
                    Schedule = AsHeld(schedule, held.Schedule).WithChangesOf(held.Schedule),
                }
            );
        }
        return Task.FromResult<Func<EventDetails, EventDetails>>(held => held);
    }

    /// <summary>Sent again with nothing changed, it is the same, whatever the day: holidays that we ticked are no news.</summary>
    Schedule AsHeld(Schedule schedule, Schedule held)
    {
        var (planned, today) = (held.AsPlanned(), clock.Today());
        var same = schedule with { UsualFrom = planned.UsualFrom, Gaps = planned.Gaps };
        return same.SameAs(planned) && schedule.All(today.AddYears(1), today).SequenceEqual(planned.All(today.AddYears(1), today))
            ? planned
            : schedule;
    }

    EventTime? ReadFirst()
    {
        if (!Day.TryRead(out var day))
            ModelState.AddModelError(nameof(Day), "Enter a real date: day, month and year, like 8 6 2027.");
        if (!TimeInput.TryRead(Starts, out var starts))
            ModelState.AddModelError(nameof(Starts), "Enter when it starts, like 10:30.");
        if (!TimeInput.TryRead(Ends, out var ends))
            ModelState.AddModelError(nameof(Ends), "Enter when it ends, like 12:00.");
        var last = day;
        if (!LastDay.Empty && !LastDay.TryRead(out last))
            ModelState.AddModelError(nameof(LastDay), "Enter the day, month and year, or leave it empty.");
        return ModelState.IsValid
            ? new(day, starts, last, ends, Second == "second" && UkTime.Zone.IsAmbiguousTime(day.ToDateTime(starts)))
            : null;
    }

    Schedule ReadRule(EventTime first)
    {
        DateOnly? until = null;
        if (Until.TryRead(out var end))
            until = end;
        else if (!Until.Empty)
            ModelState.AddModelError(nameof(Until), "Enter the day, month and year, or leave it empty if there is no end.");
        var gaps = ReadBreaks(first.Day);
        var holidays = SchoolHolidays.From(first.Day, RuleInput.Nation(Nation));
        if (TermTime && gaps.Count == 0 && holidays.Any(h => until is null || h.From <= until))
            ModelState.AddModelError(nameof(Suggested), "Tick or enter the school holidays when it does not take place.");
        return new(Repeat.Rule, [first], until)
        {
            Rule = RuleInput.Read(Kind, Interval, first.Day, On, Which).ToString(),
            TermTime = TermTime,
            TermOf = TermTime ? RuleInput.Nation(Nation) : HolidayNation.None,
            UsualFrom = TermTime ? clock.Today().AddYears(1) : null,
            BankHolidays = BankHolidays ? RuleInput.Nation(Nation) : HolidayNation.None,
            Gaps = gaps.Count == 0 ? null : gaps,
        };
    }

    List<Gap> ReadBreaks(DateOnly first)
    {
        var today = clock.Today();
        var gaps = SchoolHolidays
            .From(today, RuleInput.Nation(Nation))
            .Where(h => Suggested.Contains(KeyOf(h.From, h.To), StringComparer.Ordinal))
            .Select(h => new Gap(h.From, h.To, h.Name))
            .ToList();
        var text = Text(nameof(Breaks), Breaks, MostTyped);
        foreach (var (line, gap) in BreakLines.ReadAll(text, today > first ? today.AddDays(-60) : first))
            if (gap is not null && gap.To <= today.AddYears(ScheduleCheck.MostYearsAhead))
                gaps.Add(gap);
            else
                ModelState.AddModelError(
                    nameof(Breaks),
                    $"We could not read “{Short(line)}”. Enter each break like this: 26 October 2026 to 30 October 2026, half-term"
                );
        if (gaps.Count > Schedule.MostGaps)
            ModelState.AddModelError(nameof(Breaks), $"There can be at most {Schedule.MostGaps} breaks. Leave out those that are over.");
        return [.. gaps.DistinctBy(g => (g.From, g.To)).OrderBy(g => g.From)];
    }

    void Check(Schedule schedule, EventDetails shown)
    {
        if (!ModelState.IsValid)
            return;
        foreach (var (part, words) in ScheduleCheck.Problems(schedule, shown.Schedule, clock))
            ModelState.AddModelError(part.ToString(), words);
        Twice = ModelState.IsValid ? schedule.Ambiguous() : null;
        if (Twice is not null && Second is not ("first" or "second"))
            ModelState.AddModelError(
                nameof(Second),
                $"On {Twice.Day.InWords()} the clock shows {Twice.Starts:HH:mm} twice. Say which one you mean."
            );
    }

    static string Short(string line) => line.Length > 40 ? line[..40] + "…" : line;

    IReadOnlyList<EventTime> ReadOthers(EventTime first)
    {
        var text = Text(nameof(Others), Others, MostTyped, "Enter the other dates, one per line.");
        var (times, unread) = DateLines.Read(text, first);
        if (unread is not null)
            ModelState.AddModelError(
                nameof(Others),
                $"We could not read “{Short(unread)}”, or its weekday is not that of the date. Write "
                    + "each date like Tuesday 15 June 2027, or 15 June 2027, 14:00 to 15:30."
            );
        return times;
    }
}
