using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Contact;

/// <summary>Deletes messages, and the mails about them, when their time has come.</summary>
sealed class ContactRetention(SiteStore store, DeletionGuard guard, IOptions<ContactSettings> settings, TimeProvider clock)
    : Retention(store, guard, clock)
{
    public const string Job = "forget old messages";

    public override IReadOnlyList<RetentionRule> Rules =>
        [
            new RetentionRule<ContactMessage>(
                new("messages to the charity", Job),
                RetentionPeriods.Messages(settings.Value.KeepMonths),
                (db, before) => db.Set<ContactMessage>().Where(m => m.At <= before)
            )
            {
                Forget = ForgetMessagesAsync,
            },
        ];

    static async Task ForgetMessagesAsync(SiteDb db, IQueryable<ContactMessage> old, CancellationToken cancel)
    {
        foreach (var id in await old.Select(m => m.Id).ToListAsync(cancel))
        {
            var start = id.ToString("N") + ":";
            await db.Set<OutboxMail>().Where(m => m.About.StartsWith(start)).ExecuteDeleteAsync(cancel);
        }
        await old.ExecuteDeleteAsync(cancel);
    }
}
