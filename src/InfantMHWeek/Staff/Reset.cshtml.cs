using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>Where the link for a new password leads.</summary>
[FormPage(byToken: true)]
public sealed class ResetModel(SiteDb db, StaffLinks links, StaffJoining joining) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    [BindProperty]
    public string? Password { get; set; }

    public LinkOwner? Owner { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        await Arrive(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await Arrive(cancel);
        if (Owner is null) return Page();
        if (PasswordChoice.Problem(Password, Owner.Name, Owner.Email) is { } problem) ModelState.AddModelError(nameof(Password), problem);
        if (!ModelState.IsValid) return Page();
        return Redirect(await joining.ResetAsync(Token, Password!, HttpContext, cancel) switch
        {
            SignInOutcome.CodeNeeded => "/staff/code",
            SignInOutcome.SetUpNeeded => "/staff/set-up",
            _ => AccountServices.SignInPath,
        });
    }

    async Task Arrive(CancellationToken cancel)
    {
        Owner = await links.FindAsync(db, Token, StaffStage.Reset, cancel);
        if (Owner is null) Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
