using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>Changes that wait for their moment, and those that need somebody.</summary>
[FormPage]
public sealed class PlansModel(SiteDb db, PlannedChanges plans) : PageModel
{
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) =>
        Rows = await db.Set<PlannedChange>().OrderBy(p => p.State == PlanState.Waiting ? 1 : p.State == PlanState.NeedsSomebody ? 0 : 2).ThenBy(p => p.At).Take(200)
            .Select(p => new Row(p.Id, p.File, p.At, p.Who, p.Note, p.State, p.Problem)).ToListAsync(cancel);

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!User.May(StaffRole.Publisher)) return StatusCode(StatusCodes.Status403Forbidden);
        await plans.WithdrawAsync(id, cancel);
        return Redirect("/staff/pages/plans");
    }

    public sealed record Row(Guid Id, string File, DateTime At, string Who, string? Note, PlanState State, string? Problem)
    {
        public bool Open => State is PlanState.Waiting or PlanState.NeedsSomebody;
        public string InWords => State switch { PlanState.Waiting => "Waiting", PlanState.Done => "Done", PlanState.NeedsSomebody => "Needs somebody", _ => "Called off" };
    }
}
