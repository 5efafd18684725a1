using System.Globalization;
using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Forms;

namespace InfantMHWeek.Events.Importing;

/// <summary>Days, alone or with their hours, as tables have them.</summary>
static partial class TableTime
{
    static readonly string[] Joined = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    static readonly string[] Worded =
    [
        "MMMM d, yyyy",
        "MMM d, yyyy",
        "MMMM d yyyy",
        "MMM d yyyy",
        "dddd, MMMM d, yyyy",
        "ddd, MMM d, yyyy",
    ];

    /// <summary>What a cell says of a moment: its day, its hour, and where both ends stand in it, the other.</summary>
    /// <param name="Unclear">Day and month could be either.</param>
    public readonly record struct Said(DateOnly? Day, TimeOnly? From, TimeOnly? To, bool Unclear = false);

    public static Said Read(string cell, DayOrder order, DateOnly today)
    {
        var text = cell.Trim();
        if (DateTime.TryParseExact(text, Joined, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return new(DateOnly.FromDateTime(moment), TimeOnly.FromDateTime(moment), null);
        if (TableHours.Read(text) is { } hours)
            return new(null, hours.From, hours.To);
        var day = Day(text, order, today);
        if (day.Day is not null || day.Unclear)
            return day;
        // A day with its hours behind it: 08/06/2027 10:30, Tuesday 8 June 2027 at 10am - 11.30am.
        foreach (var gap in Gap().Matches(text).Reverse())
            if (TableHours.Read(text[(gap.Index + gap.Length)..]) is { } behind && Day(text[..gap.Index], order, today) is var before)
                if (before.Day is not null || before.Unclear)
                    return before with { From = behind.From, To = behind.To };
        return default;
    }

    /// <summary>Which of two numbers is the day, if the cells of a column show it.</summary>
    public static DayOrder OrderOf(IEnumerable<string> cells)
    {
        var (day, month) = (false, false);
        foreach (var cell in cells)
            if (Numbers().Match(cell) is { Success: true } match)
                (day, month) = (day || Number(match.Groups["a"]) > 12, month || Number(match.Groups["b"]) > 12);
        return day == month ? DayOrder.NotSaid
            : day ? DayOrder.DayFirst
            : DayOrder.MonthFirst;
    }

    static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    static Said Day(string text, DayOrder order, DateOnly today)
    {
        text = text.Trim().TrimEnd(',', '.');
        if (Numbers().Match(text) is { Success: true } match)
            return ByNumbers(match, order);
        // A spreadsheet's own count of days, where the cell is not shown as a date.
        if (
            text.Length == 5
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is > 40000 and < 60000
        )
            return new(DateOnly.FromDateTime(DateTime.FromOADate(days)), null, null);
        if (DateOnly.TryParseExact(text, Worded, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var worded))
            return new(worded, null, null);
        // A year that nobody wrote is not guessed.
        var plain = Dashes().Replace(text, " ");
        return new(Year().IsMatch(plain) ? DateParser.Read(plain, today) : null, null, null);
    }

    static Said ByNumbers(Match match, DayOrder order)
    {
        var (a, b, year) = (Number(match.Groups["a"]), Number(match.Groups["b"]), Number(match.Groups["year"]));
        year += year < 100 ? 2000 : 0;
        DateOnly? Try(int day, int month) =>
            month is >= 1 and <= 12 && day >= 1 && year is >= 1900 and <= 2200 && day <= DateTime.DaysInMonth(year, month)
                ? new(year, month, day)
                : null;
        var (dayFirst, monthFirst) = (Try(a, b), Try(b, a));
        if (match.Groups["weekday"] is { Success: true } weekday && dayFirst != monthFirst)
        {
            bool Fits(DateOnly? day) =>
                day?.DayOfWeek.ToString().StartsWith(weekday.Value[..3], StringComparison.OrdinalIgnoreCase) == true;
            return new(
                Fits(dayFirst) ? dayFirst
                    : Fits(monthFirst) ? monthFirst
                    : null,
                null,
                null
            );
        }
        return order switch
        {
            DayOrder.DayFirst => new(dayFirst, null, null),
            DayOrder.MonthFirst => new(monthFirst, null, null),
            _ when dayFirst == monthFirst || monthFirst is null => new(dayFirst, null, null),
            _ when dayFirst is null => new(monthFirst, null, null),
            _ => new(null, null, null, Unclear: true),
        };
    }

    [GeneratedRegex(
        @"^((?<weekday>(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})\.?,?\s+)?"
            + @"(?<a>\d{1,2})\s?[/.-]\s?(?<b>\d{1,2})\s?[/.-]\s?(?<year>\d{4}|\d{2})$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Numbers();

    [GeneratedRegex(
        @"\b(19|20)\d{2}\b|\b[a-z]{3,9} \d{2}$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Year();

    /// <summary><c>8-Jun-27</c>.</summary>
    [GeneratedRegex(@"(?<=\d)-(?=[a-z])|(?<=[a-z])-(?=\d)", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Dashes();

    [GeneratedRegex(@",?\s+(at\s+)?|T", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Gap();
}
