using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Manage.When;
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

    /// <summary>Of weekdays that have other hours than the first date.</summary>
    [BindProperty]
    public WeekHours Hours { get; set; } = new();

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
            .Select(h => new Choice(ScheduleInput.KeyOf(h.From, h.To), $"{h.Name}, {TimeInWords.Span(h.From, h.To)}"));

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
        Hours = WeekHours.Of(schedule.Hours ?? []);
        if (schedule.Until is { } until)
            Until = DateFields.Of(until);
        (TermTime, BankHolidays) = (schedule.TermTime, schedule.BankHolidays != HolidayNation.None);
        Breaks = BreakLines.Write(schedule.Gaps ?? []);
        Suggested = [.. schedule.UsualGaps(clock.Today(), clock.Today().AddYears(1)).Select(g => ScheduleInput.KeyOf(g.From, g.To))];
        Others = DateLines.Write(schedule.Times.Skip(1));
        Twice = schedule.Ambiguous();
        Second =
            Twice is null ? null
            : Twice.Second ? TwiceQuestion.Second
            : TwiceQuestion.First;
    }

    protected override Task<Func<EventDetails, EventDetails>> ReadAsync(EventDetails shown, CancellationToken cancel)
    {
        var today = clock.Today();
        if (new ScheduleInput(this, shown.Schedule, today).Read() is not { } schedule)
            return Task.FromResult<Func<EventDetails, EventDetails>>(held => held);
        Check(schedule, shown);
        if (ModelState.IsValid && Do == "show")
            Preview = ScheduleSummary.Of(schedule, null, clock.GetUtcNow().UtcDateTime);
        return Task.FromResult<Func<EventDetails, EventDetails>>(held =>
            held with
            {
                Schedule = ScheduleInput.AsHeld(schedule, held.Schedule, today).WithChangesOf(held.Schedule),
            }
        );
    }

    void Check(Schedule schedule, EventDetails shown)
    {
        if (!ModelState.IsValid)
            return;
        foreach (var (day, words) in schedule.HoursProblems())
            ModelState.AddModelError(WeekHours.KeyOf(day), words);
        if (!ModelState.IsValid)
            return;
        foreach (var (part, words) in ScheduleCheck.Problems(schedule, shown.Schedule, clock))
            ModelState.AddModelError(part.ToString(), words);
        Twice = ModelState.IsValid ? schedule.Ambiguous() : null;
        if (Twice is not null && !TwiceQuestion.IsAnswer(Second))
            ModelState.AddModelError(nameof(Second), TwiceQuestion.Unanswered(Twice));
    }
}
