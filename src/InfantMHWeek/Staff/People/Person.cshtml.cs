using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.Administration;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.People;

/// <summary>One colleague: what they may do, a new invitation, and leaving.</summary>
[FormPage]
sealed class PersonModel(SiteDb db, StaffRoster roster) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Roles { get; set; } = [];

    public StaffMember Member { get; private set; } = null!;
    public string? StatusMessage { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? done, CancellationToken cancel)
    {
        StatusMessage = done switch
        {
            "roles" => "Saved. It counts from their next step on.",
            "invited" => "A new invitation is on its way.",
            "disabled" => "Disabled and signed out.",
            "enabled" => "Enabled again.",
            _ => null,
        };
        if (!await FindAsync(cancel))
            return NotFound();
        Roles = [.. Member.Roles];
        return Page();
    }

    public Task<IActionResult> OnPostRolesAsync(CancellationToken cancel) =>
        AnswerAsync("roles", roster.SetRolesAsync(Id, Roles, User, cancel), cancel);

    public Task<IActionResult> OnPostInviteAsync(CancellationToken cancel) =>
        AnswerAsync("invited", roster.InviteAnewAsync(Id, User, cancel), cancel);

    public Task<IActionResult> OnPostDisableAsync(CancellationToken cancel) =>
        AnswerAsync("disabled", roster.DisableAsync(Id, User, cancel), cancel);

    public Task<IActionResult> OnPostEnableAsync(CancellationToken cancel) =>
        AnswerAsync("enabled", roster.EnableAsync(Id, User, cancel), cancel);

    async Task<IActionResult> AnswerAsync(string done, Task<RosterOutcome> change, CancellationToken cancel)
    {
        switch (await change)
        {
            case RosterOutcome.Done:
                return Redirect($"/staff/people/{Id}?done={done}");
            case RosterOutcome.LastAdministrator:
                ModelState.AddModelError("", "Nobody could look after the staff any more. Make somebody else an administrator first.");
                break;
            case RosterOutcome.UnknownRole:
                ModelState.AddModelError(nameof(Roles), "Choose from the list.");
                break;
            default:
                return NotFound();
        }
        if (!await FindAsync(cancel))
            return NotFound();
        return Page();
    }

    async Task<bool> FindAsync(CancellationToken cancel)
    {
        if (await db.Set<StaffMember>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == Id, cancel) is not { } found)
            return false;
        Member = found;
        return true;
    }
}
