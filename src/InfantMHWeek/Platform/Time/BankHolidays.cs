using System.Collections.Concurrent;

namespace InfantMHWeek.Platform.Time;

/// <summary>Whose holidays are meant: bank holidays and school years differ by nation.</summary>
public enum HolidayNation
{
    None,
    England,
    Wales,
    Scotland,
    NorthernIreland,
}

/// <summary>
/// The bank holidays of each nation, computed: the Banking and Financial Dealings Act 1971 with the days that are proclaimed each year,
/// Easter by the Gregorian rule, and a day that falls on a weekend moved to the next free weekday. One-off days (a coronation) are
/// not here.
/// </summary>
static class BankHolidays
{
    /// <summary>Why people are off on this day; null if it is no bank holiday there.</summary>
    public static string? NameOf(DateOnly day, HolidayNation nation) =>
        nation == HolidayNation.None
            ? null
            : Years.GetOrAdd((day.Year, nation), y => Of(y.Year, y.Nation).ToDictionary(h => h.Day, h => h.Name)).GetValueOrDefault(day);

    static readonly ConcurrentDictionary<(int Year, HolidayNation Nation), Dictionary<DateOnly, string>> Years = new();

    /// <summary>In order; both the day itself and its substitute.</summary>
    public static IEnumerable<(DateOnly Day, string Name)> Of(int year, HolidayNation nation)
    {
        var named = Named(year, nation).ToList();
        var taken = named.Select(h => h.Day).ToHashSet();
        foreach (var (day, name) in named.ToList())
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                var instead = day;
                while (instead.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || taken.Contains(instead))
                    instead = instead.AddDays(1);
                taken.Add(instead);
                named.Add((instead, name + " (substitute day)"));
            }
        return named.OrderBy(h => h.Day);
    }

    static IEnumerable<(DateOnly Day, string Name)> Named(int year, HolidayNation nation)
    {
        var easter = Easter(year);
        yield return (new(year, 1, 1), "New Year’s Day");
        if (nation == HolidayNation.Scotland)
            yield return (new(year, 1, 2), "2 January");
        if (nation == HolidayNation.NorthernIreland)
            yield return (new(year, 3, 17), "St Patrick’s Day");
        yield return (easter.AddDays(-2), "Good Friday");
        if (nation != HolidayNation.Scotland)
            yield return (easter.AddDays(1), "Easter Monday");
        yield return (MondayFrom(new(year, 5, 1)), "Early May bank holiday");
        yield return (MondayFrom(new(year, 5, 25)), "Spring bank holiday");
        if (nation == HolidayNation.NorthernIreland)
            yield return (new(year, 7, 12), "Battle of the Boyne");
        yield return (MondayFrom(nation == HolidayNation.Scotland ? new(year, 8, 1) : new(year, 8, 25)), "Summer bank holiday");
        if (nation == HolidayNation.Scotland)
            yield return (new(year, 11, 30), "St Andrew’s Day");
        yield return (new(year, 12, 25), "Christmas Day");
        yield return (new(year, 12, 26), "Boxing Day");
    }

    /// <summary>The first Monday on or after a day.</summary>
    internal static DateOnly MondayFrom(DateOnly day) => day.AddDays((8 - (int)day.DayOfWeek) % 7);

    /// <summary>Easter Sunday, by the rule of Meeus, Jones and Butcher.</summary>
    public static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        return new(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    }
}
