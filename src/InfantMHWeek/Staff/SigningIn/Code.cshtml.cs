using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>The second proof, after the password.</summary>
[FormPage, GuardedBy("the budgets and the steps of signing in")]
sealed class CodeModel(SiteDb db, StaffSignIn signIn, StaffTickets tickets, StaffBrowser browser) : PageModel
{
    const int MaxLength = 40;

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await IsOpenAsync(cancel) ? Page() : BeginAgain();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await IsOpenAsync(cancel))
            return BeginAgain();
        var code = Code?.Trim() ?? "";
        switch (code.Length is 0 or > MaxLength ? SignInOutcome.Refused : await signIn.WithCodeAsync(code, HttpContext, cancel))
        {
            case SignInOutcome.In:
                return Redirect(Url.Safe(To));
            case SignInOutcome.Gone:
                return BeginAgain();
            case SignInOutcome.Wait:
                ModelState.AddModelError(nameof(Code), SignInModel.Wait);
                break;
            default:
                ModelState.AddModelError(
                    nameof(Code),
                    "This code is not right, or it was used before. Codes change every 30 seconds: wait for the next one."
                );
                break;
        }
        return Page();
    }

    async Task<bool> IsOpenAsync(CancellationToken cancel) =>
        await tickets.FindAsync(db, browser.Shown(HttpContext), StaffStage.Code, cancel) is not null;

    RedirectResult BeginAgain() => Redirect(ReturnUrl.Keep(SignInPaths.SignIn, To));
}
