using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Manage.When;

/// <summary>The answer of the form that is to be put right.</summary>
enum SchedulePart
{
    Day,
    Until,
    Breaks,
}

/// <summary>What an organiser may not plan, in words.</summary>
static class ScheduleCheck
{
    public const int MostYearsAhead = 5;
    const int MostYearsAgo = 20,
        MostYearsToFirst = 2;

    /// <param name="before">As it is held; what was planned already may lie in the past.</param>
    /// <returns>The first problem, or none.</returns>
    public static IEnumerable<(SchedulePart Part, string Words)> Problems(Schedule schedule, Schedule before, TimeProvider clock) =>
        All(schedule, before, clock.Today(), clock.GetUtcNow().UtcDateTime).Take(1);

    static IEnumerable<(SchedulePart, string)> All(Schedule schedule, Schedule before, DateOnly today, DateTime now)
    {
        var day = schedule.Times[0].Day;
        if (day > today.AddYears(MostYearsToFirst))
            yield return (SchedulePart.Day, "Choose a date within the next two years.");
        if (schedule.Until > today.AddYears(MostYearsAhead))
            yield return (SchedulePart.Until, "Choose a day within the next five years, or leave it empty if there is no end.");
        if (schedule.Problems().FirstOrDefault() is { } problem)
            yield return (
                problem.StartsWith("With these breaks", StringComparison.Ordinal) ? SchedulePart.Breaks : SchedulePart.Day,
                problem
            );
        // A group may have run for years; that it has a date to come is what counts.
        var past =
            schedule.Repeat == Repeat.Rule
                ? schedule.Until < today || day < today.AddYears(-MostYearsAgo)
                : schedule.All().Any(t => t.EndUtc < now);
        if (past && !schedule.SameAs(before.AsPlanned()))
            yield return (SchedulePart.Day, "This date is in the past. Enter a later one.");
    }
}
