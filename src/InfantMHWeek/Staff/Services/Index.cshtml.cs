using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
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
public sealed class IndexModel(SiteDb db, SiteStore store, ServiceModeration desk, IOptions<ServiceSettings> settings, TimeProvider clock)
    : PageModel
{
    const int MostShown = 200;

    public sealed record Line(
        Guid Id,
        int Revision,
        string Title,
        string Organisation,
        string Where,
        ServiceState State,
        DateOnly? CheckedOn,
        DateTime? Since,
        bool Late,
        IReadOnlyList<string> Risks,
        IReadOnlyList<LikeService> Like
    )
    {
        public string Key => $"{Id:N}.{Revision}";
    }

    public sealed record Report(Guid Id, Guid ServiceId, string Title, string What, string Words, DateTime At);

    /// <param name="Fresh">Checked within half a year.</param>
    /// <param name="Older">Checked before that.</param>
    /// <param name="Never">Nobody has said that it is right.</param>
    public sealed record Freshness(string Where, int Fresh, int Older, int Never)
    {
        public int All => Fresh + Older + Never;
        public int Percent => All == 0 ? 0 : (int)Math.Round(100.0 * Fresh / All);
    }

    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    /// <summary>Those ticked, each with the version that was on the screen.</summary>
    [BindProperty]
    public IReadOnlyList<string> Chosen { get; set; } = [];

    [BindProperty]
    public string? Reply { get; set; }

    [TempData]
    public string? Told { get; set; }

    public IReadOnlyList<Report> Reports { get; private set; } = [];
    public IReadOnlyList<Line> Queue { get; private set; } = [];
    public IReadOnlyList<Line> Others { get; private set; } = [];
    public IReadOnlyList<Freshness> Fresh { get; private set; } = [];

    public IReadOnlyList<Line> Gone { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public Task<IActionResult> OnPostApproveAsync(CancellationToken cancel) => DecideAsync(ServiceVerdict.Approve, "approved", cancel);

    public Task<IActionResult> OnPostAskAsync(CancellationToken cancel) => DecideAsync(ServiceVerdict.Ask, "asked", cancel);

    public Task<IActionResult> OnPostAgainAsync(CancellationToken cancel) => DecideAsync(ServiceVerdict.AskAgain, "asked again", cancel);

    public Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancel) =>
        DecideAsync(ServiceVerdict.Withdraw, "taken off the website", cancel);

    /// <summary>Each is decided by itself, on the version that was on the screen; what was changed meanwhile is left, and said.</summary>
    async Task<IActionResult> DecideAsync(ServiceVerdict verdict, string what, CancellationToken cancel)
    {
        var chosen = Chosen.Select(Read).OfType<(Guid Id, int Revision)>().Distinct().Take(2 * MostShown).ToList();
        if (chosen.Count == 0)
            ModelState.AddModelError(nameof(Chosen), "Choose at least one service.");
        var words = ModelState.Lines(
            nameof(Reply),
            Reply,
            FamilyService.MaxWords,
            verdict == ServiceVerdict.Ask ? "Write what the organisations should read." : null
        ) ?? "";
        if (!ModelState.IsValid)
        {
            await LoadAsync(cancel);
            return Page();
        }
        var answers = new List<Decision?>();
        foreach (var (id, revision) in chosen)
            answers.Add(await desk.DecideAsync(id, revision, verdict, User, words, cancel));
        var (done, changed) = (answers.Count(a => a == Decision.Done), answers.Count(a => a == Decision.ChangedMeanwhile));
        Told =
            $"{done} {what}."
            + (changed > 0 ? $" {changed} changed after you opened this page and left as they were: please read them again." : "")
            + (
                answers.Count - done - changed is > 0 and var others ? $" {others} left as they were: it is not possible for them now." : ""
            );
        return Redirect("/staff/services");
    }

    static (Guid, int)? Read(string key) =>
        key.Split('.') is [var id, var revision]
        && Guid.TryParseExact(id, "N", out var found)
        && int.TryParse(revision, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (found, number)
            : null;

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
        var waiting = await all.Where(s => s.WaitingSince != null && s.WithdrawnAt == null)
            .OrderBy(s => s.WaitingSince)
            .Take(MostShown)
            .ToListAsync(cancel);
        var index = waiting.Count > 0 ? await ServiceDuplicates.LoadAsync(db, cancel) : null;
        Queue = [.. waiting.Select(s => LineOf(s, index?.Like(s.Id, s.Latest) ?? []))];
        Others = await LinesAsync(ServiceList.Sought(all, Words).OrderByDescending(s => s.Id), cancel);
        Gone = await LinesAsync(
            all.Where(s => s.GoneAtSourceAt != null && s.WithdrawnAt == null && s.ClosedAt == null).OrderBy(s => s.GoneAtSourceAt),
            cancel
        );
        Fresh = await FreshnessAsync(cancel);
    }

    async Task<IReadOnlyList<Line>> LinesAsync(IQueryable<FamilyService> services, CancellationToken cancel) =>
        [.. (await services.Take(MostShown).ToListAsync(cancel)).Select(s => LineOf(s, []))];

    Line LineOf(FamilyService s, IReadOnlyList<LikeService> like) =>
        new(
            s.Id,
            s.Revision,
            s.Latest.Title,
            s.Latest.Organisation,
            string.Join(", ", s.Latest.Places.Select(p => p.Town).Distinct(StringComparer.Ordinal).Take(3)),
            s.State,
            s.CheckedOn,
            s.WaitingSince,
            s.WaitingSince is { } since && settings.Value.LateFrom(since) < clock.GetUtcNow().UtcDateTime,
            [.. ServiceRisks.Of(s)],
            like
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
