using System.Globalization;
using System.Text;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Tables;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Services;

/// <summary>
/// All services as a table for a spreadsheet; no private contact and no secret address is in it, and no cell can become a formula.
/// </summary>
sealed class ExportModel(SiteDb db, SiteStore store, TimeProvider clock) : PageModel
{
    static readonly string[] Columns =
    [
        "Id",
        "State",
        "Name",
        "In short",
        "Organisation",
        "Helps with",
        "For",
        "How",
        "Towns",
        "Postcodes",
        "Phone",
        "Email",
        "Website",
        "Cost",
        "Last checked",
        "Listed by",
    ];

    /// <param name="words">As on the list; without them all that was ever sent.</param>
    /// <param name="format"><c>xlsx</c> for a spreadsheet.</param>
    public async Task<IActionResult> OnGetAsync(string? words, string? format, CancellationToken cancel)
    {
        var all = db.Set<FamilyService>().AsNoTracking();
        var services = await (
            string.IsNullOrWhiteSpace(words) ? all.Where(s => s.SentAt != null && s.ConfirmedAt != null) : ServiceList.Sought(all, words)
        )
            .OrderBy(s => s.Id)
            .ToListAsync(cancel);
        await store.WriteAsync(
            db =>
            {
                db.Record(clock, User, "downloaded the services");
                return Task.CompletedTask;
            },
            cancel
        );
        if (format == "xlsx")
            return File(
                TableWriter.Spreadsheet(Columns, services.Select(Row)),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "services.xlsx"
            );
        return File(
            Encoding.UTF8.GetBytes(TableWriter.Write(Columns, services.Select(Row), always: true)),
            "text/csv; charset=utf-8",
            "services.csv"
        );
    }

    static string[] Row(FamilyService s)
    {
        var d = s.Latest.ForPublic();
        return
        [
            s.Id.ToString(),
            ServiceStates.Of(s.State),
            d.Title,
            d.Summary,
            d.Organisation,
            string.Join(", ", ServiceLabels.NamesOf(d.Needs)),
            string.Join(", ", ServiceLabels.NamesOf(d.Audience)),
            string.Join(", ", ServiceLabels.NamesOf(d.Ways)),
            string.Join(", ", d.Places.Select(p => p.Town).Distinct(StringComparer.Ordinal)),
            string.Join(", ", d.Places.Select(p => p.Postcode).Where(p => p.Length > 0)),
            d.Phone,
            d.Email,
            d.Link,
            ServiceLabels.NameOf(d.Cost),
            s.CheckedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            s.Source ?? "",
        ];
    }
}
