using System.Globalization;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events;

/// <summary>What may be done with one date of several.</summary>
enum DateAct
{
    Cancel,
    Move,

    /// <summary>It takes place as it had been planned after all.</summary>
    Restore,
    Add,
}

/// <summary>
/// The law of one date of several: where nothing else changes, its organiser cancels, moves or adds it without an approval, because no word
/// or link comes with it.
/// </summary>
sealed partial class Event
{
    /// <summary>Whether single dates of it can be changed now.</summary>
    public bool HasSingleDates => IsPublic && CancelledAt is null && PostponedAt is null && Live!.Schedule.Repeat != Repeat.Once;

    /// <param name="at">Which date; see <see cref="Occurrence.At"/>. Not looked at where one is added.</param>
    /// <param name="to">When it is instead; for a move and an addition.</param>
    /// <returns>Why it was not done, in words; null when it was.</returns>
    public string? ChangeDate(string who, DateAct act, DateTime at, EventTime? to, DateTimeOffset now)
    {
        if (!HasSingleDates)
            return CancelledAt is not null && IsPublic ? "Nothing was changed: this event has since been cancelled."
                : PostponedAt is not null && IsPublic ? "Nothing was changed: this event has since been postponed."
                : "Nothing was changed: this event is not on the website with several dates.";
        var schedule = Live!.Schedule;
        var held = schedule.Occurrences(UkTime.DayOf(now.UtcDateTime).AddDays(Schedule.DaysAhead)).ToList();
        var problem = act switch
        {
            DateAct.Add => ProblemOf(to!, held, now)
                ?? (schedule.Moves(to!.StartsLocal) ? "You moved the date that was at that time. Move it back instead." : null),
            DateAct.Restore => schedule.Changed(at) is null
                ? "This date already takes place as planned."
                : ProblemOf(schedule.PlannedOn(at).First(), [.. held.Where(d => d.At != at)], now),
            _ => held.Find(d => d.At == at) is not { } date ? "That date no longer exists. Choose one from the list."
            : date.Time.EndUtc <= now.UtcDateTime ? "This date is over."
            : act == DateAct.Move ? ProblemOf(to!, [.. held.Where(d => d.At != at)], now)
            : null,
        };
        if (problem is not null)
            return problem;
        if (schedule.With(act, at, to, UkTime.DayOf(now.UtcDateTime)) is not { } changed)
            return "So many single dates have been changed that it is better to change when the event takes place.";
        Live = Live with { Schedule = changed };
        if (Proposed is { } proposed)
            Proposed = proposed with { Schedule = proposed.Schedule.WithChangesOf(changed) };
        if (who == Organiser)
            SeenRunning(now);
        Note(now, who, InHistory(act, at, to));
        Republish(now);
        return null;
    }

    static string InHistory(DateAct act, DateTime at, EventTime? to)
    {
        static string Day(DateTime day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return act switch
        {
            DateAct.Cancel => $"cancelled the date of {Day(at)}",
            DateAct.Move when to!.StartsLocal == at => $"moved the end on {Day(at)} to {to.Ends:HH:mm}",
            DateAct.Move when to!.StartsLocal.Date == at.Date => $"moved the date of {Day(at)} from {at:HH:mm} to {to.Starts:HH:mm}",
            DateAct.Move => $"moved a date from {Day(at)} to {Day(to!.StartsLocal)}",
            DateAct.Restore => $"brought back the date of {Day(at)}",
            _ => $"added a date on {Day(to!.StartsLocal)}",
        };
    }

    /// <param name="others">The dates that it must not meet.</param>
    static string? ProblemOf(EventTime time, List<Occurrence> others, DateTimeOffset now) =>
        Schedule.Once(time).Problems().FirstOrDefault() is { } problem ? problem
        : time.EndUtc <= now.UtcDateTime ? "This is in the past. Choose a later day."
        : time.Day > UkTime.DayOf(now.UtcDateTime).AddDays(Schedule.DaysAhead) ? "Choose a day within the next year."
        : others.Find(o => o.Time.StartUtc < time.EndUtc && time.StartUtc < o.Time.EndUtc) is { } other
            ? $"There is already a date on {other.Time.Day.WithWeekday()} at {other.Time.Starts:HH:mm}. Choose another day or time."
        : null;
}
