using System.Globalization;

namespace InfantMHWeek.Platform.Time;

/// <summary>Moments as staff read and write them: the clock on a UK wall.</summary>
public static class UkTimeInWords
{
    static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary><c>8 June 2026, 09:00</c>.</summary>
    public static string InUkTime(this DateTime utc) => UkTime.FromUtc(utc).ToString("d MMMM yyyy, HH:mm", British);

    /// <summary><c>on 3 May at 9am (UK time)</c>; with its year where that is another one.</summary>
    public static string InWords(this DateTime utc, DateTime now)
    {
        var wall = UkTime.FromUtc(utc);
        var day = wall.ToString(wall.Year == UkTime.FromUtc(now).Year ? "d MMMM" : "d MMMM yyyy", British);
        var hour = wall is { Hour: 0, Minute: 0 } ? "midnight" : wall is { Hour: 12, Minute: 0 } ? "noon" : wall.ToString(wall.Minute == 0 ? "%h" : "h.mm", British) + (wall.Hour < 12 ? "am" : "pm");
        return $"on {day} at {hour} (UK time)";
    }

    /// <summary>Reads <c>2026-06-08 09:00</c> (a T between is fine too). Null when it is no time, never happens or happens twice.</summary>
    public static DateTime? Read(string? typed)
    {
        if (!DateTime.TryParseExact(typed?.Trim(), ["yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall)) return null;
        var (answer, utc) = UkTime.ToUtc(wall);
        return answer == UkTime.Answer.Fine ? utc : null;
    }
}
