using System.ComponentModel.DataAnnotations;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Store;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>How long what staff did is remembered (<c>Audit:…</c>).</summary>
[Settings("Audit")]
sealed class AuditSettings
{
    /// <summary>How many months a line of the audit log is kept.</summary>
    [Range(1, 120)]
    public int KeepMonths { get; set; } = 24;
}

/// <summary>Deletes lines of the audit log when their time has come.</summary>
sealed class AuditRetention(SiteStore store, DeletionGuard guard, IOptions<AuditSettings> settings, TimeProvider clock)
    : Retention(store, guard, clock)
{
    public const string Job = "forget old lines of the audit log";

    public override IReadOnlyList<RetentionRule> Rules =>
        [
            new RetentionRule<AuditEntry>(
                new("lines of the audit log", Job, MostAtOnce: 1000),
                RetentionPeriods.AuditLines(settings.Value.KeepMonths),
                (db, before) => db.Set<AuditEntry>().Where(e => e.At < before)
            ),
        ];
}
