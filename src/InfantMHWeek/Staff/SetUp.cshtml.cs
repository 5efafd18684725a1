using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>The first second proof of somebody who joins: a passkey or a code app.</summary>
[FormPage, PasskeyPage]
public sealed class SetUpModel(StaffSignIn signIn, SecondProof proof, Snapshot site) : PageModel
{
    internal const string WrongCode = "This is not the code of this moment. Codes change every 30 seconds; if the next one is wrong too, check that your telephone sets its clock by itself.";

    PersonAtTheDoor person = null!;
    StaffMember member = null!;

    [BindProperty]
    public string? Code { get; set; }

    public bool HasPassword => member.PasswordHash is not null;
    public string Address => CodeApp.Address(site.Site.Name, member.Email!, person.Note);
    public string KeyInFours => CodeApp.InFours(person.Note);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Arrive(cancel) ? Page() : Redirect(AccountServices.SignInPath);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await Arrive(cancel)) return Redirect(AccountServices.SignInPath);
        if (HasPassword && await proof.AddCodeApp(member, person.Note, Code ?? "", cancel)) return await Join(cancel);
        ModelState.AddModelError(nameof(Code), WrongCode);
        return Page();
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken cancel) =>
        await Arrive(cancel) ? Content(await proof.AskForPasskey(member), "application/json") : Unauthorized();

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential, CancellationToken cancel)
    {
        if (!await Arrive(cancel)) return Redirect(AccountServices.SignInPath);
        if (await proof.AddPasskey(member, credential ?? "", DeviceName.Of(Request.Headers.UserAgent), cancel)) return await Join(cancel);
        ModelState.AddModelError("", "The passkey could not be made. Please try again.");
        return Page();
    }

    async Task<bool> Arrive(CancellationToken cancel)
    {
        if (await PersonAtTheDoor.Find(HttpContext, StaffStep.SetUp) is not { } found || await signIn.Find(found.StaffId, cancel) is not { } known) return false;
        (person, member) = (found, known);
        return true;
    }

    async Task<IActionResult> Join(CancellationToken cancel)
    {
        await proof.Join(member, HttpContext, cancel);
        return Redirect("/staff/recovery-codes");
    }
}
