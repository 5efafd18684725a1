using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>Makes the first second proof of somebody who joins: a code app or a passkey. The recovery codes come with it.</summary>
sealed class SecondProof(
    SiteStore store,
    Passkeys passkeys,
    OneTimeCodes codes,
    StaffStore keeper,
    StaffTickets tickets,
    StaffBrowser browser,
    TimeProvider clock
)
{
    /// <summary>Keeps the app's key if the person shows a code made with it.</summary>
    public async Task<bool> WithAppAsync(HttpContext http, string code, CancellationToken cancel)
    {
        var (shown, here) = (browser.Shown(http), browser.Visit(http).Hash);
        var secret = await store.WriteAsync(
            async db =>
            {
                if (await tickets.FindAsync(db, shown, StaffStage.SetUp, cancel) is not { } ticket)
                    return null;
                var key = keeper.Protect(ticket.Carries);
                // Without a password a code would be the only proof.
                var member = await db.Set<StaffMember>().FirstAsync(m => m.Id == ticket.StaffId, cancel);
                if (member.PasswordHash is null || !await codes.TakeAsync(db, member.Id, key, code, cancel))
                    return null;
                member.CodeKey = key;
                return await JoinAsync(db, member, ticket, here, "set up a code app", cancel);
            },
            cancel
        );
        return Show(http, secret);
    }

    public async Task<bool> WithPasskeyAsync(HttpContext http, string credential, CancellationToken cancel)
    {
        if (await passkeys.ReadNewAsync(http, credential) is not { } made)
            return false;
        var (shown, visit) = (browser.Shown(http), browser.Visit(http));
        var secret = await store.WriteAsync(
            async (db, services) =>
            {
                if (await tickets.FindAsync(db, shown, StaffStage.SetUp, cancel) is not { } ticket || ticket.StaffId != made.StaffId)
                    return null;
                var member = await db.Set<StaffMember>().FirstAsync(m => m.Id == ticket.StaffId, cancel);
                return await passkeys.AddAsync(
                    db,
                    services.GetRequiredService<UserManager<StaffMember>>(),
                    member,
                    made,
                    visit.Device,
                    cancel
                )
                    ? await JoinAsync(db, member, ticket, visit.Hash, "added a passkey", cancel)
                    : null;
            },
            cancel
        );
        return Show(http, secret);
    }

    async Task<string> JoinAsync(SiteDb db, StaffMember member, ValidTicket ticket, string here, string what, CancellationToken cancel)
    {
        await tickets.UseAsync(db, ticket.Id, cancel);
        member.JoinedAt ??= clock.GetUtcNow().UtcDateTime;
        var fresh = await RecoveryCode.RenewAsync(db, member.Id, clock, cancel);
        db.Record(clock, member, what);
        db.Record(clock, member, "was given recovery codes");
        return await tickets.IssueAsync(db, member.Id, StaffStage.Codes, here, string.Join(' ', fresh), null, cancel);
    }

    bool Show(HttpContext http, string? secret)
    {
        if (secret is null)
            return false;
        browser.GiveStep(http, secret);
        return true;
    }
}
