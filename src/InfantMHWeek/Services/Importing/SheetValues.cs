using System.Globalization;
using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Tables;

namespace InfantMHWeek.Services.Importing;

/// <summary>What a spreadsheet makes of what people typed into it: numbers lose their noughts, and days become numbers.</summary>
static partial class SheetValues
{
    /// <summary>From 2000 on, as spreadsheets count days.</summary>
    const int FirstDay = 36526;

    [GeneratedRegex(@"^\d(?:[.,]\d+)?E\+?\d{1,3}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shortened { get; }

    [GeneratedRegex(
        @"^(?<first>\d{1,2})[/.](?<second>\d{1,2})[/.](?<year>\d{4})$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex WithSlashes { get; }

    /// <summary>A cell as whoever typed it meant it.</summary>
    /// <param name="dayFirst">As <see cref="DaysComeFirst"/> says of the column.</param>
    public static string Mended(string column, string cell, bool dayFirst) =>
        column switch
        {
            "phone" => Phone(cell),
            "cost" => Cost(cell),
            "checked" => Day(cell, dayFirst),
            _ => cell,
        };

    /// <summary>A long number of which only the beginning was kept: <c>1.13E+09</c>.</summary>
    public static bool IsShortened(string cell) => Shortened.IsMatch(cell);

    /// <summary>A telephone number that was kept as a number has lost its nought, or the plus before 44.</summary>
    static string Phone(string cell)
    {
        var digits = cell.EndsWith(".0", StringComparison.Ordinal) ? cell[..^2] : cell;
        if (!digits.All(char.IsAsciiDigit))
            return cell;
        return digits switch
        {
            ['4', '4', .. var rest] when rest.Length is 9 or 10 => "+44 " + rest,
            [>= '1' and <= '9', ..] when digits.Length is 9 or 10 => "0" + digits,
            _ => digits,
        };
    }

    /// <summary>An amount without its sign is in pounds.</summary>
    static string Cost(string cell) =>
        decimal.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pounds) && pounds > 0
            ? "£" + pounds.ToString(pounds == decimal.Truncate(pounds) ? "0" : "0.00", CultureInfo.InvariantCulture)
            : cell;

    /// <summary>
    /// Whether days with strokes begin with the day in this column: some can be read in no other way, and none only with the month
    /// first. Else nobody knows what 3/4 means.
    /// </summary>
    public static bool DaysComeFirst(TableFile table, int column)
    {
        var cells = table.Rows.Skip(1).Where(r => column >= 0 && column < r.Cells.Count).Select(r => r.Cells[column].Trim());
        var days = cells.Select(c => WithSlashes.Match(c)).Where(m => m.Success).ToList();
        return days.Any(m => Part(m, "first") > 12) && days.TrueForAll(m => Part(m, "second") <= 12);
    }

    /// <summary>A day as the standard writes it, where it can be told; else as it stands.</summary>
    static string Day(string cell, bool dayFirst)
    {
        if (int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > FirstDay and < 2 * FirstDay)
            return Written(DateTime.FromOADate(number));
        var match = WithSlashes.Match(cell);
        return
            match.Success
            && dayFirst
            && DateTime.TryParseExact(
                $"{Part(match, "first")}/{Part(match, "second")}/{Part(match, "year")}",
                "d/M/yyyy",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
            ? Written(day)
            : cell;

        static string Written(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    static int Part(Match match, string name) => int.Parse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
}
