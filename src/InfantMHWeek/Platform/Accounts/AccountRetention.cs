using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>Deletes sessions and links that have long been over. What was done in them stays in the audit log.</summary>
public sealed class AccountRetention(SiteStore store, DeletionGuard guard, TimeProvider clock)
{
    public const string Job = "forget ended sessions and used links";
    const int KeptDays = 30;
    static readonly DeletionKind Sessions = new("ended sessions of staff", Job, MostAtOnce: 1000), Links = new("links for joining and for new passwords", Job, MostAtOnce: 1000);

    public Task ForgetAsync(CancellationToken cancel) => store.WriteAsync(async db =>
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-KeptDays);
        var (sessions, links) = (db.Set<StaffSession>().Where(s => s.SeenAt < before), db.Set<StaffLink>().Where(l => l.ExpiresAt < before));
        if (await guard.AllowsAsync(db, Sessions, sessions, cancel)) await sessions.ExecuteDeleteAsync(cancel);
        if (await guard.AllowsAsync(db, Links, links, cancel)) await links.ExecuteDeleteAsync(cancel);
    }, cancel);
}
