using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Account;

/// <summary>Changes one's own password; all other sessions end.</summary>
[FormPage]
public sealed class PasswordModel(SiteDb db, IPasswordHasher<StaffMember> hasher, StaffSessions sessions, Throttle throttle, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? Current { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public bool HasPassword { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => HasPassword = (await Me(cancel)).PasswordHash is not null;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var me = await Me(cancel);
        HasPassword = me.PasswordHash is not null;
        if (!HasPassword) return Page();
        var budgets = SignInBudgets.ForDevice("change " + me.Id);
        if (!await throttle.TryTakeAsync(budgets, cancel)) ModelState.AddModelError("", SignInModel.Wait);
        else if (Current is not { Length: <= PasswordChoice.Most } || hasher.VerifyHashedPassword(me, me.PasswordHash!, Current) == PasswordVerificationResult.Failed)
            ModelState.AddModelError(nameof(Current), "This is not your password.");
        if (PasswordChoice.Problem(Password, me.Name, me.Email) is { } problem) ModelState.AddModelError(nameof(Password), problem);
        if (!ModelState.IsValid) return Page();
        await throttle.GiveBackAsync(budgets, cancel);
        me.PasswordHash = hasher.HashPassword(me, Password!);
        db.Record(clock, User, "changed their password");
        await db.SaveChangesAsync(cancel);
        await sessions.EndOthers(me.Id, User.SessionId(), cancel);
        return Redirect("/staff/account?done=password");
    }

    Task<StaffMember> Me(CancellationToken cancel)
    {
        var id = User.StaffId();
        return db.Set<StaffMember>().FirstAsync(m => m.Id == id, cancel);
    }
}
