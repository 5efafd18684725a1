using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Importing;

/// <summary>
/// The dates of a calendar's entry as a schedule of ours. What repeats is kept as a rule where that comes to the very same dates, worked
/// out by the library, for three years; else as a list, and what the list cannot hold is named.
/// </summary>
sealed class CalendarSchedule(CalendarEntry entry, IReadOnlyList<CalendarEntry> changed, DateTime nowUtc)
{
    const int YearsCompared = 3,
        MostCompared = 2000;
    static readonly EvaluationOptions Bounded = new() { MaxUnmatchedIncrementsLimit = 1000 };
    readonly DateTime horizon = nowUtc.AddYears(YearsCompared);

    /// <param name="problems">Hears in words what is left out.</param>
    /// <exception cref="CalendarProblemException">There is no date in it that we could take.</exception>
    public Schedule Read(List<string> problems)
    {
        var master = entry.Open();
        if (!entry.Has("RRULE") && !entry.Has("RDATE") && changed.Count == 0)
            return Schedule.Once(TimeOf(master.DtStart!, EndOf(master, master.DtStart!)));
        var moves = Moves();
        var wanted = Wanted(master, moves);
        if (AsRule(master, moves, wanted) is { } rule && IsSame(rule, wanted))
            return rule;
        var coming = wanted.Where(t => t.StartUtc < nowUtc.AddDays(Schedule.DaysAhead)).ToList();
        if (coming.Count == 0)
            throw new CalendarProblemException(
                wanted.Count > 0 ? "it does not take place within the next year" : "it is past, or it never takes place"
            );
        var kept = coming.Take(Schedule.MostTimes).ToList();
        if (kept.Count < wanted.Count || wanted.Count >= MostCompared)
            problems.Add(
                $"it repeats in a way that we do not follow as a rule. Its next {kept.Count} dates are there, until "
                    + $"{kept[^1].Day.WithWeekday()}; those after it are left out"
            );
        return kept.Count == 1 ? Schedule.Once(kept[0]) : new(Repeat.Several, kept);
    }

    /// <summary>By the moment at which each would have begun: its new time, or null where it is cancelled.</summary>
    Dictionary<DateTime, EventTime?> Moves()
    {
        var moves = new Dictionary<DateTime, EventTime?>();
        foreach (var change in changed)
        {
            var read = change.Open();
            if (read.RecurrenceIdentifier is not { } instead)
                throw new CalendarProblemException("we could not read which of its dates was changed");
            if (change.ChangesLater)
                throw new CalendarProblemException("all its dates from one on were changed at once, in a way that we do not follow");
            moves[instead.StartTime.AsUtc] = change.Cancelled ? null : TimeOf(read.DtStart!, EndOf(read, read.DtStart!));
        }
        return moves;
    }

    static CalDateTime EndOf(CalendarEvent one, CalDateTime starts) => one.DtEnd ?? starts.Add(one.Duration!.Value);

    /// <summary>Those to come, up to the horizon, as the library works them out.</summary>
    List<EventTime> Wanted(CalendarEvent master, Dictionary<DateTime, EventTime?> moves) =>
        [
            .. Occurrences(master, new CalDateTime(nowUtc.AddDays(-Schedule.MostDays)))
                .Where(o => !moves.ContainsKey(o.StartTime.AsUtc))
                .Select(o => TimeOf(o.StartTime, o.EffectiveEndTime!))
                .Concat(moves.Values.OfType<EventTime>())
                .Where(IsAhead)
                .DistinctBy(t => t.StartUtc)
                .OrderBy(t => t.StartUtc),
        ];

    bool IsAhead(EventTime time) => time.EndUtc > nowUtc && time.StartUtc < horizon;

    List<Period> Occurrences(CalendarEvent of, CalDateTime? from)
    {
        if (of.RecurrenceRule is { Frequency: FrequencyType.Secondly or FrequencyType.Minutely or FrequencyType.Hourly })
            throw new CalendarProblemException("it repeats in a way that we do not take over: several times a day");
        try
        {
            return
            [
                .. of.GetOccurrences(from, Bounded).Select(o => o.Period).TakeWhile(p => p.StartTime.AsUtc < horizon).Take(MostCompared),
            ];
        }
        catch (EvaluationLimitExceededException)
        {
            throw new CalendarProblemException("it repeats by a rule that never comes to a date");
        }
        // Dates beyond the end of the calendar, and rules that contradict themselves.
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or OverflowException)
        {
            throw new CalendarProblemException("it repeats in a way that we do not take over");
        }
    }

    Schedule? AsRule(CalendarEvent master, Dictionary<DateTime, EventTime?> moves, List<EventTime> wanted)
    {
        if (master.RecurrenceRule is not { } rule || CalendarRule.Of(rule, UkTime.FromUtc(master.DtStart!.AsUtc)) is not { } ours)
            return null;
        var starts = TimeOf(master.DtStart!, EndOf(master, master.DtStart!));
        // What begins on a day that is none of its rule's is taken from the first that is.
        if (ours.Between(starts.Day, starts.Day, starts.Day.AddYears(2)).Select(d => (DateOnly?)d).FirstOrDefault() is not { } first)
            return null;
        starts = starts.DaysLater(first.DayNumber - starts.Day.DayNumber);
        var schedule = new Schedule(Repeat.Rule, [starts], LastDay(rule, starts.Starts)) { Rule = ours.ToString() };
        var old = nowUtc.AddDays(-Schedule.MostDays);
        var changes = Excepted(master, schedule)
            .Select(at => new DateChange(at, null))
            .Concat(moves.Where(m => m.Key > old).Select(m => new DateChange(UkTime.FromUtc(m.Key), m.Value)))
            .Where(c => schedule.Plans(c.At))
            .DistinctBy(c => c.At)
            .OrderBy(c => c.At)
            .ToList();
        var moved = changes.Select(c => c.To).ToHashSet();
        var added = wanted.FindAll(t => !moved.Contains(t) && !schedule.Plans(t.StartsLocal));
        if (added.Count > entry.Additions || changes.Count + added.Count > Schedule.MostChanges)
            return null;
        return schedule with { Changes = changes.Count == 0 ? null : changes, Added = added.Count == 0 ? null : added };
    }

    IEnumerable<DateTime> Excepted(CalendarEvent master, Schedule schedule) =>
        master
            .ExceptionDates.GetAllDates()
            .Where(d => d.Date > DateOnly.FromDateTime(nowUtc.AddDays(-Schedule.MostDays)))
            .SelectMany(d => d.HasTime ? [UkTime.FromUtc(d.AsUtc)] : schedule.Planned(d.Date, d.Date).Select(t => t.StartsLocal));

    /// <summary>The last day of the rule; null where it goes on.</summary>
    /// <param name="starts">When its dates begin: one that would begin after the last moment is not among them.</param>
    DateOnly? LastDay(RecurrenceRule rule, TimeOnly starts)
    {
        if (rule.Until is { } until)
        {
            var end = UkTime.FromUtc(until.AsUtc);
            return DateOnly.FromDateTime(end).AddDays(TimeOnly.FromDateTime(end) < starts ? -1 : 0);
        }
        if (rule.Count is null)
            return null;
        return Occurrences(entry.Open(ruleOnly: true), null) is [.., var last] ? UkTime.DayOf(last.StartTime.AsUtc) : null;
    }

    bool IsSame(Schedule ours, List<EventTime> wanted)
    {
        if (wanted.Count is 0 or MostCompared || ours.Problems().Any())
            return false;
        var made = ours.All(UkTime.DayOf(horizon), UkTime.DayOf(nowUtc).AddDays(-Schedule.MostDays)).Where(IsAhead).ToList();
        return made.Select(t => (t.StartUtc, t.EndUtc)).SequenceEqual(wanted.Select(t => (t.StartUtc, t.EndUtc)));
    }

    /// <summary>By the wall clock in the UK.</summary>
    static EventTime TimeOf(CalDateTime starts, CalDateTime ends)
    {
        var (from, to) = (UkTime.FromUtc(starts.AsUtc), UkTime.FromUtc(ends.AsUtc));
        var second = UkTime.ToUtc(from) is (UkTime.Validity.Ambiguous, var first) && first != starts.AsUtc;
        return new(DateOnly.FromDateTime(from), new(from.Hour, from.Minute), DateOnly.FromDateTime(to), new(to.Hour, to.Minute), second);
    }
}
