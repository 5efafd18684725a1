using System.Globalization;
using System.Text;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Tables;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Events;

/// <summary>All events as a table for a spreadsheet; no private contact is in it, and no cell can become a formula.</summary>
sealed class ExportModel(SiteDb db, SiteStore store, TimeProvider clock) : PageModel
{
    static readonly string[] Columns = ["Id", "State", "Name", "Organiser", "First date", "Last date", "How", "Town", "Region"];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var events = await db.Set<Event>()
            .AsNoTracking()
            .Where(e => e.SentAt != null && e.ConfirmedAt != null)
            .OrderBy(e => e.Id)
            .ToListAsync(cancel);
        await store.WriteAsync(
            db =>
            {
                db.Record(clock, User, "downloaded the events");
                return Task.CompletedTask;
            },
            cancel
        );
        return File(
            Encoding.UTF8.GetBytes(TableWriter.Write(Columns, events.Select(Row), always: true)),
            "text/csv; charset=utf-8",
            "events.csv"
        );
    }

    static string[] Row(Event e)
    {
        var (d, days) = (e.Latest, e.Latest.Schedule.All().ToList());
        return
        [
            e.Id.ToString(),
            StateLabels.Of(e.State),
            d.Title,
            d.Organiser,
            Day(days.FirstOrDefault()),
            Day(days.LastOrDefault()),
            EventLabels.NameOf(d.Attendance),
            d.Town,
            Regions.NameOf(d.Region),
        ];
    }

    static string Day(EventTime? time) => time?.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
