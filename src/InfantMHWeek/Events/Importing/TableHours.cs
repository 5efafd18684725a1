using System.Globalization;
using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Forms;

namespace InfantMHWeek.Events.Importing;

/// <summary>Hours as tables have them.</summary>
static partial class TableHours
{
    /// <summary>An hour, or two with something between: <c>10.30am - 12 noon</c>, <c>10:30 to 12:00</c>, <c>10-11.30am</c>.</summary>
    public static (TimeOnly From, TimeOnly? To)? Read(string text)
    {
        var plain = text.Trim()
            .Replace("12 noon", "noon", StringComparison.OrdinalIgnoreCase)
            .Replace("12noon", "noon", StringComparison.OrdinalIgnoreCase);
        if (One(plain) is { } only)
            return (only, null);
        foreach (var between in Between().Matches(plain).AsEnumerable())
        {
            var (first, second) = (plain[..between.Index], plain[(between.Index + between.Length)..]);
            if (One(second) is not { } to)
                continue;
            // "10-11.30am": the half of the day is said once.
            var half =
                second.Trim().EndsWith("pm", StringComparison.OrdinalIgnoreCase) ? "pm"
                : second.Trim().EndsWith("am", StringComparison.OrdinalIgnoreCase) ? "am"
                : "";
            if (half.Length > 0 && char.IsAsciiDigit(first.Trim() is [.., var last] ? last : 'x'))
            {
                if (One(first.Trim() + half) is { } same && same < to)
                    return (same, to);
                return One(first.Trim() + (half == "pm" ? "am" : "pm")) is { } other && other < to ? (other, to) : null;
            }
            if (One(first) is { } from)
                return (from, to);
        }
        return null;
    }

    static TimeOnly? One(string text)
    {
        var plain = text.Trim().TrimEnd('.');
        if (plain.StartsWith("from ", StringComparison.OrdinalIgnoreCase))
            plain = plain[5..];
        if (
            TimeOnly.TryParseExact(
                plain,
                ["HH:mm:ss", "H:mm:ss", "h:mm:ss tt", "h'h'mm", "H'h'mm"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var exact
            )
        )
            return new(exact.Hour, exact.Minute);
        // A part of a day, as a spreadsheet counts hours.
        if (
            plain.StartsWith("0.", StringComparison.Ordinal)
            && double.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part)
        )
            return TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(Math.Min(1439, Math.Round(part * 1440))));
        return TimeInput.TryRead(
            plain.Replace("a.m", "am", StringComparison.OrdinalIgnoreCase).Replace("p.m", "pm", StringComparison.OrdinalIgnoreCase),
            out var time
        )
            ? time
            : null;
    }

    [GeneratedRegex(
        @"\s*[-–—]\s*|\s+(to|until|till)\s+",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Between();
}
