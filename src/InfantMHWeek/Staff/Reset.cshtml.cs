using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>Where the link for a new password leads.</summary>
[FormPage(byToken: true)]
public sealed class ResetModel(StaffLinks links, StaffJoining joining, StaffSignIn signIn) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    [BindProperty]
    public string? Password { get; set; }

    public StaffMember? Member { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Member = await links.Find(Token, StaffLinkKind.Reset, cancel);
        if (Member is null) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Member = await links.Find(Token, StaffLinkKind.Reset, cancel);
        if (Member is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }
        if (PasswordChoice.Problem(Password, Member.Name, Member.Email) is { } problem) ModelState.AddModelError(nameof(Password), problem);
        if (!ModelState.IsValid) return Page();
        if (await joining.Reset(Token, Password!, cancel) is not { } member) return Redirect(AccountServices.SignInPath);
        // Whoever reads this mailbox is not the stranger whose attempts may have used up the budget.
        await KnownDevice.Remember(HttpContext, member.Id);
        return Redirect(await signIn.NextStep(member, HttpContext, cancel) == SignInOutcome.CodeNeeded ? "/staff/code" : "/staff/set-up");
    }
}
