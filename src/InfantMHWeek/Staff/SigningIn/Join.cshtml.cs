using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>Where the link of an invitation leads.</summary>
[FormPage(byToken: true)]
sealed class JoinModel(SiteDb db, StaffLinks links, StaffJoining joining) : StaffLinkPage(db, links, StaffStage.Invitation)
{
    [BindProperty]
    public string? Name { get; set; }

    public void OnGet()
    {
        if (Owner is { Joined: true })
            Name = Owner.Name;
    }

    public async Task<IActionResult> OnPostAsync(bool withoutPassword, CancellationToken cancel)
    {
        var name = Name?.Trim() ?? "";
        if (name.Length == 0)
            ModelState.AddModelError(nameof(Name), "Enter your name.");
        else if (name.Length > StaffMember.NameMaxLength || name.Any(char.IsControl))
            ModelState.AddModelError(nameof(Name), $"Your name must have at most {StaffMember.NameMaxLength} characters, on one line.");
        if (!withoutPassword && PasswordChoice.Problem(Password, name, Owner!.Email) is { } problem)
            ModelState.AddModelError(nameof(Password), problem);
        if (!ModelState.IsValid)
            return Page();
        var outcome = await joining.AcceptAsync(Token, name, withoutPassword ? null : Password, HttpContext, cancel);
        return Redirect(outcome == SignInOutcome.Refused ? SignInPaths.SignIn : "/staff/set-up");
    }
}
