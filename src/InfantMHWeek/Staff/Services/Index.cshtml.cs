using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Staff.Services;

/// <summary>What readers report, what waits for a decision, how fresh the directory is, and a search over all of it.</summary>
[FormPage]
sealed class IndexModel(SiteDb db, SiteStore store, ServiceModeration desk, IOptions<ServiceSettings> settings, TimeProvider clock)
    : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    /// <summary>A nation or region of which only what is stale is listed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Stale { get; set; }

    /// <summary>Those ticked, each with the version that was on the screen.</summary>
    [BindProperty]
    public IReadOnlyList<string> Chosen { get; set; } = [];

    [BindProperty]
    public string? Reply { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public Regions.Tile? StaleIn => Regions.TileOf(Regions.Find(Stale));
    public ServiceDesk Desk { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public Task<IActionResult> OnPostApproveAsync(CancellationToken cancel) => DecideAsync(ServiceVerdict.Approve, "approved", cancel);

    public Task<IActionResult> OnPostAskAsync(CancellationToken cancel) => DecideAsync(ServiceVerdict.Ask, "asked", cancel);

    public Task<IActionResult> OnPostAgainAsync(CancellationToken cancel) => DecideAsync(ServiceVerdict.AskAgain, "asked again", cancel);

    public Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancel) =>
        DecideAsync(ServiceVerdict.Withdraw, "taken off the website", cancel);

    /// <summary>Each is decided by itself, on the version that was on the screen; what was changed meanwhile is left, and said.</summary>
    async Task<IActionResult> DecideAsync(ServiceVerdict verdict, string what, CancellationToken cancel)
    {
        var chosen = SeenVersion.ReadAll(Chosen, 2 * ServiceDesk.MostShown);
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
        StatusMessage =
            $"{done} {what}."
            + (changed > 0 ? $" {changed} changed after you opened this page and left as they were: please read them again." : "")
            + (
                answers.Count - done - changed is > 0 and var others ? $" {others} left as they were: it is not possible for them now." : ""
            );
        return Redirect("/staff/services");
    }

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
        StatusMessage = closedBy == User.StaffName() ? "The report is closed." : $"{closedBy} had closed this report already.";
        return Redirect("/staff/services");
    }

    async Task LoadAsync(CancellationToken cancel) =>
        Desk = await ServiceDesk.OpenAsync(db, settings.Value, clock, Words, Regions.Find(Stale), cancel);
}
