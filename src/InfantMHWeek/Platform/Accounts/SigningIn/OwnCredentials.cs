using System.Security.Claims;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

enum PasskeyRemoval
{
    Removed,
    NotThere,
    OnlyWayIn,
}

/// <summary>Changes how somebody who is signed in signs in. Each change is told by mail.</summary>
sealed class OwnCredentials(
    SiteStore store,
    UserManager<StaffMember> staff,
    Passkeys passkeys,
    OneTimeCodes codes,
    StaffStore keeper,
    StaffTickets tickets,
    StaffSessions sessions,
    StaffNotices notices,
    StaffBrowser browser,
    TimeProvider clock
)
{
    /// <summary>Offers a new code app. The one of before works until a code of the new one was shown.</summary>
    /// <returns>Its key.</returns>
    public async Task<string> OfferAppAsync(HttpContext http, CancellationToken cancel)
    {
        var (id, session, here, key) = (
            http.User.StaffId(),
            http.User.SessionId(),
            browser.Visit(http).Hash,
            staff.GenerateNewAuthenticatorKey()
        );
        browser.GiveStep(
            http,
            await store.WriteAsync(db => tickets.IssueAsync(db, id, StaffStage.NewApp, here, key, session, cancel), cancel)
        );
        return key;
    }

    public async Task<bool> TakeAppAsync(HttpContext http, string code, CancellationToken cancel)
    {
        var (who, shown, visit) = (http.User, browser.Shown(http), browser.Visit(http));
        var taken = await store.WriteAsync(
            async db =>
            {
                if (await tickets.FindAsync(db, shown, StaffStage.NewApp, cancel) is not { } ticket || ticket.StaffId != who.StaffId())
                    return false;
                var key = keeper.Protect(ticket.Carries);
                var member = await db.Set<StaffMember>().FirstAsync(m => m.Id == ticket.StaffId, cancel);
                if (member.PasswordHash is null || !await codes.TakeAsync(db, member.Id, key, code, cancel))
                    return false;
                member.CodeKey = key;
                await tickets.UseAsync(db, ticket.Id, cancel);
                await ToldAsync(
                    db,
                    who,
                    "set up a code app",
                    "A new code app was set up for your account. The one of before works no more.",
                    visit,
                    cancel
                );
                return true;
            },
            cancel
        );
        if (taken)
            browser.ForgetStep(http);
        return taken;
    }

    public async Task<bool> AddPasskeyAsync(HttpContext http, string credential, CancellationToken cancel)
    {
        if (await passkeys.ReadNewAsync(http, credential) is not { } made || made.StaffId != http.User.StaffId())
            return false;
        var (who, visit) = (http.User, browser.Visit(http));
        return await store.WriteAsync(
            async (db, services) =>
            {
                if (!await StaffSessions.LastsAsync(db, who.SessionId(), cancel))
                    return false;
                var member = await db.Set<StaffMember>().FirstAsync(m => m.Id == made.StaffId, cancel);
                if (
                    !await passkeys.AddAsync(
                        db,
                        services.GetRequiredService<UserManager<StaffMember>>(),
                        member,
                        made,
                        visit.Device,
                        cancel
                    )
                )
                    return false;
                await ToldAsync(db, who, "added a passkey", "A passkey was added to your account.", visit, cancel);
                return true;
            },
            cancel
        );
    }

    /// <param name="credential">The passkey's id.</param>
    public async Task<PasskeyRemoval> RemovePasskeyAsync(HttpContext http, byte[] credential, CancellationToken cancel)
    {
        var (who, visit) = (http.User, browser.Visit(http));
        var id = who.StaffId();
        return await store.WriteAsync(
            async (db, services) =>
            {
                var users = services.GetRequiredService<UserManager<StaffMember>>();
                var member = await db.Set<StaffMember>().FirstAsync(m => m.Id == id, cancel);
                if (
                    !await StaffSessions.LastsAsync(db, who.SessionId(), cancel)
                    || await users.GetPasskeyAsync(member, credential) is not { } passkey
                )
                    return PasskeyRemoval.NotThere;
                if (
                    await db.Set<IdentityUserPasskey<Guid>>().CountAsync(p => p.UserId == id, cancel) == 1
                    && (member.PasswordHash is null || member.CodeKey is null)
                )
                    return PasskeyRemoval.OnlyWayIn;
                await users.RemovePasskeyAsync(member, credential);
                await ToldAsync(
                    db,
                    who,
                    "removed a passkey",
                    $"The passkey made on {passkey.Name ?? "a device"} was removed from your account.",
                    visit,
                    cancel
                );
                return PasskeyRemoval.Removed;
            },
            cancel
        );
    }

    /// <summary>A new set of recovery codes, which the next page shows.</summary>
    public async Task RenewCodesAsync(HttpContext http, CancellationToken cancel)
    {
        var (who, visit) = (http.User, browser.Visit(http));
        var secret = await store.WriteAsync(
            async db =>
            {
                if (!await StaffSessions.LastsAsync(db, who.SessionId(), cancel))
                    return null;
                var fresh = await RecoveryCode.RenewAsync(db, who.StaffId(), clock, cancel);
                await ToldAsync(
                    db,
                    who,
                    "was given recovery codes",
                    "New recovery codes were made for your account. Those of before work no more.",
                    visit,
                    cancel
                );
                return await tickets.IssueAsync(
                    db,
                    who.StaffId(),
                    StaffStage.Codes,
                    visit.Hash,
                    string.Join(' ', fresh),
                    who.SessionId(),
                    cancel
                );
            },
            cancel
        );
        if (secret is not null)
            browser.GiveStep(http, secret);
    }

    /// <summary>Puts a new password in place of the one that was shown to be right. Everywhere else one is signed out.</summary>
    /// <param name="old">The hash that was compared.</param>
    /// <returns>False when it was changed meanwhile.</returns>
    public async Task<bool> ChangePasswordAsync(HttpContext http, string old, string hash, CancellationToken cancel)
    {
        var (who, visit) = (http.User, browser.Visit(http));
        var id = who.StaffId();
        return await store.WriteAsync(
            async db =>
            {
                var member = await db.Set<StaffMember>().FirstAsync(m => m.Id == id, cancel);
                if (member.PasswordHash != old || !await StaffSessions.LastsAsync(db, who.SessionId(), cancel))
                    return false;
                (member.PasswordHash, member.SecurityStamp) = (hash, Secret.New());
                await sessions.EndOthersAsync(db, id, who.SessionId(), cancel);
                await tickets.EndAllAsync(db, id, cancel);
                await StaffDevices.ForgetAsync(db, id, but: visit.Hash, cancel);
                await ToldAsync(
                    db,
                    who,
                    "changed their password",
                    "The password of your account was changed. Everywhere else you were signed out.",
                    visit,
                    cancel
                );
                return true;
            },
            cancel
        );
    }

    Task ToldAsync(SiteDb db, ClaimsPrincipal who, string what, string sentence, StaffVisit visit, CancellationToken cancel)
    {
        db.Record(clock, who, what);
        return notices.TellAsync(db, who.StaffId(), sentence, visit.Device, cancel);
    }
}
