using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Staff.SigningIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Account;

/// <summary>Changes one's own password; all other sessions end.</summary>
[FormPage]
sealed class PasswordModel(SiteDb db, OwnCredentials proofs, IPasswordHasher<StaffMember> hasher, Throttle throttle) : PageModel
{
    static readonly StaffMember Anybody = new() { Name = "", InvitedAt = default };

    [BindProperty]
    public string? Current { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public bool HasPassword { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => HasPassword = (await MeAsync(cancel)).Hash is not null;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var (hash, name, email) = await MeAsync(cancel);
        HasPassword = hash is not null;
        if (hash is null)
            return Page();
        var budgets = SignInBudgets.ForDevice("change", User.SessionId());
        if (string.IsNullOrEmpty(Current))
            ModelState.AddModelError(nameof(Current), "Enter your password.");
        else if (!await throttle.TryTakeAsync(budgets, cancel))
            ModelState.AddModelError("", SignInModel.WaitSignedIn);
        else if (
            Current.Length > PasswordChoice.Most
            || hasher.VerifyHashedPassword(Anybody, hash, Current) == PasswordVerificationResult.Failed
        )
            ModelState.AddModelError(nameof(Current), "This is not your password.");
        else
            await throttle.GiveBackAsync(budgets, cancel);
        if (PasswordChoice.Problem(Password, name, email) is { } problem)
            ModelState.AddModelError(nameof(Password), problem);
        if (ModelState.IsValid && !await proofs.ChangePasswordAsync(HttpContext, hash, hasher.HashPassword(Anybody, Password!), cancel))
            ModelState.AddModelError(nameof(Current), "Your password was changed elsewhere just now.");
        return ModelState.IsValid ? Redirect("/staff/account?done=password") : Page();
    }

    Task<(string? Hash, string Name, string? Email)> MeAsync(CancellationToken cancel)
    {
        var id = User.StaffId();
        return db.Set<StaffMember>()
            .Where(m => m.Id == id)
            .Select(m => new ValueTuple<string?, string, string?>(m.PasswordHash, m.Name, m.Email))
            .FirstAsync(cancel);
    }
}
