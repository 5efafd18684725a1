using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>Ends the session here and in the store, so that a copied cookie is worth nothing.</summary>
public sealed class SignOutModel(SiteDb db, StaffSessions sessions, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await sessions.End(User.StaffId(), User.SessionId(), cancel);
        db.Record(clock, User, "signed out");
        await db.SaveChangesAsync(cancel);
        await HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Redirect(AccountServices.SignInPath);
    }
}
