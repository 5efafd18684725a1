using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Events.Manage;

[FormPage(byToken: true)]
public sealed class DatesModel(SiteDb db, OrganiserActions desk, TimeProvider clock) : EventStep(db, desk, "When it is")
{
    const int MostTyped = 6000;

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public DateInput Day { get; set; } = new();

    [BindProperty]
    public string? Starts { get; set; }

    [BindProperty]
    public string? Ends { get; set; }

    [BindProperty]
    public DateInput LastDay { get; set; } = new();

    [BindProperty]
    public DateInput Until { get; set; } = new();

    [BindProperty]
    public string? Others { get; set; }

    [BindProperty]
    public string? Second { get; set; }

    /// <summary>The beginning that the clock shows twice, if we must ask which.</summary>
    public EventTime? Twice { get; private set; }

    protected override void Show(EventDetails held)
    {
        Kind = held.Schedule.Repeat switch
        {
            Repeat.Several => "several",
            Repeat.Weekly => "weekly",
            _ => "once",
        };
        if (held.Schedule.Times.Count == 0)
            return;
        var first = held.Schedule.Times[0];
        (Day, Starts, Ends) = (DateInput.Of(first.Day), TimeInput.InWords(first.Starts), TimeInput.InWords(first.Ends));
        if (first.LastDay != first.Day)
            LastDay = DateInput.Of(first.LastDay);
        if (held.Schedule.Until is { } until)
            Until = DateInput.Of(until);
        Others = string.Join(
            '\n',
            held.Schedule.Times.Skip(1).Select(t => $"{t.Day.InWords()}, {TimeInput.InWords(t.Starts)} to {TimeInput.InWords(t.Ends)}")
        );
        Twice = held.Schedule.Ambiguous();
        Second =
            first.Second ? "second"
            : Twice is null ? null
            : "first";
    }

    protected override Task<Func<EventDetails, EventDetails>> ReadAsync(EventDetails shown, CancellationToken cancel)
    {
        if (!Day.TryRead(out var day))
            ModelState.AddModelError(nameof(Day), "Enter the day, month and year, like 8 6 2027.");
        if (!TimeInput.TryRead(Starts, out var starts))
            ModelState.AddModelError(nameof(Starts), "Enter when it starts, like 10:30.");
        if (!TimeInput.TryRead(Ends, out var ends))
            ModelState.AddModelError(nameof(Ends), "Enter when it ends, like 12:00.");
        var last = day;
        if (!LastDay.Empty && !LastDay.TryRead(out last))
            ModelState.AddModelError(nameof(LastDay), "Enter the day, month and year, or leave it empty.");
        DateOnly? until = null;
        if (Kind == "weekly")
        {
            if (Until.TryRead(out var end))
                until = end;
            else
                ModelState.AddModelError(nameof(Until), "Enter the last day on which it can take place.");
        }
        if (!ModelState.IsValid)
            return Task.FromResult<Func<EventDetails, EventDetails>>(held => held);

        var first = new EventTime(day, starts, last, ends, Second == "second" && UkTime.Zone.IsAmbiguousTime(day.ToDateTime(starts)));
        var times = new List<EventTime> { first };
        if (Kind == "several")
            times.AddRange(ReadOthers(first));
        var schedule = new Schedule(
            Kind switch
            {
                "weekly" => Repeat.Weekly,
                "several" => Repeat.Several,
                _ => Repeat.Once,
            },
            times,
            until
        );
        if (ModelState.IsValid && schedule.Problems().FirstOrDefault() is { } problem)
            ModelState.AddModelError(nameof(Day), problem);
        if (ModelState.IsValid && !schedule.SameAs(shown.Schedule) && schedule.All().Any(t => t.EndUtc < clock.GetUtcNow().UtcDateTime))
            ModelState.AddModelError(nameof(Day), "This date is past. Enter one that is to come.");
        if (ModelState.IsValid && day > clock.Today().AddYears(2))
            ModelState.AddModelError(nameof(Day), "Choose a date within the next two years.");
        Twice = ModelState.IsValid ? schedule.Ambiguous() : null;
        if (Twice is not null && Second is not ("first" or "second"))
            ModelState.AddModelError(
                nameof(Second),
                $"On {Twice.Day.InWords()} the clock shows {Twice.Starts:HH:mm} twice. Say which one you mean."
            );
        return Task.FromResult<Func<EventDetails, EventDetails>>(held => held with { Schedule = schedule });
    }

    /// <summary>One date a line: <c>15 June 2027</c> at the same times, or <c>15 June 2027, 14:00 to 15:30</c>.</summary>
    IEnumerable<EventTime> ReadOthers(EventTime first)
    {
        var text = Text(nameof(Others), Others, MostTyped, "Enter the other dates, one on each line.");
        foreach (
            var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Take(Schedule.MostTimes + 1)
        )
        {
            // A weekday may be followed by a comma too.
            var comma = line.LastIndexOf(',');
            var hours = comma < 0 ? [] : line[(comma + 1)..].Split([" to ", "-", "–"], 2, StringSplitOptions.TrimEntries);
            var (starts, ends) = (first.Starts, first.Ends);
            var hasHours = hours.Length == 2 && TimeInput.TryRead(hours[0], out starts) && TimeInput.TryRead(hours[1], out ends);
            if (!hasHours)
                (starts, ends) = (first.Starts, first.Ends);
            if (DayInput.Read(hasHours ? line[..comma] : line, first.Day) is not { } day)
            {
                ModelState.AddModelError(
                    nameof(Others),
                    $"We could not read “{(line.Length > 40 ? line[..40] + "…" : line)}”, or its weekday is not that of the date. Write "
                        + "each date like Tuesday 15 June 2027, or 15 June 2027, 14:00 to 15:30."
                );
                yield break;
            }
            yield return new(day, starts, ends > starts ? day : day.AddDays(1), ends);
        }
    }
}
