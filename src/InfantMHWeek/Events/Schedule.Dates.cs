using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events;

/// <summary>The dates that a schedule comes to.</summary>
sealed partial record Schedule
{
    /// <summary>How far ahead the dates of what goes on are made.</summary>
    public const int DaysAhead = 366;

    /// <summary>The day up to which the dates of what goes on are made; what begins later still shows how it begins.</summary>
    public DateOnly Sight(DateOnly today)
    {
        var ahead = today.AddDays(DaysAhead);
        return Times.Count > 0 && Times[0].Day > ahead ? Times[0].Day.AddDays(DaysAhead) : ahead;
    }

    /// <summary>Every time it happens, in order.</summary>
    /// <param name="until">The last day that is asked for; without it a year of what has no end.</param>
    public IEnumerable<EventTime> All(DateOnly? until = null, DateOnly? from = null) => Occurrences(until, from).Select(o => o.Time);

    /// <inheritdoc cref="All"/>
    public IEnumerable<Occurrence> Occurrences(DateOnly? until = null, DateOnly? from = null)
    {
        if (Times.Count == 0)
            return [];
        var (first, last) = (from ?? DateOnly.MinValue, until ?? (OpenEnded ? LastDay(null) : DateOnly.MaxValue));
        var dates = Planned(until, from).Where(t => WhyNot(t.Day) is null).Select(t => new Occurrence(t.StartsLocal, t));
        if (Changes is null && Added is null)
            return dates;
        var changes = Changes ?? [];
        bool Asked(EventTime time) => time.LastDay >= first && time.Day <= last;
        return dates
            .Where(o => !changes.Any(c => c.At == o.At))
            .Concat(
                changes
                    .Where(c => c.To is { } to && Asked(to))
                    .SelectMany(c => PlannedOn(c.At).Take(1).Select(planned => new Occurrence(c.At, c.To!, planned)))
            )
            .Concat((Added ?? []).Where(Asked).Select(t => new Occurrence(t.StartsLocal, t, Added: true)))
            .OrderBy(o => o.Time.StartUtc);
    }

    /// <summary>Those that were cancelled one by one, as they had been planned.</summary>
    public IEnumerable<EventTime> Cancelled() =>
        (Changes ?? []).Where(c => c.To is null).SelectMany(c => PlannedOn(c.At)).OrderBy(t => t.StartUtc);

    /// <summary>Whether a date of this name takes place by the rule or the list.</summary>
    public bool Plans(DateTime at) => PlannedOn(at).Any();

    /// <summary>As it had been planned, whatever became of it.</summary>
    public IEnumerable<EventTime> PlannedOn(DateTime at)
    {
        var day = DateOnly.FromDateTime(at);
        return Planned(day, day).Where(t => t.StartsLocal == at && WhyNot(t.Day) is null);
    }

    /// <summary>Why it does not take place on a day on which the rule would have it; null where it does.</summary>
    public string? WhyNot(DateOnly day)
    {
        if (!Repeats)
            return null;
        foreach (var gap in Gaps ?? [])
            if (day >= gap.From && day <= gap.To)
                return gap.Reason.Length > 0 ? gap.Reason : "break";
        if (day >= UsualFrom && UsualGaps(day, day).FirstOrDefault() is { } usual)
            return usual.Reason;
        return Platform.Time.BankHolidays.NameOf(day, BankHolidays);
    }

    /// <summary>
    /// The school holidays of a group in term time that its organiser could not know yet, by the usual days: families are not to stand
    /// before a closed door. What was said of a holiday itself counts for more.
    /// </summary>
    public IEnumerable<Gap> UsualGaps(DateOnly from, DateOnly to) =>
        UsualFrom is not { } first
            ? []
            : SchoolHolidays
                .Between(from, to, TermOf)
                .Where(h => h.From >= first && !(Gaps ?? []).Any(g => g.From <= h.To.AddDays(7) && g.To >= h.From.AddDays(-7)))
                .Select(h => new Gap(h.From, h.To, h.Name + ", by the usual days"));

    /// <summary>By the rule or the list alone.</summary>
    public IEnumerable<EventTime> Planned(DateOnly? until = null, DateOnly? from = null)
    {
        if (!Repeats)
            return Times.Where(t => (from is null || t.LastDay >= from) && (until is null || t.Day <= until)).OrderBy(t => t.StartUtc);
        var first = Times[0];
        var days = Recurrence?.Between(first.Day, from ?? first.Day, LastDay(until)) ?? [];
        var dates = days.Select(On);
        // A day more than may be kept, so that it is seen to be too many.
        return Repeat == Repeat.Weekly ? dates.Take(MostTimes + 1) : dates;
    }

    DateOnly LastDay(DateOnly? until)
    {
        var end = !Repeats
            ? DateOnly.MaxValue
            : Until ?? (Repeat == Repeat.Weekly ? Times[0].Day : until ?? Times[0].Day.AddDays(DaysAhead));
        return until < end ? until.Value : end;
    }

    /// <summary>The times by the days they touch: an event over three days is on three days' lists.</summary>
    public IEnumerable<DatePart> ByDay(DateOnly? until = null, DateOnly? from = null)
    {
        var (dates, number) = (Occurrences(until, from), 0);
        foreach (var date in Repeat == Repeat.Rule ? dates : dates.Take(2 * MostTimes))
        {
            var (time, part) = (date.Time, 0);
            for (var day = time.Day; day <= time.LastDay; day = day.AddDays(1), part++)
            {
                var (start, end) = (
                    Later(time.StartUtc, UkTime.MidnightUtc(day)),
                    Earlier(time.EndUtc, UkTime.MidnightUtc(day.AddDays(1)))
                );
                if (end > start)
                    yield return new(Repeats ? NumberOf(date.At, part) : number++, day, start, end, time);
            }
        }

        static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;
        static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
    }

    /// <summary>
    /// The same for the same date whatever comes before it or goes: the minutes from the first one, and which of its days.
    /// </summary>
    int NumberOf(DateTime at, int part) => (int)(at - Times[0].StartsLocal).TotalMinutes * 16 + part;
}

/// <summary>One day of one date.</summary>
/// <param name="Number">Names it among those of its event.</param>
readonly record struct DatePart(int Number, DateOnly Day, DateTime StartUtc, DateTime EndUtc, EventTime Time);
