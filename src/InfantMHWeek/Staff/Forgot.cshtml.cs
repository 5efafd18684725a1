using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>Asks for the link to a new password. The answer is the same for every address, and so is the time it takes.</summary>
[FormPage]
public sealed class ForgotModel(SiteDb db, ResetRequests requests, StaffDevices devices, StaffBrowser browser, Throttle throttle) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Asked { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!EmailAddress.TryParse(Email, null, out var email))
        {
            ModelState.AddModelError(nameof(Email), "Enter your email address, such as name@example.org.");
            return Page();
        }
        // By network, never by address: whoever asks too often for somebody takes nothing from them.
        var device = await devices.FindAnyAsync(db, browser.Find(HttpContext), cancel);
        if (!await throttle.TryTakeAsync(SignInBudgets.ForBrowser("link", HttpContext.Connection.RemoteIpAddress, device), cancel)) return this.AskToWait(TimeSpan.FromMinutes(1));
        await requests.AskAsync(email, cancel);
        return Redirect("/staff/forgot?asked=true");
    }
}
