using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>The door of the staff area: a password, then a second proof; or a passkey, which is both.</summary>
[FormPage, GuardedBy("the budgets and the steps of signing in"), PasskeyPage]
sealed class SignInModel(StaffSignIn signIn, PasskeySignIn passkeySignIn, Passkeys passkeys) : PageModel
{
    public const string Refused = "The email address or the password is not right.";
    public const string Wait =
        "There were too many attempts, perhaps by somebody else. Use a passkey, or choose “I have forgotten my password”: a link by "
        + "mail lets you in at once, whatever others try. Or wait a few minutes.";
    public const string WaitSignedIn = "There were too many attempts. Wait a few minutes and try again.";

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Email))
            ModelState.AddModelError(nameof(Email), "Enter your email address.");
        if (string.IsNullOrEmpty(Password))
            ModelState.AddModelError(nameof(Password), "Enter your password.");
        else if (Password.Length > PasswordChoice.Most || Email?.Length > EmailAddress.MaxLength)
            ModelState.AddModelError(nameof(Password), Refused);
        if (!ModelState.IsValid)
            return Page();
        switch (await signIn.WithPasswordAsync(Email!.Trim(), Password!, HttpContext, cancel))
        {
            case SignInOutcome.CodeNeeded:
                return Redirect(ReturnUrl.Keep("/staff/code", To));
            case SignInOutcome.SetUpNeeded:
                return Redirect("/staff/set-up");
            case SignInOutcome.Wait:
                ModelState.AddModelError("", Wait);
                break;
            default:
                ModelState.AddModelError(nameof(Password), Refused);
                break;
        }
        return Page();
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken cancel) =>
        Content(await passkeys.AskAsync(HttpContext, staff: null, PasskeyPurpose.SignIn, cancel), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential, CancellationToken cancel)
    {
        switch (await passkeySignIn.TryAsync(credential ?? "", HttpContext, cancel))
        {
            case SignInOutcome.In:
                return Redirect(Url.Safe(To));
            case SignInOutcome.Wait:
                ModelState.AddModelError("", Wait);
                break;
            default:
                ModelState.AddModelError("", "This passkey does not open an account here. Try again, or sign in with your password.");
                break;
        }
        return Page();
    }
}
