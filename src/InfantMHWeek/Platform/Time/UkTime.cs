using System.Globalization;

namespace InfantMHWeek.Platform.Time;

/// <summary>The clock on a wall in the United Kingdom, and the UTC moments behind it.</summary>
public static class UkTime
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>How a wall-clock time relates to the real one on the two days when clocks change.</summary>
    public enum Answer { Fine, NeverHappens, HappensTwice }

    /// <summary>
    /// The UTC moment of a wall-clock time. <see cref="Answer.HappensTwice"/> gives the first of the two;
    /// <see cref="Answer.NeverHappens"/> gives the moment as if the clock had not been changed.
    /// </summary>
    public static (Answer Answer, DateTime Utc) ToUtc(DateTime wallClock)
    {
        var local = DateTime.SpecifyKind(wallClock, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(local)) return (Answer.NeverHappens, DateTime.SpecifyKind(local, DateTimeKind.Utc));
        if (!Zone.IsAmbiguousTime(local)) return (Answer.Fine, TimeZoneInfo.ConvertTimeToUtc(local, Zone));
        var summer = Zone.GetAmbiguousTimeOffsets(local).Max();
        return (Answer.HappensTwice, DateTime.SpecifyKind(local - summer, DateTimeKind.Utc));
    }

    public static DateTime FromUtc(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, Zone);

    /// <summary>When a day begins; in the UK no clock is ever changed at midnight.</summary>
    public static DateTime MidnightUtc(DateOnly day) => ToUtc(day.ToDateTime(TimeOnly.MinValue)).Utc;

    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(FromUtc(clock.GetUtcNow().UtcDateTime));

    /// <summary>A date as people write it: <c>13 June 2022</c>.</summary>
    public static string InWords(this DateOnly date) => date.ToString("d MMMM yyyy", British);

    /// <summary>A span of days: <c>13 to 19 June 2022</c>.</summary>
    public static string InWords(DateOnly from, DateOnly to) =>
        from == to ? to.InWords()
        : from.Year != to.Year ? $"{from.InWords()} to {to.InWords()}"
        : from.Month != to.Month ? $"{from.ToString("d MMMM", British)} to {to.InWords()}"
        : $"{from.Day} to {to.InWords()}";

    /// <summary>A UTC moment as the clock on a wall showed it: <c>13 June 2022, 09:30</c>.</summary>
    public static string InUk(this DateTime utc) => FromUtc(utc).ToString("d MMMM yyyy, HH:mm", British);

    static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
}
