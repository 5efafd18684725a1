using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events;

/// <summary>The law of what repeats: which of its dates are kept, and whether it still runs.</summary>
public sealed partial class Event
{
    /// <summary>So many days of past dates stay for those who look back.</summary>
    const int DaysKept = 400;

    /// <summary>Makes the dates of the days that have come into sight.</summary>
    /// <returns>False where all are there, or nobody says any more that it runs.</returns>
    public bool Extend(DateTimeOffset now)
    {
        if (!IsPublic || DatesUntil is null || UnansweredAt is not null)
            return false;
        SetRows(now.UtcDateTime);
        return true;
    }

    void SeenRunning(DateTimeOffset now) => (StillOnAt, QuestionedAt, RemindedAt, UnansweredAt) = (now.UtcDateTime, null, null, null);

    protected override void SetRows() => SetRows(UpdatedAt);

    void SetRows(DateTime nowUtc)
    {
        var schedule = IsPublic ? Live!.Schedule : Schedule.None;
        var today = UkTime.DayOf(nowUtc);
        var sight = today.AddDays(Schedule.DaysAhead);
        OpenEnded = schedule.OpenEnded;
        DatesUntil = schedule.Repeat == Repeat.Rule && (schedule.Until is null || schedule.Until > sight) ? sight : null;
        var parts = schedule.ByDay(DatesUntil, schedule.Repeat == Repeat.Rule ? today.AddDays(-DaysKept) : null).ToList();
        var held = dates.ToDictionary(d => d.Number);
        var wanted = parts.Select(p => p.Number).ToHashSet();
        dates.RemoveAll(d => !wanted.Contains(d.Number));
        foreach (var part in parts)
        {
            if (!held.TryGetValue(part.Number, out var date))
                dates.Add(date = new EventDate { EventId = Id, Number = part.Number });
            date.Set(Live!, part);
        }
        dates.Sort((a, b) => schedule.Repeats ? a.StartUtc.CompareTo(b.StartUtc) : a.Number.CompareTo(b.Number));
    }
}
