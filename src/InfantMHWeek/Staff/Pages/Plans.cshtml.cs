using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Plans;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>Changes that wait for their moment, and those that need somebody.</summary>
[FormPage]
sealed class PlansModel(SiteDb db, PlannedChanges plans, PageLibrary library, TimeProvider clock) : PageModel
{
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public string? StatusMessage { get; private set; }

    public async Task OnGetAsync(string? said, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var contents = library.Contents;
        var rows = await db.Set<PlannedChange>()
            .AsNoTracking()
            .OrderBy(p =>
                p.State == PlanState.Waiting ? 1
                : p.State == PlanState.NeedsSomebody ? 0
                : 2
            )
            .ThenBy(p => p.At)
            .Take(200)
            .ToListAsync(cancel);
        Rows =
        [
            .. rows.Select(p => new Row(
                p.Id,
                p.File,
                p.At,
                p.Who,
                p.Note,
                p.State,
                p.State == PlanState.Waiting
                && p.Problem is null
                && PlanObstacles.Of(p.File, p.BaseHash, p.BaseText, p.Text, contents) is { } obstacle
                    ? obstacle + " Unless somebody decides before, it will not be carried out."
                    : p.Problem,
                WillBe(p, now)
            )),
        ];
        StatusMessage = said switch
        {
            "planned" => "Planned. Readers see the page as it is until then.",
            "called-off" => "Called off. Its text is still in the list below.",
            "late" => "It was done, or called off, before you pressed.",
            _ => null,
        };
    }

    /// <summary>What readers will see at the moment, when the text itself says otherwise.</summary>
    static string? WillBe(PlannedChange plan, DateTime now)
    {
        if (
            plan.State != PlanState.Waiting
            || !PageNames.IsPage(plan.File)
            || PageReader.Read(LibraryContents.FileOf(plan.File, plan.Text), plan.File).Page is not { } page
        )
            return null;
        return page.Withdrawn is not null ? "Then the page is withdrawn."
            : page.Publish is { } publish && publish > plan.At ? $"But its own facts say that it appears {publish.InWords(now)}."
            : page.Expire is { } expire && expire <= plan.At ? $"But its own facts say that it disappears {expire.InWords(now)}."
            : null;
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!User.May(StaffRole.Publisher))
            return StatusCode(StatusCodes.Status403Forbidden);
        return Redirect("/staff/pages/plans?said=" + (await plans.WithdrawAsync(id, cancel) ? "called-off" : "late"));
    }

    public sealed record Row(Guid Id, string File, DateTime At, string Who, string? Note, PlanState State, string? Problem, string? WillBe)
    {
        public bool Open => State is PlanState.Waiting or PlanState.NeedsSomebody;
        public string InWords =>
            State switch
            {
                PlanState.Waiting => "Waiting",
                PlanState.Done => "Done",
                PlanState.NeedsSomebody => "Needs somebody",
                _ => "Called off",
            };
    }
}
