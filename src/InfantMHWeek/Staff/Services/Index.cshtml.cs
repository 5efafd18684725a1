using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Finding;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Staff.Services;

/// <summary>What readers report, what waits for a decision, how fresh the directory is, and a search over all of it.</summary>
[FormPage]
public sealed class IndexModel(SiteDb db, SiteStore store, IOptions<ServiceSettings> settings, TimeProvider clock) : PageModel
{
    const int MostShown = 200,
        MostWords = 60;

    public sealed record Line(
        Guid Id,
        string Title,
        string Organisation,
        string Where,
        ServiceState State,
        DateOnly? CheckedOn,
        DateTime? Since,
        bool Late,
        IReadOnlyList<string> Risks
    );

    public sealed record Report(Guid Id, Guid ServiceId, string Title, string What, string Words, DateTime At);

    /// <param name="Fresh">Checked within half a year.</param>
    /// <param name="Older">Checked before that.</param>
    /// <param name="Never">Nobody has said that it is right.</param>
    public sealed record Freshness(string Where, int Fresh, int Older, int Never);

    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    [TempData]
    public string? Told { get; set; }

    public IReadOnlyList<Report> Reports { get; private set; } = [];
    public IReadOnlyList<Line> Queue { get; private set; } = [];
    public IReadOnlyList<Line> Others { get; private set; } = [];
    public IReadOnlyList<Freshness> Fresh { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostCloseAsync(Guid id, CancellationToken cancel)
    {
        var closedBy = await store.WriteAsync(
            async db =>
            {
                if (await db.Set<ServiceReport>().FirstOrDefaultAsync(r => r.Id == id, cancel) is not { } report)
                    return null;
                if (report.Close(User.StaffName(), clock.GetUtcNow()))
                    db.Record(clock, User, "closed a report about a service", report.ServiceId.ToString());
                return report.ClosedBy;
            },
            cancel
        );
        if (closedBy is null)
            return NotFound();
        Told = closedBy == User.StaffName() ? "The report is closed." : $"{closedBy} had closed this report already.";
        return Redirect("/staff/services");
    }

    async Task LoadAsync(CancellationToken cancel)
    {
        var reports = await db.Set<ServiceReport>()
            .AsNoTracking()
            .Where(r => r.ClosedAt == null)
            .OrderByDescending(r => r.What == "unsafe")
            .ThenBy(r => r.At)
            .Take(MostShown)
            .Join(db.Set<FamilyService>(), r => r.ServiceId, s => s.Id, (r, s) => new { Report = r, s.Live })
            .ToListAsync(cancel);
        Reports =
        [
            .. reports.Select(r => new Report(
                r.Report.Id,
                r.Report.ServiceId,
                r.Live?.Title ?? "A service",
                ServiceReport.Kinds.FirstOrDefault(k => k.Slug == r.Report.What).Name ?? r.Report.What,
                r.Report.Words,
                r.Report.At
            )),
        ];
        var all = db.Set<FamilyService>().AsNoTracking();
        Queue = await LinesAsync(all.Where(s => s.WaitingSince != null && s.WithdrawnAt == null).OrderBy(s => s.WaitingSince), cancel);
        Others = await LinesAsync(Sought(all).OrderByDescending(s => s.Id), cancel);
        Fresh = await FreshnessAsync(cancel);
    }

    /// <summary>By the name of a listed service or by the address of whoever looks after it; without words the newest.</summary>
    IQueryable<FamilyService> Sought(IQueryable<FamilyService> all)
    {
        var words = (Words ?? "").Trim();
        if (words.Length is 0 or > MostWords)
            return all.Where(s => s.SentAt != null && s.ConfirmedAt != null && s.WaitingSince == null);
        if (EmailAddress.TryParse(words, null, out var address))
            return all.Where(s => s.Contact == address);
        var key = string.Concat(TownNames.KeyOf(words).Where(char.IsAsciiLetterOrDigit));
        return all.Where(s => s.Points.Any(p => p.SortKey.Contains(key)));
    }

    async Task<IReadOnlyList<Line>> LinesAsync(IQueryable<FamilyService> services, CancellationToken cancel) =>
        [.. (await services.Take(MostShown).ToListAsync(cancel)).Select(LineOf)];

    Line LineOf(FamilyService s) =>
        new(
            s.Id,
            s.Latest.Title,
            s.Latest.Organisation,
            string.Join(", ", s.Latest.Places.Select(p => p.Town).Distinct(StringComparer.Ordinal).Take(3)),
            s.State,
            s.CheckedOn,
            s.WaitingSince,
            s.WaitingSince is { } since && settings.Value.LateFrom(since) < clock.GetUtcNow().UtcDateTime,
            [.. ServiceRisks.Of(s)]
        );

    async Task<IReadOnlyList<Freshness>> FreshnessAsync(CancellationToken cancel)
    {
        var (halfYear, listed) = (clock.Today().AddDays(-183), db.Set<FamilyService>().WherePublic().Where(s => s.ClosedAt == null));
        var rows = await db.Set<ServicePoint>()
            .Where(p => p.Region != Region.None && (p.Tags & ServiceTags.FirstOfRegion) != 0)
            .Join(listed, p => p.ServiceId, s => s.Id, (p, s) => new { p.Region, s.CheckedOn })
            .GroupBy(r => r.Region)
            .Select(g => new
            {
                g.Key,
                All = g.Count(),
                Checked = g.Count(r => r.CheckedOn != null),
                Fresh = g.Count(r => r.CheckedOn >= halfYear),
            })
            .ToListAsync(cancel);
        return
        [
            .. Regions
                .All.Select(t => (t.Name, Row: rows.Find(r => r.Key == t.Region)))
                .Where(t => t.Row is not null)
                .Select(t => new Freshness(t.Name, t.Row!.Fresh, t.Row.Checked - t.Row.Fresh, t.Row.All - t.Row.Checked)),
        ];
    }
}
