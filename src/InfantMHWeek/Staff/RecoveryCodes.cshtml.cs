using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>Shows new recovery codes, once, and then opens the staff area.</summary>
[FormPage]
public sealed class RecoveryCodesModel(StaffSignIn signIn) : PageModel
{
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (await PersonAtTheDoor.Find(HttpContext, StaffStep.Codes) is not { } person) return Redirect("/staff");
        Codes = person.Note.Split(' ');
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await PersonAtTheDoor.Find(HttpContext, StaffStep.Codes) is not { } person || await signIn.Find(person.StaffId, cancel) is not { } member) return Redirect("/staff");
        if (User.Identity?.IsAuthenticated is true)
        {
            await PersonAtTheDoor.Forget(HttpContext);
            return Redirect("/staff/account");
        }
        await signIn.Enter(member, HttpContext, "signed in after joining", cancel);
        return Redirect("/staff");
    }
}
