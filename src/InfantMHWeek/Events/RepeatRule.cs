using System.Globalization;

namespace InfantMHWeek.Events;

/// <summary>
/// How a group repeats, in the words of RFC 5545: each week or each month, every one or every second and so on, on some weekdays or on a
/// day of the month.
/// </summary>
/// <param name="Days">In a month each with its number: 1 to 5, or -1 for the last one; in a week without.</param>
/// <param name="MonthDay">1 to 31, or -1 for the last day; 0 where it goes by weekdays.</param>
sealed record RepeatRule(bool Monthly, int Interval, IReadOnlyList<(int Number, DayOfWeek Day)> Days, int MonthDay = 0)
{
    public const int MostInterval = 12;
    static readonly string[] Names = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    public static RepeatRule Weekly(int interval, params IEnumerable<DayOfWeek> days) =>
        new(Monthly: false, interval, [.. days.Distinct().OrderBy(FromMonday).Select(d => (0, d))]);

    public static int FromMonday(DayOfWeek day) => ((int)day + 6) % 7;

    /// <summary>The text as it is kept, and stands in calendars without its end.</summary>
    public override string ToString()
    {
        var text = Monthly ? "FREQ=MONTHLY" : "FREQ=WEEKLY";
        if (Interval > 1)
            text += string.Create(CultureInfo.InvariantCulture, $";INTERVAL={Interval}");
        if (MonthDay != 0)
            return text + string.Create(CultureInfo.InvariantCulture, $";BYMONTHDAY={MonthDay}");
        return text + ";BYDAY=" + string.Join(',', Days.Select(Name));
    }

    /// <summary><c>TU</c>, <c>1TU</c>, <c>-1FR</c>.</summary>
    public static string Name((int Number, DayOfWeek Day) on) =>
        (on.Number == 0 ? "" : on.Number.ToString(CultureInfo.InvariantCulture)) + Names[(int)on.Day];

    /// <returns>Null for a rule of another kind than these.</returns>
    public static RepeatRule? Parse(string? text)
    {
        var (monthly, interval, monthDay, days) = (false, 1, 0, new List<(int, DayOfWeek)>());
        foreach (var part in (text ?? "").ToUpperInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries))
            switch (part.Split('=', 2))
            {
                case ["FREQ", "WEEKLY" or "MONTHLY"]:
                    monthly = part.EndsWith("MONTHLY", StringComparison.Ordinal);
                    break;
                case ["INTERVAL", var n] when Number(n) is > 0 and <= MostInterval and var number:
                    interval = number;
                    break;
                case ["BYMONTHDAY", var n] when Number(n) is -1 or > 0 and <= 31:
                    monthDay = Number(n);
                    break;
                case ["BYDAY", var list]:
                    foreach (var name in list.Split(','))
                    {
                        if (name.Length < 2 || Array.IndexOf(Names, name[^2..]) is not (>= 0 and var day))
                            return null;
                        days.Add((name.Length == 2 ? 0 : Number(name[..^2]), (DayOfWeek)day));
                    }
                    break;
                case ["WKST", "MO"]:
                    break;
                default:
                    return null;
            }
        var rule = new RepeatRule(monthly, interval, [.. days.Distinct().OrderBy(Order)], monthDay);
        return rule.Makes ? rule : null;
    }

    static int Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 99;

    static (int, int) Order((int Number, DayOfWeek Day) on) => (on.Number < 0 ? 9 : on.Number, FromMonday(on.Day));

    bool Makes =>
        Monthly
            ? MonthDay != 0
                ? Days.Count == 0
                : Days.Count > 0 && Days.All(d => d.Number is -1 or >= 1 and <= 5)
            : MonthDay == 0 && Days.Count > 0 && Days.All(d => d.Number == 0);

    /// <summary>Its days, in order, without end but for the last day that is asked for.</summary>
    /// <param name="start">The first one; weeks and months are counted from it.</param>
    public IEnumerable<DateOnly> Between(DateOnly start, DateOnly from, DateOnly to)
    {
        if (from < start)
            from = start;
        return (Monthly ? Months(start, from, to) : Weeks(start, from, to)).Where(d => d >= from && d <= to);
    }

    IEnumerable<DateOnly> Weeks(DateOnly start, DateOnly from, DateOnly to)
    {
        var (monday, step) = (start.AddDays(-FromMonday(start.DayOfWeek)), 7 * Interval);
        for (var week = monday.AddDays((from.DayNumber - monday.DayNumber) / step * step); week <= to; week = week.AddDays(step))
            foreach (var (_, day) in Days)
                yield return week.AddDays(FromMonday(day));
    }

    IEnumerable<DateOnly> Months(DateOnly start, DateOnly from, DateOnly to)
    {
        var first = new DateOnly(start.Year, start.Month, 1);
        var gone = (from.Year - first.Year) * 12 + from.Month - first.Month;
        for (var month = first.AddMonths(gone / Interval * Interval); month <= to; month = month.AddMonths(Interval))
            foreach (var day in InMonth(month).Distinct().Order())
                yield return day;
    }

    IEnumerable<DateOnly> InMonth(DateOnly month)
    {
        var length = DateTime.DaysInMonth(month.Year, month.Month);
        if (MonthDay != 0)
        {
            if (MonthDay <= length)
                yield return month.AddDays((MonthDay < 0 ? length : MonthDay) - 1);
            yield break;
        }
        foreach (var (number, day) in Days)
        {
            var first = ((int)day - (int)month.DayOfWeek + 7) % 7;
            var at = number > 0 ? first + 7 * (number - 1) : first + (length - 1 - first) / 7 * 7;
            if (at < length)
                yield return month.AddDays(at);
        }
    }
}
