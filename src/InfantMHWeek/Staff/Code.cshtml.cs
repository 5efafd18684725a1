using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>The second proof, after the password.</summary>
[FormPage]
public sealed class CodeModel(StaffSignIn signIn) : PageModel
{
    const int MaxLength = 40;

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await PersonAtTheDoor.Find(HttpContext, StaffStep.Code) is null ? Redirect(StaffReturn.Keep(AccountServices.SignInPath, To)) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await PersonAtTheDoor.Find(HttpContext, StaffStep.Code) is not { } person) return Redirect(StaffReturn.Keep(AccountServices.SignInPath, To));
        var code = Code?.Trim() ?? "";
        var outcome = code.Length is 0 or > MaxLength ? SignInOutcome.Refused : await signIn.WithCode(person, code, HttpContext, cancel);
        if (outcome == SignInOutcome.In) return Redirect(Url.Safe(To));
        ModelState.AddModelError(nameof(Code), outcome == SignInOutcome.Wait ? SignInModel.Wait : "This code is not right, or it was used before. Codes change every 30 seconds: wait for the next one.");
        return Page();
    }
}
