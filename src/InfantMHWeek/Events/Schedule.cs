using System.Text.Json.Serialization;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events;

public enum Repeat
{
    Once,
    Several,
    Weekly,
}

/// <summary>From when to when, as a wall clock in the UK shows it.</summary>
/// <param name="Second">On the night when an hour happens twice: the event begins in the second one.</param>
public sealed record EventTime(DateOnly Day, TimeOnly Starts, DateOnly LastDay, TimeOnly Ends, bool Second = false)
{
    [JsonIgnore]
    public DateTime StartsLocal => Day.ToDateTime(Starts);

    [JsonIgnore]
    public DateTime EndsLocal => LastDay.ToDateTime(Ends);

    [JsonIgnore]
    public DateTime StartUtc =>
        UkTime.ToUtc(StartsLocal) is (UkTime.Answer.HappensTwice, var first) && Second ? first.AddHours(1) : UkTime.ToUtc(StartsLocal).Utc;

    /// <summary>An end that happens twice is the first one after the start.</summary>
    [JsonIgnore]
    public DateTime EndUtc
    {
        get
        {
            var (answer, first) = UkTime.ToUtc(EndsLocal);
            return answer == UkTime.Answer.HappensTwice && first <= StartUtc ? first.AddHours(1) : first;
        }
    }

    /// <summary>One of its ends is in the hour that happens twice, so that the local time alone does not say when.</summary>
    [JsonIgnore]
    public bool NeedsUtc => UkTime.Zone.IsAmbiguousTime(StartsLocal) || UkTime.Zone.IsAmbiguousTime(EndsLocal);

    public EventTime DaysLater(int days) => this with { Day = Day.AddDays(days), LastDay = LastDay.AddDays(days) };
}

/// <summary>When an event happens: once, on several days, or each week by the wall clock until a day.</summary>
/// <param name="Times">All of them, or for a weekly event the first.</param>
/// <param name="Until">The last day on which a weekly event may begin.</param>
public sealed record Schedule(Repeat Repeat, IReadOnlyList<EventTime> Times, DateOnly? Until = null)
{
    public const int MostTimes = 60,
        MostDays = 14;
    public static readonly Schedule None = new(Repeat.Once, []);

    public static Schedule Once(EventTime time) => new(Repeat.Once, [time]);

    public bool SameAs(Schedule other) => Repeat == other.Repeat && Until == other.Until && Times.SequenceEqual(other.Times);

    /// <summary>Every time it happens, in order.</summary>
    public IEnumerable<EventTime> All()
    {
        if (Repeat != Repeat.Weekly || Times.Count == 0)
            return Times.OrderBy(t => t.StartUtc);
        return Enumerable
            .Range(0, MostTimes + 1)
            .Select(week => Times[0].DaysLater(7 * week))
            .TakeWhile(t => t.Day <= (Until ?? Times[0].Day));
    }

    /// <summary>What is wrong with it, in words; nothing if it can be kept.</summary>
    public IEnumerable<string> Problems()
    {
        if (Times.Count == 0)
            yield return "Enter a date and time.";
        if (Repeat == Repeat.Weekly && Times.Count > 0 && (Until is not { } until || until < Times[0].Day))
            yield return "Enter the day until which it repeats. It must be after the first date.";
        if (Times.Count > MostTimes || All().Count() > MostTimes)
            yield return $"An event can have at most {MostTimes} dates. Offer the later ones as a second event.";
        foreach (var time in All().Take(MostTimes))
        foreach (var problem in Problems(time))
            yield return problem;
        if (All().GroupBy(t => t.StartUtc).Any(g => g.Count() > 1))
            yield return "Two of the dates are the same.";
    }

    static IEnumerable<string> Problems(EventTime time)
    {
        if (UkTime.Zone.IsInvalidTime(time.StartsLocal))
            yield return $"{time.Starts:HH:mm} does not exist on {time.Day.InWords()}, because the clocks go forward. Choose another time.";
        else if (UkTime.Zone.IsInvalidTime(time.EndsLocal))
            yield return $"{time.Ends:HH:mm} does not exist on {time.LastDay.InWords()}, because the clocks go forward. Choose another "
                + "time.";
        else if (time.EndUtc <= time.StartUtc)
            yield return "The end must be after the start.";
        else if (time.LastDay.DayNumber - time.Day.DayNumber >= MostDays)
            yield return $"One date can last at most {MostDays} days.";
    }

    /// <summary>Beginnings in the hour that happens twice, which the organiser must be asked about.</summary>
    public EventTime? Ambiguous() => All().Take(MostTimes).FirstOrDefault(t => UkTime.Zone.IsAmbiguousTime(t.StartsLocal));

    /// <summary>The times by the days they touch: an event over three days is on three days' lists.</summary>
    public IEnumerable<(DateOnly Day, DateTime StartUtc, DateTime EndUtc, EventTime Time)> ByDay()
    {
        foreach (var time in All().Take(MostTimes))
            for (var day = time.Day; day <= time.LastDay; day = day.AddDays(1))
            {
                var (start, end) = (
                    Later(time.StartUtc, UkTime.MidnightUtc(day)),
                    Earlier(time.EndUtc, UkTime.MidnightUtc(day.AddDays(1)))
                );
                if (end > start)
                    yield return (day, start, end, time);
            }

        static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;
        static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
    }
}
