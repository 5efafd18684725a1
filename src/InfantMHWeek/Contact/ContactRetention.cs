using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Contact;

/// <summary>Deletes messages, and the mails about them, when their time has come.</summary>
public sealed class ContactRetention(SiteStore store, DeletionGuard guard, IOptions<ContactSettings> settings, TimeProvider clock)
{
    public const string Job = "forget old messages";
    static readonly DeletionKind Messages = new("messages to the charity", Job);

    public async Task ForgetAsync(CancellationToken cancel = default)
    {
        await store.WriteAsync(async db =>
        {
            var before = clock.GetUtcNow().UtcDateTime.AddMonths(-settings.Value.KeepMonths);
            var old = db.Set<ContactMessage>().Where(m => m.At <= before);
            if (!await guard.AllowsAsync(db, Messages, old, cancel)) return;
            foreach (var id in await old.Select(m => m.Id).ToListAsync(cancel))
            {
                var start = id.ToString("N") + ":";
                await db.Set<OutboxMail>().Where(m => m.About.StartsWith(start)).ExecuteDeleteAsync(cancel);
            }
            await old.ExecuteDeleteAsync(cancel);
        }, cancel);
        await store.ForgetBytesAsync(cancel);
    }
}
