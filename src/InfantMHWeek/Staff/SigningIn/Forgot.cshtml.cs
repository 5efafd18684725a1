using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>Asks for the link to a new password. The answer is the same for every address, and so is the time it takes.</summary>
[FormPage, PublicForm("sign-in help", AtOnce = 30, SecondsPerForm = 20)]
sealed class ForgotModel(SiteDb db, ResetRequests requests, StaffDevices devices, StaffBrowser browser, FormGuard guard) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Asked { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!EmailAddress.TryParse(Email, null, out var email))
        {
            ModelState.AddModelError(nameof(Email), "Enter your email address, such as name@example.org.");
            return Page();
        }
        // A browser that somebody of the staff has signed in with counts by itself, so that no stranger keeps them from a link. That an
        // address has had its mails is said to nobody.
        var device = await devices.FindAnyAsync(db, browser.Find(HttpContext), cancel);
        var answer = await guard.AskAsync(this, MailBudget.OfSignIn(email), mailNeeded: false, device, cancel);
        if (answer.Refusal is { } refusal)
            return refusal;
        if (answer.MayMail)
            await requests.AskAsync(email, cancel);
        return Redirect("/staff/forgot?asked=true");
    }
}
