using System.Globalization;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Calendars;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Publishing;

/// <summary>
/// What repeats, as one entry of a calendar with its rule, or one for all weekdays that have the same hours. What does not take place is
/// taken out of it, and a date that was moved, or whose hours the rule alone would get wrong (the nights in which clocks change), is an
/// entry of the same event that stands for it.
/// </summary>
static class GroupEntries
{
    public static IEnumerable<CalendarEntry> Of(PublicEvent e, Func<EventTime, string, CalendarEntry> entry)
    {
        var (schedule, last) = (e.Live.Schedule, LastDay(e));
        var (all, parts) = (schedule.Occurrences(e.DatesUntil).ToList(), schedule.ByHours(last));
        var except = Except(schedule, e.DatesUntil).ToList();
        foreach (var part in parts)
        {
            var (first, id) = (part.First, IdOf(e, part, parts[0]));
            var dates = all.FindAll(d => PartOf(d) == part);
            var length = first.EndsLocal - first.StartsLocal;
            yield return entry(first, id) with
            {
                Starts = first.StartsLocal,
                Ends = first.EndsLocal,
                Rule = part.Rule + Until(last),
                Except = [.. except.Where(at => part.Has(DateOnly.FromDateTime(at)))],
                Also = [.. dates.Where(d => d.Added).Select(d => d.At)],
            };
            foreach (var date in dates)
                if (date.Moved || date.Time.NeedsUtc || Lasts(date.Time) != length || date.Time.EndsLocal - date.Time.StartsLocal != length)
                    yield return entry(date.Time, id) with
                    {
                        InsteadOf = date.At,
                    };
        }

        // What was added on a day that is none of the rule's is with the first date's.
        SameHours PartOf(Occurrence date) => parts.FirstOrDefault(p => p.Has(DateOnly.FromDateTime(date.At))) ?? parts[0];
    }

    /// <summary>
    /// The event's own for the days with the hours of its first date; for others with the first of their weekdays, so that it stays when
    /// their hours change.
    /// </summary>
    static string IdOf(PublicEvent e, SameHours part, SameHours first)
    {
        var id = e.Id.ToString("N");
        return part == first ? id : $"{id}-{RepeatRule.Name((0, part.Rule.Days.Select(d => d.Day).MinBy(RepeatRule.FromMonday)))}";
    }

    static TimeSpan Lasts(EventTime time) => time.EndUtc - time.StartUtc;

    /// <summary>What goes on has no end here either, for as long as its organiser says that it runs.</summary>
    static DateOnly? LastDay(PublicEvent e) =>
        e.Live.Schedule.Until
        ?? (e.Live.Schedule.OpenEnded && e.UnansweredAt is null ? null : e.DatesUntil ?? e.Live.Schedule.Times[0].Day);

    static string Until(DateOnly? last)
    {
        if (last is not { } day)
            return "";
        var end = UkTime.ToUtc(day.ToDateTime(new(23, 59, 59))).Utc;
        return string.Create(CultureInfo.InvariantCulture, $";UNTIL={end:yyyyMMdd'T'HHmmss'Z'}");
    }

    /// <summary>Breaks beyond the dates that have been made are known too, and bank holidays for a year more.</summary>
    static IEnumerable<DateTime> Except(Schedule schedule, DateOnly? until)
    {
        var last = (schedule.Gaps ?? []).Select(g => g.To).Append(until?.AddDays(Schedule.DaysAhead) ?? DateOnly.MinValue).Max();
        var cancelled = (schedule.Changes ?? []).Where(c => c.To is null).Select(c => c.At).ToHashSet();
        // What is taken out cannot be brought in again, so a date that was added at a time of the rule is left in it.
        var added = (schedule.Added ?? []).Select(t => t.StartsLocal).ToHashSet();
        return schedule
            .Planned(schedule.OpenEnded ? last : null)
            .Where(t => (schedule.WhyNot(t.Day) is not null || cancelled.Contains(t.StartsLocal)) && !added.Contains(t.StartsLocal))
            .Select(t => t.StartsLocal);
    }
}
