using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Platform.Mail;

/// <summary>Deletes mails that left or were given up long ago, in the store and in the data folder, and refusals as old.</summary>
sealed class OutboxRetention(SiteStore store, DeletionGuard guard, FolderTransport folder, TimeProvider clock)
    : Retention(store, guard, clock)
{
    public const string Job = "forget old mails";

    /// <summary>A mail to everybody on a course comes due in one day.</summary>
    const int MostAtOnce = 2000;
    static readonly DeletionKind Letters = new("letters in the data folder", Job, MostAtOnce);

    public override IReadOnlyList<RetentionRule> Rules { get; } =
    [
        new RetentionRule<OutboxMail>(new("mails that left or were given up", Job, MostAtOnce), RetentionPeriods.Mails, (db, before) =>
            db.Set<OutboxMail>().Where(m => m.SentAt < before || m.GivenUpAt < before)
        ),
        new RetentionRule<RefusedRecipient>(
            new("addresses that refused mail", Job, MostAtOnce),
            RetentionPeriods.RefusedAddresses,
            (db, before) => db.Set<RefusedRecipient>().Where(r => r.At < before)
        ),
    ];

    protected override async Task ForgetAsync(DateTime now, CancellationToken cancel)
    {
        await base.ForgetAsync(now, cancel);
        var before = RetentionPeriods.Mails.For.Before(now);
        var (due, all) = folder.CountBefore(before);
        if (await Store.WriteAsync(db => Guard.AllowsAsync(db, Letters, due, all, cancel), cancel))
            folder.ForgetBefore(before);
    }
}
