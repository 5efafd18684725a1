using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>Where the link for a new password leads.</summary>
[FormPage(byToken: true)]
sealed class ResetModel(SiteDb db, StaffLinks links, StaffJoining joining) : StaffLinkPage(db, links, StaffStage.Reset)
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (PasswordChoice.Problem(Password, Owner!.Name, Owner.Email) is { } problem)
            ModelState.AddModelError(nameof(Password), problem);
        if (!ModelState.IsValid)
            return Page();
        return Redirect(
            await joining.ResetAsync(Token, Password!, HttpContext, cancel) switch
            {
                SignInOutcome.CodeNeeded => "/staff/code",
                SignInOutcome.SetUpNeeded => "/staff/set-up",
                _ => SignInPaths.SignIn,
            }
        );
    }
}
