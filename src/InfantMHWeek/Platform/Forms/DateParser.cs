using System.Globalization;
using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Platform.Forms;

/// <summary>
/// Reads a day that was typed or pasted in words: <c>Tuesday 8 June 2027</c>, <c>Tues 8th June</c>, <c>8/6/2027</c>, <c>2027-06-08</c>.
/// </summary>
static partial class DateParser
{
    static readonly string[] Patterns =
        ["d MMMM yyyy", "d MMM yyyy", "d MMMM yy", "d MMM yy", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d/M/yy", "yyyy-MM-dd"],
        WithoutYear = ["d MMMM yyyy", "d MMM yyyy", "d/M/yyyy"];

    /// <param name="from">Where no year is given, the day is the first such one that is not before this.</param>
    /// <returns>Null when it cannot be read, or the weekday is not that of the day.</returns>
    public static DateOnly? Read(string text, DateOnly from)
    {
        var parts = Shape().Match(text.Trim());
        if (!parts.Success)
            return null;
        var day = Ordinal().Replace(parts.Groups["day"].Value.Replace(" of ", " ", StringComparison.OrdinalIgnoreCase), "${number}");
        day = day.Replace("Sept ", "Sep ", StringComparison.OrdinalIgnoreCase);
        var weekday = parts.Groups["weekday"].Value;
        return Try(day, Patterns) is { } exact ? Fits(exact, weekday)
            : Next(day, from) is { } next ? Fits(next, weekday)
            : null;
    }

    static DateOnly? Next(string day, DateOnly from) =>
        Enumerable
            .Range(from.Year, 5)
            .Select(year =>
                Try(
                    string.Create(CultureInfo.InvariantCulture, $"{day}{(day.Contains('/', StringComparison.Ordinal) ? '/' : ' ')}{year}"),
                    WithoutYear
                )
            )
            .FirstOrDefault(found => found >= from);

    static DateOnly? Try(string day, string[] patterns) =>
        DateOnly.TryParseExact(day, patterns, TimeInWords.British, DateTimeStyles.AllowWhiteSpaces, out var found) ? found : null;

    static DateOnly? Fits(DateOnly day, string weekday) =>
        weekday.Length == 0 || day.DayOfWeek.ToString().StartsWith(weekday[..3], StringComparison.OrdinalIgnoreCase) ? day : null;

    [GeneratedRegex(
        @"^((?<weekday>(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})\.?,?\s+)?(the\s+)?(?<day>\d\S{0,9}(\s+\S{1,10}){0,3})$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Shape();

    [GeneratedRegex(
        @"\b(?<number>\d{1,2})(st|nd|rd|th)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Ordinal();
}
