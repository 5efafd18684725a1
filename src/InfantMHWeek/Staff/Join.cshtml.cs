using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>Where the link of an invitation leads. Opening it changes nothing; sending the form uses it up.</summary>
[FormPage(byToken: true)]
public sealed class JoinModel(StaffLinks links, StaffJoining joining, StaffSignIn signIn) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public StaffMember? Member { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Member = await links.Find(Token, StaffLinkKind.Invitation, cancel);
        if (Member is null) Response.StatusCode = StatusCodes.Status404NotFound;
        else if (Member.JoinedAt is not null) Name = Member.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(bool withoutPassword, CancellationToken cancel)
    {
        Member = await links.Find(Token, StaffLinkKind.Invitation, cancel);
        if (Member is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }
        var name = Name?.Trim() ?? "";
        if (name.Length == 0) ModelState.AddModelError(nameof(Name), "Enter your name.");
        else if (name.Length > StaffMember.NameMaxLength || name.Any(char.IsControl)) ModelState.AddModelError(nameof(Name), $"Your name must have at most {StaffMember.NameMaxLength} characters, on one line.");
        if (!withoutPassword && PasswordChoice.Problem(Password, name, Member.Email) is { } problem) ModelState.AddModelError(nameof(Password), problem);
        if (!ModelState.IsValid) return Page();
        if (await joining.Accept(Token, name, withoutPassword ? null : Password, cancel) is not { } joined) return Redirect(AccountServices.SignInPath);
        await signIn.NextStep(joined, HttpContext, cancel);
        return Redirect("/staff/set-up");
    }
}
