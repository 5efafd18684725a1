using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>What the two kinds of links do, once: begin anew, or choose a new password.</summary>
sealed class StaffJoining(
    SiteStore store,
    StaffLinks links,
    StaffTickets tickets,
    StaffDevices devices,
    StaffSessions sessions,
    StaffSignIn signIn,
    StaffNotices notices,
    StaffBrowser browser,
    IPasswordHasher<StaffMember> hasher,
    TimeProvider clock
)
{
    static readonly StaffMember Anybody = new() { Name = "", InvitedAt = default };

    /// <summary>Accepts an invitation. Whatever proofs there were are forgotten, and nobody stays signed in.</summary>
    /// <param name="password">Null for somebody who will use a passkey only.</param>
    /// <returns><see cref="SignInOutcome.Refused"/> when the link counts no more.</returns>
    public Task<SignInOutcome> AcceptAsync(string secret, string name, string? password, HttpContext http, CancellationToken cancel) =>
        TakeAsync(
            secret,
            StaffStage.Invitation,
            "accepted an invitation",
            password,
            http,
            async (db, member, visit) =>
            {
                (member.Name, member.CodeKey) = (name, null);
                db.Set<IdentityUserPasskey<Guid>>()
                    .RemoveRange(await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == member.Id).ToListAsync(cancel));
                db.Set<RecoveryCode>().RemoveRange(await db.Set<RecoveryCode>().Where(c => c.StaffId == member.Id).ToListAsync(cancel));
                if (member.JoinedAt is not null)
                    await notices.TellAsync(
                        db,
                        member.Id,
                        "Your account was begun anew with an invitation. The password, the code app, the passkeys and the recovery "
                            + "codes of before work no more.",
                        visit.Device,
                        cancel
                    );
            },
            cancel
        );

    /// <summary>Sets the new password; the second proof stays, so the mailbox alone lets nobody in.</summary>
    /// <inheritdoc cref="AcceptAsync"/>
    public Task<SignInOutcome> ResetAsync(string secret, string password, HttpContext http, CancellationToken cancel) =>
        TakeAsync(
            secret,
            StaffStage.Reset,
            "chose a new password by mail",
            password,
            http,
            async (db, member, visit) =>
            {
                // Whoever reads this mailbox is not the stranger whose attempts may have used up the budget.
                await devices.RememberAsync(db, member.Id, visit.Hash, signedIn: false, cancel);
                await notices.TellAsync(
                    db,
                    member.Id,
                    "A new password was chosen for your account, with a link by mail. Everywhere else you were signed out.",
                    visit.Device,
                    cancel
                );
            },
            cancel
        );

    async Task<SignInOutcome> TakeAsync(
        string secret,
        StaffStage stage,
        string what,
        string? password,
        HttpContext http,
        Func<SiteDb, StaffMember, StaffVisit, Task> change,
        CancellationToken cancel
    )
    {
        var (visit, hash) = (browser.Visit(http), password is null ? null : hasher.HashPassword(Anybody, password));
        return signIn.Show(
            http,
            await store.WriteAsync(
                async db =>
                {
                    if (
                        await links.FindAsync(db, secret, stage, cancel) is not { } link
                        || !await tickets.UseAsync(db, link.Ticket, cancel)
                    )
                        return null;
                    var member = await db.Set<StaffMember>().FirstAsync(m => m.Id == link.StaffId, cancel);
                    (member.PasswordHash, member.EmailConfirmed, member.SecurityStamp) = (hash, true, Secret.New());
                    await sessions.EndAllAsync(db, member.Id, cancel);
                    await tickets.EndAllAsync(db, member.Id, cancel);
                    await StaffDevices.ForgetAsync(db, member.Id, but: visit.Hash, cancel);
                    await change(db, member, visit);
                    db.Record(clock, member, what);
                    await db.SaveChangesAsync(cancel);
                    return await signIn.NextAsync(db, member.Id, visit.Hash, cancel);
                },
                cancel
            )
        );
    }
}
