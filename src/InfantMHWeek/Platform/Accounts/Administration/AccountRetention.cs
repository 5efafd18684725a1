using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Platform.Accounts.Administration;

/// <summary>Deletes sessions, tickets and browsers that have long been over. What was done in them stays in the audit log.</summary>
sealed class AccountRetention(SiteStore store, DeletionGuard guard, TimeProvider clock) : Retention(store, guard, clock)
{
    public const string Job = "forget ended sessions and tickets";
    public override IReadOnlyList<RetentionRule> Rules { get; } =
    [
        new RetentionRule<StaffSession>(
            new("ended sessions of staff", Job, MostAtOnce: 1000),
            RetentionPeriods.StaffSessions,
            (db, before) => db.Set<StaffSession>().Where(s => s.SeenAt < before)
        ),
        new RetentionRule<StaffTicket>(
            new("tickets and links for the way in", Job, MostAtOnce: 3000),
            RetentionPeriods.StaffTickets,
            (db, before) => db.Set<StaffTicket>().Where(t => t.ExpiresAt < before)
        ),
        new RetentionRule<StaffDevice>(new("browsers of staff", Job, MostAtOnce: 1000), RetentionPeriods.StaffBrowsers, (db, before) =>
            db.Set<StaffDevice>().Where(d => d.SeenAt < before)
        ),
        new RetentionRule<UsedCode>(kind: null, period: null, (db, _, now) =>
        {
            var before = now - OneTimeCodes.Lasts;
            return db.Set<UsedCode>().Where(c => c.UsedAt < before);
        }),
    ];
}
