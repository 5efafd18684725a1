using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff;

/// <summary>Asks somebody who is signed in once more who they are, before they change how they sign in.</summary>
[FormPage, PasskeyPage]
public sealed class ConfirmModel(SiteDb db, StaffSignIn signIn, StaffSessions sessions, SignInManager<StaffMember> passkeys) : PageModel
{
    StaffMember me = null!;

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public bool HasPassword => me.PasswordHash is not null;
    public bool HasPasskey { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Arrive(cancel) ? Page() : Redirect(AccountServices.SignInPath);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        await Arrive(cancel) ? await Answer(await signIn.AgainWithPassword(me, Password ?? "", cancel), nameof(Password), "This is not your password.", cancel) : Redirect(AccountServices.SignInPath);

    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken cancel) =>
        await Arrive(cancel) ? Content(await passkeys.MakePasskeyRequestOptionsAsync(me), "application/json") : Unauthorized();

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential, CancellationToken cancel) =>
        await Arrive(cancel) ? await Answer(await signIn.AgainWithPasskey(me, credential ?? "", cancel), "", "This passkey is not yours, or the browser did not answer. Please try again.", cancel) : Redirect(AccountServices.SignInPath);

    async Task<IActionResult> Answer(SignInOutcome outcome, string field, string wrong, CancellationToken cancel)
    {
        if (outcome == SignInOutcome.In)
        {
            await sessions.Prove(me.Id, User.SessionId(), cancel);
            return Redirect(Url.Safe(To));
        }
        ModelState.AddModelError(field, outcome == SignInOutcome.Wait ? SignInModel.Wait : wrong);
        return Page();
    }

    async Task<bool> Arrive(CancellationToken cancel)
    {
        if (await signIn.Find(User.StaffId(), cancel) is not { } known) return false;
        me = known;
        HasPasskey = await db.Set<IdentityUserPasskey<Guid>>().AnyAsync(p => p.UserId == me.Id, cancel);
        return true;
    }
}
