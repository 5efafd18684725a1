using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>Deletes sessions, tickets and browsers that have long been over. What was done in them stays in the audit log.</summary>
public sealed class AccountRetention(SiteStore store, DeletionGuard guard, TimeProvider clock)
{
    public const string Job = "forget ended sessions and tickets";
    const int KeptDays = 30;
    static readonly DeletionKind Sessions = new("ended sessions of staff", Job, MostAtOnce: 1000), Tickets = new("tickets and links for the way in", Job, MostAtOnce: 3000),
        Devices = new("browsers of staff", Job, MostAtOnce: 1000);

    public Task ForgetAsync(CancellationToken cancel) => store.WriteAsync(async db =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (before, codesBefore, seenBefore) = (now.AddDays(-KeptDays), now - OneTimeCodes.Lasts, now - StaffBrowser.Lasts);
        var (sessions, tickets, devices) = (db.Set<StaffSession>().Where(s => s.SeenAt < before), db.Set<StaffTicket>().Where(t => t.ExpiresAt < before), db.Set<StaffDevice>().Where(d => d.SeenAt < seenBefore));
        if (await guard.AllowsAsync(db, Sessions, sessions, cancel)) await sessions.ExecuteDeleteAsync(cancel);
        if (await guard.AllowsAsync(db, Tickets, tickets, cancel)) await tickets.ExecuteDeleteAsync(cancel);
        if (await guard.AllowsAsync(db, Devices, devices, cancel)) await devices.ExecuteDeleteAsync(cancel);
        await db.Set<UsedCode>().Where(c => c.UsedAt < codesBefore).ExecuteDeleteAsync(cancel);
    }, cancel);
}
