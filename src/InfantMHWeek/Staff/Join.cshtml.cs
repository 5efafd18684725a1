using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>Where the link of an invitation leads. Opening it changes nothing; sending the form uses it up.</summary>
[FormPage(byToken: true)]
public sealed class JoinModel(SiteDb db, StaffLinks links, StaffJoining joining) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public LinkOwner? Owner { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        await Arrive(cancel);
        if (Owner is { Joined: true }) Name = Owner.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(bool withoutPassword, CancellationToken cancel)
    {
        await Arrive(cancel);
        if (Owner is null) return Page();
        var name = Name?.Trim() ?? "";
        if (name.Length == 0) ModelState.AddModelError(nameof(Name), "Enter your name.");
        else if (name.Length > StaffMember.NameMaxLength || name.Any(char.IsControl)) ModelState.AddModelError(nameof(Name), $"Your name must have at most {StaffMember.NameMaxLength} characters, on one line.");
        if (!withoutPassword && PasswordChoice.Problem(Password, name, Owner.Email) is { } problem) ModelState.AddModelError(nameof(Password), problem);
        if (!ModelState.IsValid) return Page();
        return Redirect(await joining.AcceptAsync(Token, name, withoutPassword ? null : Password, HttpContext, cancel) == SignInOutcome.Refused ? AccountServices.SignInPath : "/staff/set-up");
    }

    async Task Arrive(CancellationToken cancel)
    {
        Owner = await links.FindAsync(db, Token, StaffStage.Invitation, cancel);
        if (Owner is null) Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
