using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>Changes how somebody who is signed in signs in. Each change is told by mail.</summary>
sealed class OwnCredentials(
    SiteStore store,
    UserManager<StaffMember> staff,
    OneTimeCodes codes,
    StaffStore keeper,
    StaffTickets tickets,
    StaffSessions sessions,
    CredentialNews news,
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
                await news.TellAsync(
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
                await news.TellAsync(
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
                await news.TellAsync(
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
}
