using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.Administration;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.People;

/// <summary>Who belongs to the staff; invites further people.</summary>
[FormPage]
sealed class IndexModel(SiteDb db, StaffRoster roster) : PageModel
{
    public sealed record Row(
        Guid Id,
        string Name,
        string? Email,
        IList<string> Roles,
        DateTime? JoinedAt,
        DateTime? DisabledAt,
        DateTime? SeenAt
    );

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Roles { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public bool Invited { get; set; }

    public IReadOnlyList<Row> People { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => ListAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!EmailAddress.TryParse(Email, null, out var email))
            ModelState.AddModelError(nameof(Email), "Enter an email address, such as name@example.org.");
        if (Roles.Count == 0)
            ModelState.AddModelError(nameof(Roles), "Choose at least one.");
        if (ModelState.IsValid)
            switch ((await roster.InviteAsync(email!, Roles, User, cancel)).Outcome)
            {
                case RosterOutcome.Done:
                    return Redirect("/staff/people?invited=true");
                case RosterOutcome.UnknownRole:
                    ModelState.AddModelError(nameof(Roles), "Choose from the list.");
                    break;
                default:
                    ModelState.AddModelError(nameof(Email), "This person belongs to the staff already: open their page in the list above.");
                    break;
            }
        await ListAsync(cancel);
        return Page();
    }

    async Task ListAsync(CancellationToken cancel) =>
        People = await db.Set<StaffMember>()
            .OrderBy(m => m.DisabledAt != null)
            .ThenBy(m => m.Name)
            .Select(m => new Row(
                m.Id,
                m.Name,
                m.Email,
                m.Roles,
                m.JoinedAt,
                m.DisabledAt,
                db.Set<StaffSession>().Where(s => s.StaffId == m.Id).Max(s => (DateTime?)s.SeenAt)
            ))
            .ToListAsync(cancel);
}
