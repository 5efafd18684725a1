using System.Text.Json.Serialization;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events;

/// <summary>From when to when a group takes place on one of its weekdays, where that is not as on its first date.</summary>
sealed record DayHours(DayOfWeek Day, TimeOnly Starts, TimeOnly Ends);

/// <summary>Dates of a rule that all have the same hours: what machines can say as one rule.</summary>
/// <param name="Rule">With those of its weekdays.</param>
/// <param name="First">The first of them by the rule.</param>
sealed record SameHours(RepeatRule Rule, EventTime First)
{
    public bool Has(DateOnly day) => Rule.MonthDay != 0 || Rule.Days.Any(d => d.Day == day.DayOfWeek);
}

/// <summary>Weekdays with hours of their own.</summary>
sealed partial record Schedule
{
    const int MostYearsToFirst = 30;

    /// <summary>Of a rule that goes by weekdays: those that have other hours than the first date.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DayHours>? Hours { get; init; }

    /// <summary>From when to when it takes place by the rule on a day, should that be one of its days.</summary>
    public EventTime On(DateOnly day)
    {
        var time = Times[0].DaysLater(day.DayNumber - Times[0].Day.DayNumber);
        return HoursOf(day.DayOfWeek) is not { } own
            ? time
            : new(day, own.Starts, own.Ends > own.Starts ? day : day.AddDays(1), own.Ends, time.Second);
    }

    DayHours? HoursOf(DayOfWeek day) => Hours?.FirstOrDefault(h => h.Day == day);

    /// <summary>Its dates by their hours, those of the first date first; nothing where it does not repeat.</summary>
    /// <param name="until">Weekdays of which none comes up to this day, or the last of the schedule, are left out.</param>
    public IReadOnlyList<SameHours> ByHours(DateOnly? until = null)
    {
        if (Recurrence is not { } rule)
            return [];
        var first = Times[0];
        if (Hours is null)
            return [new(rule, first)];
        var last = until ?? Until ?? first.Day.AddYears(MostYearsToFirst);
        return
        [
            .. rule
                .Days.GroupBy(d => HoursOf(d.Day) is { } own ? (own.Starts, own.Ends) : ((TimeOnly, TimeOnly)?)null)
                .OrderBy(g => g.Key is not null)
                .Select(g => rule with { Days = [.. g] })
                .SelectMany(r => r.Between(first.Day, first.Day, last).Take(1).Select(day => new SameHours(r, On(day)))),
        ];
    }

    /// <summary>What is wrong with the hours of single weekdays, in words.</summary>
    public IEnumerable<(DayOfWeek Day, string Words)> HoursProblems()
    {
        List<(DayOfWeek, string)> wrong = [];
        foreach (var own in Hours ?? [])
            if (ProblemOf(own) is { } words)
                wrong.Add((own.Day, words));
        return wrong.Count == 0 && Hours is not null && ProblemOfDates() is { } met ? [met] : wrong;
    }

    string? ProblemOf(DayHours own) =>
        Recurrence is not { } rule || rule.Days.All(d => d.Day != own.Day)
            ? $"There are hours for {own.Day}, but it does not take place on {own.Day}s. Tick {own.Day}, or leave its hours empty."
        : Hours!.Count(h => h.Day == own.Day) > 1 ? $"There are two hours for {own.Day}. Enter one of them."
        : own.Day == Times[0].Day.DayOfWeek
            ? $"The first date is a {own.Day}. Enter the hours of {own.Day}s with that date, and leave them empty here."
        : own.Ends == own.Starts || (own.Ends < own.Starts && Times[0].LastDay == Times[0].Day)
            ? $"On {own.Day}s the end must be after the start."
        : null;

    /// <summary>Dates that meet, and nights in which the clocks skip such an hour.</summary>
    (DayOfWeek, string)? ProblemOfDates()
    {
        EventTime? before = null;
        foreach (var time in Planned())
        {
            var (own, day) = (HoursOf(time.Day.DayOfWeek) is not null, time.Day.DayOfWeek);
            if (own && Problems(time).FirstOrDefault() is { } problem)
                return (day, problem);
            if (before is not null && before.EndUtc > time.StartUtc && (own || HoursOf(before.Day.DayOfWeek) is not null))
                return (
                    own ? day : before.Day.DayOfWeek,
                    $"On {time.Day.WithWeekday()} it would begin before the date of {before.Day.WithWeekday()} is over."
                );
            before = time;
        }
        return null;
    }
}
