using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>Asks somebody who is signed in once more who they are, before they change how they sign in.</summary>
[FormPage, PasskeyPage]
sealed class ConfirmModel(SiteDb db, Reauthentication proof, Passkeys passkeys) : PageModel
{
    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public bool HasPassword { get; private set; }
    public bool HasPasskey { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => ArriveAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        await AnswerAsync(
            await proof.WithPasswordAsync(User, Password ?? "", cancel),
            nameof(Password),
            "This is not your password.",
            cancel
        );

    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken cancel) =>
        Content(await passkeys.AskAsync(HttpContext, User.StaffId(), PasskeyPurpose.Again, cancel), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential, CancellationToken cancel) =>
        await AnswerAsync(
            await proof.WithPasskeyAsync(User, credential ?? "", HttpContext, cancel),
            "",
            "This passkey is not yours, or the browser did not answer. Please try again.",
            cancel
        );

    async Task<IActionResult> AnswerAsync(SignInOutcome outcome, string field, string wrong, CancellationToken cancel)
    {
        if (outcome == SignInOutcome.In)
            return Redirect(Url.Safe(To));
        ModelState.AddModelError(field, outcome == SignInOutcome.Wait ? SignInModel.WaitSignedIn : wrong);
        await ArriveAsync(cancel);
        return Page();
    }

    async Task ArriveAsync(CancellationToken cancel)
    {
        var me = User.StaffId();
        HasPassword = await db.Set<StaffMember>().AnyAsync(m => m.Id == me && m.PasswordHash != null, cancel);
        HasPasskey = await db.Set<IdentityUserPasskey<Guid>>().AnyAsync(p => p.UserId == me, cancel);
    }
}
