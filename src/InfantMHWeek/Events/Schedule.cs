using System.Text.Json;
using System.Text.Json.Serialization;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events;

enum Repeat
{
    Once,
    Several,

    /// <summary>Each week until a day, as version 1.0 kept it and files bring it.</summary>
    Weekly,

    /// <summary>By a <see cref="RepeatRule"/>.</summary>
    Rule,
}

/// <summary>From when to when, as a wall clock in the UK shows it.</summary>
/// <param name="Second">
/// On the night when an hour happens twice: the event begins in the second one. On other nights it says nothing.
/// </param>
sealed record EventTime(DateOnly Day, TimeOnly Starts, DateOnly LastDay, TimeOnly Ends, bool Second = false)
{
    [JsonIgnore]
    public DateTime StartsLocal => Day.ToDateTime(Starts);

    [JsonIgnore]
    public DateTime EndsLocal => LastDay.ToDateTime(Ends);

    [JsonIgnore]
    public DateTime StartUtc =>
        UkTime.ToUtc(StartsLocal) is (UkTime.Validity.Ambiguous, var first) && Second ? first.AddHours(1) : UkTime.ToUtc(StartsLocal).Utc;

    /// <summary>An end that happens twice is the first one after the start.</summary>
    [JsonIgnore]
    public DateTime EndUtc
    {
        get
        {
            var (answer, first) = UkTime.ToUtc(EndsLocal);
            return answer == UkTime.Validity.Ambiguous && first <= StartUtc ? first.AddHours(1) : first;
        }
    }

    /// <summary>It begins in the hour that happens twice.</summary>
    [JsonIgnore]
    public bool StartsTwice => UkTime.Zone.IsAmbiguousTime(StartsLocal);

    /// <summary>One of its ends is in the hour that happens twice, so that the local time alone does not say when.</summary>
    [JsonIgnore]
    public bool NeedsUtc => StartsTwice || UkTime.Zone.IsAmbiguousTime(EndsLocal);

    public EventTime DaysLater(int days) => this with { Day = Day.AddDays(days), LastDay = LastDay.AddDays(days) };
}

/// <summary>Days on which a group does not take place, the last one too, and why.</summary>
sealed record Gap(DateOnly From, DateOnly To, string Reason = "");

/// <summary>One date that is not as the rule or the list says.</summary>
/// <param name="At">When it begins by the rule or the list, by the wall clock: what the date is called for good.</param>
/// <param name="To">When it is instead; null where it does not take place.</param>
sealed record DateChange(DateTime At, EventTime? To);

/// <summary>One date of an event.</summary>
/// <param name="At">When it begins by the rule or the list, by the wall clock: its name, which stays when it is moved.</param>
/// <param name="Planned">When it was to be, if it was moved.</param>
sealed record Occurrence(DateTime At, EventTime Time, EventTime? Planned = null, bool Added = false)
{
    public bool Moved => Planned is not null;
}

/// <summary>When an event happens: once, on several days, or by a rule with its gaps.</summary>
/// <param name="Times">All of them, or where it repeats the first; weekdays may have <see cref="Hours"/> of their own.</param>
/// <param name="Until">The last day on which one that repeats may begin; null for a rule that goes on.</param>
sealed partial record Schedule(Repeat Repeat, IReadOnlyList<EventTime> Times, DateOnly? Until = null)
{
    public const int MostTimes = 60,
        MostDays = 14,
        MostGaps = 60,
        MostChanges = 200,
        MostReason = 80;
    public static readonly Schedule None = new(Repeat.Once, []);

    /// <summary>A <see cref="RepeatRule"/> as text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Gap>? Gaps { get; init; }

    /// <summary>It follows the school year; the holidays themselves are gaps.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TermTime { get; init; }

    /// <summary>Whose school year that is; see <see cref="UsualFrom"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public HolidayNation TermOf { get; init; }

    /// <summary>Up to then its organiser said the school holidays, as gaps; those that begin later are taken from the usual days.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? UsualFrom { get; init; }

    /// <summary>It does not take place on the bank holidays there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public HolidayNation BankHolidays { get; init; }

    /// <summary>Dates that were cancelled or moved one by one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DateChange>? Changes { get; init; }

    /// <summary>Dates that were added one by one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EventTime>? Added { get; init; }

    [JsonIgnore]
    public bool Repeats => Repeat is Repeat.Weekly or Repeat.Rule && Times.Count > 0;

    [JsonIgnore]
    public bool OpenEnded => Repeat == Repeat.Rule && Until is null;

    /// <summary>The rule of one that repeats; null for others.</summary>
    [JsonIgnore]
    public RepeatRule? Recurrence =>
        !Repeats ? null
        : Repeat == Repeat.Weekly ? RepeatRule.Weekly(1, Times[0].Day.DayOfWeek)
        : RepeatRule.Parse(Rule);

    public static Schedule Once(EventTime time) => new(Repeat.Once, [time]);

    public bool SameAs(Schedule other) => JsonSerializer.Serialize(this) == JsonSerializer.Serialize(other);

    /// <summary>The same without what was cancelled, moved and added one by one.</summary>
    public Schedule AsPlanned() => this with { Changes = null, Added = null };

    /// <summary>What is wrong with it, in words; nothing if it can be kept.</summary>
    public IEnumerable<string> Problems()
    {
        if (Times.Count == 0)
        {
            yield return "Enter a date and time.";
            yield break;
        }
        var problems = Repeat == Repeat.Rule ? ProblemsOfRule() : ProblemsOfList();
        foreach (var problem in problems)
            yield return problem;
        foreach (var time in All().Take(Repeat == Repeat.Rule ? 1000 : MostTimes))
        foreach (var problem in Problems(time))
        {
            yield return problem;
            if (Repeat == Repeat.Rule)
                yield break;
        }
    }

    IEnumerable<string> ProblemsOfList()
    {
        if (Repeat == Repeat.Weekly && (Until is not { } until || until < Times[0].Day))
            yield return "Enter the last day on which it can take place. It must be after the first date.";
        if (Times.Count > MostTimes || Planned().Take(MostTimes + 1).Count() > MostTimes)
            yield return $"An event can have at most {MostTimes} dates. Add the later ones as a second event.";
        if (All().GroupBy(t => t.StartUtc).Any(g => g.Count() > 1))
            yield return "Two of the dates are the same.";
    }

    IEnumerable<string> ProblemsOfRule()
    {
        var first = Times[0];
        if (Recurrence is not { } rule)
            yield return "Choose the days on which it takes place.";
        else if (Until < first.Day)
            yield return "The last day must not be before the first date.";
        else if (!rule.Between(first.Day, first.Day, first.Day).Any())
            yield return $"{first.Day.WithWeekday()} is not one of these days. "
                + (
                    rule.Between(first.Day, first.Day, Until ?? first.Day.AddYears(1)).Select(d => (DateOnly?)d).FirstOrDefault()
                        is { } next
                        ? $"The first one after it is {next.WithWeekday()}: enter that as the date."
                        : "With these choices it would never take place."
                );
        else if (
            first.EndUtc - first.StartUtc
            >= TimeSpan.FromDays(
                rule.Monthly ? MostDays
                : rule.Days.Count > 1 ? 1
                : 7
            )
        )
            yield return "One date must be over before the next one begins.";
        else if (HoursProblems().Select(p => p.Words).FirstOrDefault() is { } hours)
            yield return hours;
        else if (!Occurrences().Any())
            yield return "With these breaks it would never take place. Shorten them, or choose a later last day.";
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
    public EventTime? Ambiguous() => All().Take(500).FirstOrDefault(t => t.StartsTwice);

    /// <summary>With one answer for all of its beginnings that happen twice.</summary>
    public Schedule InSecond(bool second)
    {
        var asked = second && Ambiguous() is not null;
        return this with { Times = [.. Times.Select(t => t with { Second = asked && (Repeats || t.StartsTwice) })] };
    }
}
