using System.Text.RegularExpressions;

namespace InfantMHWeek.Events.Importing;

/// <summary>The clocks of the world by the many names that calendars have for them.</summary>
static partial class CalendarClocks
{
    public const string London = "Europe/London",
        Utc = "UTC";

    /// <summary>
    /// The name by which everybody knows the clock; none is taken for the one on a wall in the UK. Null for one that nobody knows.
    /// </summary>
    /// <param name="described">The offsets of the clocks that the file itself describes.</param>
    public static string? NameOf(string zone, IReadOnlyDictionary<string, (string? Standard, string? Daylight)> described)
    {
        if (zone.Length is 0 or > 120)
            return zone.Length == 0 ? London : null;
        if (zone is "Z" or "UTC" or "GMT" or "Etc/UTC" or "Etc/GMT" or "tzone://Microsoft/Utc")
            return Utc;
        if (zone is "GB" or "BST" or "GMT Standard Time" || zone.Contains("London", StringComparison.OrdinalIgnoreCase))
            return London;
        // Some write a path in front: /freeassociation.sourceforge.net/Europe/Paris.
        if (Path().Match(zone) is { Success: true } path && Known(path.Value) is { } found)
            return found;
        if (Known(zone) is { } known)
            return known;
        return described.GetValueOrDefault(zone) is ("+0000" or "-0000" or "+000000", "+0100" or "+010000") ? London : null;
    }

    static string? Known(string zone) =>
        TimeZoneInfo.TryConvertWindowsIdToIanaId(zone, out var iana) ? iana
        : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId ? zone
        : null;

    [GeneratedRegex(
        "(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z_/-]{2,40}$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Path();
}
