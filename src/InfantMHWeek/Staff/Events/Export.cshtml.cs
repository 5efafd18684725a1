using System.Globalization;
using System.Text;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Events;

/// <summary>All events as a table for a spreadsheet; no private contact is in it, and no cell can become a formula.</summary>
public sealed class ExportModel(SiteDb db, SiteStore store, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var table = new StringBuilder("Id,State,Name,Organiser,First date,Last date,How,Town,Region\r\n");
        await foreach (var e in db.Set<Event>().AsNoTracking().Where(e => e.SentAt != null && e.ConfirmedAt != null).OrderBy(e => e.Id).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var (d, days) = (e.Latest, e.Latest.Schedule.All().ToList());
            table.AppendJoin(',', new[] { e.Id.ToString(), StateLabels.Of(e.State), d.Title, d.Organiser, Day(days.FirstOrDefault()), Day(days.LastOrDefault()), EventLabels.NameOf(d.Attendance), d.Town, Regions.NameOf(d.Region) }.Select(Cell)).Append("\r\n");
        }
        await store.WriteAsync(db =>
        {
            db.Record(clock, User, "downloaded the events");
            return Task.CompletedTask;
        }, cancel);
        return File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(table.ToString())).ToArray(), "text/csv; charset=utf-8", "events.csv");
    }

    static string Day(EventTime? time) => time?.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A spreadsheet runs what begins with one of these; an apostrophe makes it text.</summary>
    internal static string Cell(string text) => $"\"{(text.Length > 0 && "=+-@\t\r\n＝＋－＠".Contains(text[0], StringComparison.Ordinal) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
