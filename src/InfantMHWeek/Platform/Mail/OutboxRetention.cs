using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Mail;

/// <summary>Deletes mails that left or were given up long ago, in the store and in the data folder, and refusals as old.</summary>
public sealed class OutboxRetention(SiteStore store, DeletionGuard guard, FolderTransport folder, TimeProvider clock)
{
    public const string Job = "forget old mails";

    /// <summary>A mail to everybody on a course comes due in one day.</summary>
    const int MostAtOnce = 2000;
    static readonly DeletionKind Mails = new("mails that left or were given up", Job, MostAtOnce), Letters = new("letters in the data folder", Job, MostAtOnce), Refusals = new("addresses that refused mail", Job, MostAtOnce);

    public async Task ForgetAsync(CancellationToken cancel = default)
    {
        var before = clock.GetUtcNow().UtcDateTime - OutboxMail.KeptFor;
        var (due, all) = folder.CountBefore(before);
        var letters = await store.WriteAsync(async db =>
        {
            var mails = db.Set<OutboxMail>().Where(m => m.SentAt < before || m.GivenUpAt < before);
            if (await guard.AllowsAsync(db, Mails, mails, cancel)) await mails.ExecuteDeleteAsync(cancel);
            var refused = db.Set<RefusedRecipient>().Where(r => r.At < before);
            if (await guard.AllowsAsync(db, Refusals, refused, cancel)) await refused.ExecuteDeleteAsync(cancel);
            return await guard.AllowsAsync(db, Letters, due, all, cancel);
        }, cancel);
        if (letters) folder.ForgetBefore(before);
        await store.ForgetBytesAsync(cancel);
    }
}
