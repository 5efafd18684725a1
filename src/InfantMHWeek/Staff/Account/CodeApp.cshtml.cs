using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Staff.SigningIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Account;

/// <summary>A code app on a new telephone. The old one works until the new one has shown a right code.</summary>
[FormPage, RecentProof]
sealed class CodeAppModel(SiteDb db, OwnCredentials proofs, StaffTickets tickets, StaffBrowser browser, Snapshot site) : PageModel
{
    string email = "",
        key = "";

    [BindProperty]
    public string? Code { get; set; }

    public bool HasPassword { get; private set; }
    public bool HasApp { get; private set; }
    public (string Address, string InFours) Key => (CodeApp.Address(site.Site.Name, email, key), CodeApp.InFours(key));

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await ArriveAsync(cancel);
        if (HasPassword)
            key = await proofs.OfferAppAsync(HttpContext, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        // The key was offered to this very person in this session, or it is not taken.
        if (
            await tickets.FindAsync(db, browser.Shown(HttpContext), StaffStage.NewApp, cancel) is not { } offered
            || offered.StaffId != User.StaffId()
        )
            return Redirect("/staff/account/code-app");
        if (await proofs.TakeAppAsync(HttpContext, Code ?? "", cancel))
            return Redirect("/staff/account?done=app");
        key = offered.Carries;
        await ArriveAsync(cancel);
        ModelState.AddModelError(nameof(Code), SetUpModel.WrongCode);
        return Page();
    }

    async Task ArriveAsync(CancellationToken cancel)
    {
        var me = User.StaffId();
        (email, HasPassword, HasApp) = await db.Set<StaffMember>()
            .Where(m => m.Id == me)
            .Select(m => new ValueTuple<string, bool, bool>(m.Email!, m.PasswordHash != null, m.CodeKey != null))
            .FirstAsync(cancel);
    }
}
