using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events;

/// <summary>The law of what repeats: which of its dates are kept, and whether it still runs.</summary>
sealed partial class Event
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

    const string Site = "The site";

    /// <summary>Its organiser is asked whether it still runs.</summary>
    public bool Question(DateTimeOffset now)
    {
        if (!IsAsked || QuestionedAt is not null)
            return false;
        QuestionedAt = now.UtcDateTime;
        Note(now, Site, "asked whether it still runs");
        return true;
    }

    public bool Remind(DateTimeOffset now)
    {
        if (!IsAsked || QuestionedAt is null || RemindedAt is not null)
            return false;
        RemindedAt = now.UtcDateTime;
        Note(now, Site, "reminded its organiser");
        return true;
    }

    /// <summary>No answer: its page says so, and no further dates are made.</summary>
    public bool GiveUp(DateTimeOffset now)
    {
        if (!IsAsked || RemindedAt is null || UnansweredAt is not null)
            return false;
        UnansweredAt = now.UtcDateTime;
        Note(now, Site, "had no answer");
        Republish(now);
        return true;
    }

    bool IsAsked => IsPublic && OpenEnded && CancelledAt is null && PostponedAt is null;

    /// <summary>It still runs, says its organiser.</summary>
    public bool StillOn(string who, DateTimeOffset now)
    {
        if (!IsPublic || !OpenEnded || (QuestionedAt is null && StillOnAt > now.UtcDateTime.AddDays(-1)))
            return false;
        SeenRunning(now);
        Note(now, who, "said that it still runs");
        Republish(now);
        return true;
    }

    /// <summary>It has ended: no date after today takes place. Nothing is added by that, so nobody need approve it.</summary>
    public bool End(string who, DateTimeOffset now)
    {
        if (!IsPublic || !OpenEnded)
            return false;
        var today = UkTime.DayOf(now.UtcDateTime);
        if (Live!.Schedule.Times[0].Day > today)
            return Cancel(who, "", now);
        Live = Live with { Schedule = Live.Schedule.EndingOn(today) };
        if (Proposed is { Schedule.OpenEnded: true } proposed && proposed.Schedule.Times[0].Day <= today)
            Proposed = proposed with { Schedule = proposed.Schedule.EndingOn(today) };
        SeenRunning(now);
        Note(now, who, "said that it has ended");
        Republish(now);
        return true;
    }

    void SeenRunning(DateTimeOffset now) => (StillOnAt, QuestionedAt, RemindedAt, UnansweredAt) = (now.UtcDateTime, null, null, null);

    protected override void SetRows() => SetRows(UpdatedAt);

    void SetRows(DateTime nowUtc)
    {
        Changed = Math.Max(new DateTimeOffset(nowUtc, TimeSpan.Zero).ToUnixTimeMilliseconds(), (Changed ?? 0) + 1);
        InRegion =
            !IsPublic ? null
            : Live!.InPerson ? Live.Region
            : Region.None;
        var schedule = IsPublic ? Live!.Schedule : Schedule.None;
        var today = UkTime.DayOf(nowUtc);
        var sight = schedule.Sight(today);
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
