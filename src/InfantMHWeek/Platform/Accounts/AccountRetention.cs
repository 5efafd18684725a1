using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>Deletes sessions and links that have long been over. What was done in them stays in the audit log.</summary>
public sealed class AccountRetention(SiteDb db, TimeProvider clock)
{
    const int KeptDays = 30;

    public async Task ForgetAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-KeptDays);
        await db.Set<StaffSession>().Where(s => s.SeenAt < before).ExecuteDeleteAsync(cancel);
        await db.Set<StaffLink>().Where(l => l.ExpiresAt < before).ExecuteDeleteAsync(cancel);
    }
}
