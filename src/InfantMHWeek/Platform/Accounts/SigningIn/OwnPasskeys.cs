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

/// <summary>Adds and removes passkeys of somebody who is signed in. Each change is told by mail.</summary>
sealed class OwnPasskeys(SiteStore store, Passkeys passkeys, StaffBrowser browser, CredentialNews news)
{
    public async Task<bool> AddAsync(HttpContext http, string credential, CancellationToken cancel)
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
                await news.TellAsync(db, who, "added a passkey", "A passkey was added to your account.", visit, cancel);
                return true;
            },
            cancel
        );
    }

    /// <param name="credential">The passkey's id.</param>
    public async Task<PasskeyRemoval> RemoveAsync(HttpContext http, byte[] credential, CancellationToken cancel)
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
                await news.TellAsync(
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
}
