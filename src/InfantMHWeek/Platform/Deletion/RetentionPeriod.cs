using System.Runtime.InteropServices;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Platform.Deletion;

/// <summary>A length of time as the calendar counts it: a year is a year, leap or not.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct KeptFor(int Days, int Months, int Years)
{
    public static KeptFor OfDays(int days) => new(days, 0, 0);

    public static KeptFor OfMonths(int months) => new(0, months, 0);

    public static KeptFor OfYears(int years) => new(0, 0, years);

    /// <summary>What is older than this at a moment is due.</summary>
    public DateTime Before(DateTime now) => now.AddYears(-Years).AddMonths(-Months).AddDays(-Days);

    /// <summary><c>30 days</c>, <c>a year</c>.</summary>
    public string InWords() =>
        (Days, Months, Years) switch
        {
            (0, 0, 1) => "a year",
            (0, 1, 0) => "a month",
            (1, 0, 0) => "a day",
            (0, 0, > 0) => TimeInWords.Count(Years, "year"),
            (0, > 0, 0) => TimeInWords.Count(Months, "month"),
            _ => TimeInWords.Count(Days, "day"),
        };
}

/// <summary>How long one kind of thing is kept; see <see cref="RetentionPeriods"/>.</summary>
/// <param name="Since">From when the time counts: <c>after they were sent</c>.</param>
/// <param name="Why">Why it is kept at all, and so long.</param>
/// <param name="Setting">The setting that says how long, where one does.</param>
sealed record RetentionPeriod(string What, KeptFor For, string Since, string Why, string? Setting = null)
{
    /// <summary><c>30 days after they were sent</c>; where no length counts, what ends it: <c>until the course begins</c>.</summary>
    public string HowLong => For == default && Setting is null ? Since : $"{For.InWords()} {Since}".TrimEnd();
}
