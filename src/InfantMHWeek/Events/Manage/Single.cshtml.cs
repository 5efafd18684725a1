using System.Globalization;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Manage.When;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Events.Manage;

/// <summary>One date of several is cancelled, moved, brought back or added, and everybody sees it at once.</summary>
[FormPage(byToken: true)]
sealed class SingleModel(SiteDb db, OrganiserActions desk, TimeProvider clock) : PageModel
{
    const string Name = "yyyy-MM-ddTHH:mm";
    const int MostShown = 60;
    public static readonly IReadOnlyList<Choice> Acts =
    [
        new("cancel", "It does not take place"),
        new("move", "It is on another day, or at another time"),
        new("restore", "It takes place as planned after all"),
        new("add", "There is one more date"),
    ];

    [BindProperty]
    public string? What { get; set; }

    [BindProperty]
    public string? At { get; set; }

    [BindProperty]
    public DateFields Day { get; set; } = new();

    [BindProperty]
    public string? Starts { get; set; }

    [BindProperty]
    public string? Ends { get; set; }

    [BindProperty]
    public string? Second { get; set; }

    [TempData]
    public string? Told { get; set; }

    public string Token { get; private set; } = "";

    /// <summary>The beginning that the clock shows twice, if we must ask which.</summary>
    public EventTime? Twice { get; private set; }
    public IReadOnlyList<Choice> Dates { get; private set; } = [];

    Schedule schedule = Schedule.None;

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel) =>
        await OpenAsync(token, cancel) is null ? this.Unopened(token) : Page();

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel)
    {
        if (await OpenAsync(token, cancel) is not { } key)
            return this.Unopened(token);
        if (Read() is not var (act, at, to))
            return Page();
        if (await desk.ChangeDateAsync(key, act, at, to, cancel) is not { } answer)
            return this.Unopened(token);
        if (answer.Problem is { } problem)
        {
            ModelState.AddModelError(act is DateAct.Move or DateAct.Add ? nameof(Day) : nameof(At), problem);
            return Page();
        }
        Told = act switch
        {
            DateAct.Cancel => "This date does not take place. The website now says so.",
            DateAct.Move => "The date is moved. The website now says so.",
            DateAct.Restore => "The date takes place as planned. The website now says so.",
            _ => "The date is added. The website now shows it.",
        };
        return Redirect($"/events/manage/{Token}/date");
    }

    (DateAct Act, DateTime At, EventTime? To)? Read()
    {
        DateAct? act = What switch
        {
            "cancel" => DateAct.Cancel,
            "move" => DateAct.Move,
            "restore" => DateAct.Restore,
            "add" => DateAct.Add,
            _ => null,
        };
        if (act is null)
            ModelState.AddModelError(nameof(What), "Say what has changed.");
        DateTime at = default;
        if (
            act is not (null or DateAct.Add)
            && !DateTime.TryParseExact(At, Name, CultureInfo.InvariantCulture, DateTimeStyles.None, out at)
        )
            ModelState.AddModelError(nameof(At), "Choose one of the dates.");
        var to = act is DateAct.Move or DateAct.Add ? ReadTime(at) : null;
        return ModelState.IsValid ? (act!.Value, at, to) : null;
    }

    /// <summary>Where no hours are said, a date that is moved keeps its own, and one that is added has those of its weekday.</summary>
    EventTime? ReadTime(DateTime moved)
    {
        if (!Day.TryRead(out var day))
            ModelState.AddModelError(nameof(Day), "Enter a real date: day, month and year, like 8 6 2027.");
        var known = Dates.Any(d => d.Value == NameOf(moved));
        var usual = (known ? schedule.PlannedOn(moved).FirstOrDefault() : null) ?? schedule.On(day);
        var (starts, ends) = (usual.Starts, usual.Ends);
        if (!string.IsNullOrWhiteSpace(Starts) && !TimeInput.TryRead(Starts, out starts))
            ModelState.AddModelError(nameof(Starts), "Enter when it starts, like 10:30, or leave it empty.");
        if (!string.IsNullOrWhiteSpace(Ends) && !TimeInput.TryRead(Ends, out ends))
            ModelState.AddModelError(nameof(Ends), "Enter when it ends, like 12:00, or leave it empty.");
        if (!ModelState.IsValid)
            return null;
        var lasts = usual.EndsLocal - usual.StartsLocal;
        // Several days stay as many; otherwise an end that is not after the start is on the next day.
        var end =
            string.IsNullOrWhiteSpace(Ends) ? day.ToDateTime(starts) + lasts
            : lasts >= TimeSpan.FromDays(1) ? day.AddDays(usual.LastDay.DayNumber - usual.Day.DayNumber).ToDateTime(ends)
            : day.AddDays(ends > starts ? 0 : 1).ToDateTime(ends);
        return Settle(new(day, starts, DateOnly.FromDateTime(end), TimeOnly.FromDateTime(end)));
    }

    EventTime? Settle(EventTime time)
    {
        if (!time.StartsTwice)
            return time;
        Twice = time;
        if (TwiceQuestion.IsAnswer(Second))
            return time with { Second = Second == TwiceQuestion.Second };
        ModelState.AddModelError(nameof(Second), TwiceQuestion.Unanswered(time));
        return null;
    }

    async Task<ManageLinkAccess?> OpenAsync(string token, CancellationToken cancel)
    {
        if (
            await HttpContext.ActingKeyAsync(token, StaffRole.Events) is not { } key
            || await db.OpenEventAsync(key, cancel) is not { Event: { Live: not null } e }
            // Whoever was typing when it was cancelled or taken away loses no word: the law says then that nothing was changed.
            || (!e.HasSingleDates && !HttpMethods.IsPost(Request.Method))
        )
            return null;
        (Token, schedule) = (token, e.Live.Schedule);
        var (now, today) = (clock.GetUtcNow().UtcDateTime, clock.Today());
        Dates =
        [
            .. schedule
                .Occurrences(today.AddDays(Schedule.DaysAhead), today.AddDays(-Schedule.MostDays))
                .Where(o => o.Time.EndUtc > now)
                .Select(o => new Choice(
                    NameOf(o.At),
                    EventTimes.InWords(o.Time)
                        + (
                            o.Moved ? " (moved)"
                            : o.Added ? " (extra)"
                            : ""
                        )
                ))
                .Take(MostShown),
            .. schedule
                .Cancelled()
                .Where(t => t.EndUtc > now)
                .Select(t => new Choice(NameOf(t.StartsLocal), $"{EventTimes.InWords(t)} (cancelled)")),
        ];
        ViewData["Head"] = new PageHead { Title = "One date is different", Indexed = false };
        return key;
    }

    static string NameOf(DateTime at) => at.ToString(Name, CultureInfo.InvariantCulture);
}
