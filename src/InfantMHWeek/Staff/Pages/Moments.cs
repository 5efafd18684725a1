using System.Globalization;
using InfantMHWeek.Platform;

namespace InfantMHWeek.Staff.Pages;

/// <summary>Moments as staff read and write them: the clock on a UK wall.</summary>
public static class Moments
{
    static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary><c>8 June 2026, 09:00</c>.</summary>
    public static string UkMoment(this DateTime utc) => UkTime.FromUtc(utc).ToString("d MMMM yyyy, HH:mm", British);

    /// <summary>Reads <c>2026-06-08 09:00</c> (a T between is fine too). Null when it is no time, never happens or happens twice.</summary>
    public static DateTime? Read(string? typed)
    {
        if (!DateTime.TryParseExact(typed?.Trim(), ["yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall)) return null;
        var (answer, utc) = UkTime.ToUtc(wall);
        return answer == UkTime.Answer.Fine ? utc : null;
    }
}
