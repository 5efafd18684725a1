using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>The way in by a passkey, which is both proofs at once.</summary>
sealed class PasskeySignIn(
    SiteDb db,
    SiteStore store,
    Passkeys passkeys,
    StaffDevices devices,
    StaffBrowser browser,
    StaffSessions sessions,
    SignInLog log,
    Throttle throttle
)
{
    public async Task<SignInOutcome> TryAsync(string credential, HttpContext http, CancellationToken cancel)
    {
        if (await passkeys.OwnerAsync(http, credential, PasskeyPurpose.SignIn, cancel) is not { } owner)
            return SignInOutcome.Refused;
        var budgets = SignInBudgets.ForBrowser(
            "passkey",
            http.Connection.RemoteIpAddress,
            await devices.FindAsync(db, owner, browser.Find(http), cancel)
        );
        if (!await throttle.TryTakeAsync(budgets, cancel))
            return SignInOutcome.Wait;
        if (await passkeys.ReadAsync(http, credential, PasskeyPurpose.SignIn) is not { } proof)
        {
            await log.NoteAsync(owner, "was refused: wrong passkey", cancel);
            return SignInOutcome.Refused;
        }
        await throttle.GiveBackAsync(budgets, cancel);
        var visit = browser.Visit(http);
        var begun = await store.WriteAsync(
            async (db, services) =>
            {
                var member = await db.Set<StaffMember>().FirstOrDefaultAsync(m => m.Id == proof.StaffId && m.DisabledAt == null, cancel);
                if (
                    member is null
                    || !await passkeys.CountAsync(db, services.GetRequiredService<UserManager<StaffMember>>(), member, proof, cancel)
                )
                    return null;
                return await sessions.BeginAsync(db, member.Id, visit, "signed in with a passkey", news: true, cancel);
            },
            cancel
        );
        if (begun is null)
            return SignInOutcome.Refused;
        await sessions.ShowAsync(http, begun);
        return SignInOutcome.In;
    }
}
