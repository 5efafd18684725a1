using System.Globalization;

namespace InfantMHWeek.Platform.Forms;

/// <summary>
/// A date as typed into three boxes; <c>date-field</c> shows it. Nothing is guessed: 8/6/2026 is 8 June because the boxes say so.
/// </summary>
sealed record DateFields
{
    public string? Day { get; init; }
    public string? Month { get; init; }
    public string? Year { get; init; }

    public bool Empty => string.IsNullOrWhiteSpace(Day + Month + Year);

    public static DateFields Of(DateOnly date) =>
        new()
        {
            Day = date.Day.ToString(CultureInfo.InvariantCulture),
            Month = date.Month.ToString(CultureInfo.InvariantCulture),
            Year = date.Year.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>The month may be written out.</summary>
    public bool TryRead(out DateOnly date)
    {
        date = default;
        if (
            !int.TryParse(Day?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var day)
            || !int.TryParse(Year?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        )
            return false;
        if (
            MonthNumber(Month?.Trim() ?? "") is not { } month
            || year is < 1900 or > 2200
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
        )
            return false;
        date = new(year, month, day);
        return true;
    }

    static int? MonthNumber(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number is >= 1 and <= 12 ? number : null;
        var names = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;
        return text.Length < 3 ? null
            : Array.FindIndex(names, n => n.StartsWith(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index and < 12 ? index + 1
            : null;
    }
}

/// <summary>A time of day as people type it: 18:30, 18.30, 1830, 6.30pm, 6 pm, noon.</summary>
static class TimeInput
{
    public static bool TryRead(string? text, out TimeOnly time)
    {
        var plain = (text ?? "").Trim().ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal).Replace('.', ':');
        if (plain is "noon" or "midday")
            plain = "12:00";
        if (plain.Length is 3 or 4 && plain.All(char.IsAsciiDigit))
            plain = plain[..^2] + ":" + plain[^2..];
        return TimeOnly.TryParseExact(plain, ["H:mm", "h:mmtt", "htt"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    public static string InWords(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
