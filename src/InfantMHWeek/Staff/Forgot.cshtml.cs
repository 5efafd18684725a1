using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>Asks for the link to a new password. The answer is the same for everybody, and so is the time it takes.</summary>
[FormPage]
public sealed class ForgotModel(ResetRequests requests, Throttle throttle) : PageModel
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
        // Said to nobody: who asks too often gets the same answer, and no mail.
        if (await throttle.TryTakeAsync(SignInBudgets.For("reset of " + email.Key, HttpContext.Connection.RemoteIpAddress, device: null), cancel)) requests.Ask(email);
        return Redirect("/staff/forgot?asked=true");
    }
}
