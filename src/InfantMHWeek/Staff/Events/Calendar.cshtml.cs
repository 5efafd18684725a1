using System.Globalization;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Events;

/// <summary>A month of approved events, and one of its days.</summary>
sealed class CalendarModel(SiteDb db, EventFinder finder, EventLister lister, PageClock clock) : PageModel
{
    public const int MostOfDay = 500;
    const string Format = "yyyy-MM";

    /// <summary>The month: <c>2026-12</c>.</summary>
    [BindProperty(SupportsGet = true, Name = "month")]
    public string? Asked { get; set; }

    /// <summary>One day of it.</summary>
    [BindProperty(SupportsGet = true, Name = "day")]
    public string? AskedDay { get; set; }

    public DateOnly Today { get; private set; }
    public DateOnly First { get; private set; }
    public DateOnly? Day { get; private set; }
    public IReadOnlyDictionary<DateOnly, int> Month { get; private set; } = new Dictionary<DateOnly, int>();
    public int Count => Month.Values.Sum();
    public IReadOnlyList<EventRow> Rows { get; private set; } = [];
    public bool More => Day is { } day && Month.GetValueOrDefault(day) > Rows.Count;
    public (DateOnly From, DateOnly To)? Week => lister.Week;

    public string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string PathOf(DateOnly month) => "/staff/events/calendar?month=" + month.ToString(Format, CultureInfo.InvariantCulture);

    public string PathOfDay(DateOnly day) => $"{PathOf(day)}&day={Iso(day)}#day";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Today = clock.Today();
        First =
            DateOnly.TryParseExact(Asked, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            && month.Year is > 2000 and < 2200
                ? month
                : new(Today.Year, Today.Month, 1);
        var last = First.AddMonths(1).AddDays(-1);
        var (from, to) = (UkTime.MidnightUtc(First).AddDays(-Schedule.MostDays), UkTime.MidnightUtc(last.AddDays(1)));
        Month = await db.Set<EventDate>()
            .Where(d => d.StartUtc >= from && d.StartUtc < to && d.Day >= First && d.Day <= last)
            .GroupBy(d => d.Day)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        if (
            DateOnly.TryParseExact(AskedDay, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day >= First
            && day <= last
        )
            await ReadAsync(day, cancel);
    }

    async Task ReadAsync(DateOnly day, CancellationToken cancel)
    {
        Day = day;
        var query = new EventQuery
        {
            FromUtc = UkTime.MidnightUtc(day),
            ToUtc = UkTime.MidnightUtc(day.AddDays(1)),
            EndsAfterUtc = UkTime.MidnightUtc(day),
            EveryDate = true,
            Take = MostOfDay,
        };
        Rows = await db.RowsAsync(await finder.FindAsync(query, cancel), clock.GetUtcNow().UtcDateTime, cancel);
    }
}
