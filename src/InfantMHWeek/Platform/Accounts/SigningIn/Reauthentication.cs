using System.Security.Claims;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>Somebody who is signed in proves again who they are. That they did stands in their session and ends with it.</summary>
sealed class Reauthentication(
    SiteDb db,
    SiteStore store,
    IPasswordHasher<StaffMember> hasher,
    Passkeys passkeys,
    StaffSessions sessions,
    Throttle throttle,
    TimeProvider clock
)
{
    static readonly StaffMember Anybody = new() { Name = "", InvitedAt = default };

    public async Task<SignInOutcome> WithPasswordAsync(ClaimsPrincipal who, string password, CancellationToken cancel)
    {
        if (password.Length is 0 or > PasswordChoice.Most)
            return SignInOutcome.Refused;
        var (id, session) = (who.StaffId(), who.SessionId());
        var budgets = SignInBudgets.ForDevice("proof", session);
        if (!await throttle.TryTakeAsync(budgets, cancel))
            return SignInOutcome.Wait;
        var hash = await db.Set<StaffMember>().Where(m => m.Id == id).Select(m => m.PasswordHash).FirstOrDefaultAsync(cancel);
        var right = hash is not null && hasher.VerifyHashedPassword(Anybody, hash, password) != PasswordVerificationResult.Failed;
        var proven = await store.WriteAsync(
            async db =>
            {
                if (right && await db.Set<StaffMember>().AnyAsync(m => m.Id == id && m.PasswordHash == hash, cancel))
                    return await sessions.MarkReauthenticatedAsync(db, id, session, cancel);
                db.Record(clock, who, "was refused: wrong password when asked again");
                return false;
            },
            cancel
        );
        if (!proven)
            return SignInOutcome.Refused;
        await throttle.GiveBackAsync(budgets, cancel);
        return SignInOutcome.In;
    }

    /// <summary>The same with a passkey, which must be their own.</summary>
    public async Task<SignInOutcome> WithPasskeyAsync(ClaimsPrincipal who, string credential, HttpContext http, CancellationToken cancel)
    {
        var (id, session) = (who.StaffId(), who.SessionId());
        if (await passkeys.OwnerAsync(http, credential, PasskeyPurpose.Again, cancel) is null)
            return SignInOutcome.Refused;
        var budgets = SignInBudgets.ForDevice("proof", session);
        if (!await throttle.TryTakeAsync(budgets, cancel))
            return SignInOutcome.Wait;
        var proof = await passkeys.ReadAsync(http, credential, PasskeyPurpose.Again);
        var proven = await store.WriteAsync(
            async (db, services) =>
            {
                var member = await db.Set<StaffMember>().FirstAsync(m => m.Id == id, cancel);
                if (
                    proof?.StaffId == id
                    && await passkeys.CountAsync(db, services.GetRequiredService<UserManager<StaffMember>>(), member, proof, cancel)
                )
                    return await sessions.MarkReauthenticatedAsync(db, id, session, cancel);
                db.Record(clock, who, "was refused: wrong passkey when asked again");
                return false;
            },
            cancel
        );
        if (!proven)
            return SignInOutcome.Refused;
        await throttle.GiveBackAsync(budgets, cancel);
        return SignInOutcome.In;
    }
}
