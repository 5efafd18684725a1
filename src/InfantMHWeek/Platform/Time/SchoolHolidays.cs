using System.Collections.Concurrent;

namespace InfantMHWeek.Platform.Time;

/// <summary>
/// When schools usually are on holiday, as a suggestion to be checked: each council sets its own days. The rules are of our own
/// making, from the pattern that most councils of a nation follow.
/// </summary>
static class SchoolHolidays
{
    /// <summary>Those that are not over on a day, for a year from then, in order.</summary>
    public static IEnumerable<(DateOnly From, DateOnly To, string Name)> From(DateOnly day, HolidayNation nation) =>
        Between(day, day.AddYears(1).AddDays(-1), nation);

    /// <summary>Those that have one of these days, in order.</summary>
    public static IEnumerable<(DateOnly From, DateOnly To, string Name)> Between(DateOnly from, DateOnly to, HolidayNation nation) =>
        nation == HolidayNation.None
            ? []
            : Enumerable
                .Range(from.Year - 1, to.Year - from.Year + 2)
                .SelectMany(year => Years.GetOrAdd((year, nation), y => [.. Of(y.Year, y.Nation)]))
                .Where(h => h.To >= from && h.From <= to)
                .OrderBy(h => h.From);

    static readonly ConcurrentDictionary<(int Year, HolidayNation Nation), (DateOnly From, DateOnly To, string Name)[]> Years = new();

    static IEnumerable<(DateOnly From, DateOnly To, string Name)> Of(int year, HolidayNation nation)
    {
        var easter = BankHolidays.Easter(year);
        (DateOnly, DateOnly, string) Week(DateOnly from, string name, int days = 4)
        {
            var monday = BankHolidays.MondayFrom(from);
            return (monday, monday.AddDays(days), name);
        }
        var christmas = Week(new(year, 12, 19), "Christmas holidays", 11);
        if (nation == HolidayNation.Scotland)
            return
            [
                Week(new(year, 2, 11), "February break", 2),
                Week(new(year, 4, 1), "Spring holidays", 11),
                (new(year, 6, 28), new(year, 8, 16), "Summer holidays"),
                Week(new(year, 10, 10), "October holidays"),
                christmas,
            ];
        if (nation == HolidayNation.NorthernIreland)
            return
            [
                Week(new(year, 2, 12), "February half-term"),
                (easter.AddDays(-3), easter.AddDays(5), "Easter holidays"),
                (new(year, 7, 1), new(year, 8, 31), "Summer holidays"),
                Week(new(year, 10, 25), "Halloween break"),
                christmas,
            ];
        return
        [
            Week(new(year, 2, 12), "February half-term"),
            easter < new DateOnly(year, 4, 5)
                ? (easter.AddDays(-2), easter.AddDays(12), "Easter holidays")
                : (easter.AddDays(-6), easter.AddDays(5), "Easter holidays"),
            Week(new(year, 5, 25), "May half-term"),
            (new(year, 7, 24), new(year, 8, 31), "Summer holidays"),
            Week(new(year, 10, 24), "October half-term"),
            christmas,
        ];
    }
}
