using System.Globalization;

namespace InfantMHWeek.Platform.Time;

/// <summary>The clock on a wall in the United Kingdom, and the UTC moments behind it.</summary>
public static class UkTime
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>How a wall-clock time relates to the real one on the two days when clocks change.</summary>
    public enum Validity
    {
        Valid,
        Invalid,
        Ambiguous,
    }

    /// <summary>
    /// The UTC moment of a wall-clock time. <see cref="Validity.Ambiguous"/> gives the first of the two;
    /// <see cref="Validity.Invalid"/> gives the moment as if the clock had not been changed.
    /// </summary>
    public static (Validity Validity, DateTime Utc) ToUtc(DateTime wallClock)
    {
        var local = DateTime.SpecifyKind(wallClock, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(local))
            return (Validity.Invalid, DateTime.SpecifyKind(local, DateTimeKind.Utc));
        if (!Zone.IsAmbiguousTime(local))
            return (Validity.Valid, TimeZoneInfo.ConvertTimeToUtc(local, Zone));
        var summer = Zone.GetAmbiguousTimeOffsets(local).Max();
        return (Validity.Ambiguous, DateTime.SpecifyKind(local - summer, DateTimeKind.Utc));
    }

    public static DateTime FromUtc(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, Zone);

    /// <summary>When a day begins; in the UK no clock is ever changed at midnight.</summary>
    public static DateTime MidnightUtc(DateOnly day) => ToUtc(day.ToDateTime(TimeOnly.MinValue)).Utc;

    public static DateOnly Today(this TimeProvider clock) => DayOf(clock.GetUtcNow().UtcDateTime);

    public static DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(FromUtc(utc));

    /// <summary>Reads <c>2026-06-08 09:00</c> (a T between is fine too). Null when it is no time, never happens or happens twice.</summary>
    public static DateTime? Read(string? typed)
    {
        if (!DateTime.TryParseExact(typed?.Trim(), Patterns, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
            return null;
        var (validity, utc) = ToUtc(wall);
        return validity == Validity.Valid ? utc : null;
    }

    static readonly string[] Patterns = ["yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd"];
}
