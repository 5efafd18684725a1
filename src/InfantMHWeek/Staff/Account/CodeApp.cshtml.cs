using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Account;

/// <summary>A code app on a new telephone. The old one works until the new one has shown a right code.</summary>
[FormPage, RecentProof]
public sealed class CodeAppModel(StaffSignIn signIn, SecondProof proof, UserManager<StaffMember> staff, Snapshot site) : PageModel
{
    StaffMember me = null!;
    string key = "";

    [BindProperty]
    public string? Code { get; set; }

    public bool HasPassword => me.PasswordHash is not null;
    public bool HasApp => me.CodeKey is not null;
    public (string Address, string InFours) Key => (CodeApp.Address(site.Site.Name, me.Email!, key), CodeApp.InFours(key));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await Arrive(cancel)) return Redirect(AccountServices.SignInPath);
        key = staff.GenerateNewAuthenticatorKey();
        await new PersonAtTheDoor(me.Id, StaffStep.NewApp, key).Remember(HttpContext);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await Arrive(cancel)) return Redirect(AccountServices.SignInPath);
        // The key was offered to this very person in this browser, or it is not taken.
        if (await PersonAtTheDoor.Find(HttpContext, StaffStep.NewApp) is not { } offered || offered.StaffId != me.Id) return Redirect("/staff/account/code-app");
        key = offered.Note;
        if (HasPassword && await proof.AddCodeApp(me, key, Code ?? "", cancel))
        {
            await PersonAtTheDoor.Forget(HttpContext);
            return Redirect("/staff/account?done=app");
        }
        ModelState.AddModelError(nameof(Code), SetUpModel.WrongCode);
        return Page();
    }

    async Task<bool> Arrive(CancellationToken cancel)
    {
        if (await signIn.Find(User.StaffId(), cancel) is not { } known) return false;
        me = known;
        return true;
    }
}
