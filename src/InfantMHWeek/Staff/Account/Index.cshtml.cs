using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Account;

/// <summary>One's own ways in, and where one is signed in.</summary>
sealed class IndexModel(SiteDb db, SiteStore store, StaffSessions sessions, StaffTickets tickets, StaffBrowser browser, TimeProvider clock)
    : PageModel
{
    public sealed record Row(Guid Id, string Device, DateTime StartedAt, DateTime SeenAt);

    public IReadOnlyList<Row> Sessions { get; private set; } = [];
    public bool HasPassword { get; private set; }
    public bool HasApp { get; private set; }
    public int Passkeys { get; private set; }
    public int CodesLeft { get; private set; }

    /// <summary>What was just done, in words of our own.</summary>
    public string? StatusMessage { get; private set; }

    public async Task OnGetAsync(string? done, CancellationToken cancel)
    {
        StatusMessage = done switch
        {
            "password" => "Your password was changed.",
            "session" => "That browser is signed out.",
            "app" => "Your new code app is set up. The old one works no more.",
            _ => null,
        };
        var (me, idleSince, begunSince) = (
            User.StaffId(),
            clock.GetUtcNow().UtcDateTime - StaffSession.Idle,
            clock.GetUtcNow().UtcDateTime - StaffSession.Longest
        );
        Sessions = await db.Set<StaffSession>()
            .Where(s => s.StaffId == me && s.EndedAt == null && s.SeenAt > idleSince && s.StartedAt > begunSince)
            .OrderByDescending(s => s.SeenAt)
            .Select(s => new Row(s.Id, s.Device, s.StartedAt, s.SeenAt))
            .ToListAsync(cancel);
        (HasPassword, HasApp) = await db.Set<StaffMember>()
            .Where(m => m.Id == me)
            .Select(m => new ValueTuple<bool, bool>(m.PasswordHash != null, m.CodeKey != null))
            .FirstAsync(cancel);
        Passkeys = await db.Set<IdentityUserPasskey<Guid>>().CountAsync(p => p.UserId == me, cancel);
        CodesLeft = await db.Set<RecoveryCode>().CountAsync(c => c.StaffId == me && c.UsedAt == null, cancel);
    }

    public async Task<IActionResult> OnPostEndAsync(Guid session, CancellationToken cancel)
    {
        var (who, time) = (User, clock);
        await store.WriteAsync(
            async db =>
            {
                if (await sessions.EndAsync(db, who.StaffId(), session, cancel) == 1)
                    db.Record(time, who, "signed out another browser");
            },
            cancel
        );
        return Redirect("/staff/account?done=session");
    }

    /// <summary>
    /// Also steps that are open somewhere, and links in the mailbox: whoever presses this fears that somebody else is in.
    /// </summary>
    public async Task<IActionResult> OnPostEndAllAsync(CancellationToken cancel)
    {
        var (who, time) = (User, clock);
        await store.WriteAsync(
            async db =>
            {
                await sessions.EndAllAsync(db, who.StaffId(), cancel);
                await tickets.EndAllAsync(db, who.StaffId(), cancel);
                db.Record(time, who, "signed out everywhere");
            },
            cancel
        );
        await browser.ForgetPersonAsync(HttpContext);
        return Redirect(SignInPaths.SignIn);
    }
}
