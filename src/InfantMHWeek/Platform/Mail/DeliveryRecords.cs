using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Mail;

/// <summary>Writes down what became of mails, inside the write of the batch.</summary>
static class DeliveryRecords
{
    public static async Task MarkSentAsync(SiteDb db, OutboxBatch batch, DateTime now, CancellationToken cancel)
    {
        var sent = batch.Finished.Where(f => f.Delivery?.Outcome == DeliveryOutcome.Delivered).Select(f => f.Mail).ToList();
        if (sent.Count == 0)
            return;
        var (ids, readers) = (sent.Select(m => m.Id).ToList(), sent.Select(m => m.To.Key).Distinct(StringComparer.Ordinal).ToList());
        // Its words are not kept: there are links in them that open things.
        await db.Set<OutboxMail>()
            .Where(m => ids.Contains(m.Id))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(m => m.SentAt, now)
                        .SetProperty(m => m.GivenUpAt, (DateTime?)null)
                        .SetProperty(m => m.LeasedUntil, (DateTime?)null)
                        .SetProperty(m => m.LeasedBy, (Guid?)null)
                        .SetProperty(m => m.LastProblem, (string?)null)
                        .SetProperty(m => m.Text, "")
                        .SetProperty(m => m.Html, "")
                        .SetProperty(m => m.Calendar, (string?)null)
                        .SetProperty(m => m.LeaveAt, (string?)null),
                cancel
            );
        await db.Set<RefusedRecipient>().Where(r => readers.Contains(r.Reader)).ExecuteDeleteAsync(cancel);
    }

    public static async Task MarkOthersAsync(SiteDb db, OutboxBatch batch, Guid me, DateTime now, CancellationToken cancel)
    {
        var others = batch
            .Finished.Where(f => f.Delivery?.Outcome != DeliveryOutcome.Delivered)
            .ToDictionary(f => f.Mail.Id, f => f.Delivery);
        if (others.Count == 0)
            return;
        var ids = others.Keys.ToList();
        // One that another process has taken meanwhile is that one's business.
        foreach (
            var mail in await db.Set<OutboxMail>()
                .Where(m => ids.Contains(m.Id) && m.LeasedBy == me && m.SentAt == null)
                .ToListAsync(cancel)
        )
        {
            var (delivery, words) = (others[mail.Id], others[mail.Id]?.Words ?? "");
            switch (delivery?.Outcome)
            {
                case null:
                    mail.ReturnUntried(null);
                    break;
                case DeliveryOutcome.Held:
                    mail.ReturnUntried(words);
                    break;
                case DeliveryOutcome.ReaderRefused:
                    mail.GiveUp(now, words);
                    await RefusedRecipient.NoteAsync(db, mail.Reader, words, now, cancel);
                    break;
                case DeliveryOutcome.Refused:
                    var since = mail.RefusedAt;
                    mail.Refuse(now, words, delivery.Trouble is null && await db.Set<OutboxMail>().AnyAsync(m => m.SentAt > since, cancel));
                    break;
                default:
                    mail.TryLater(now, words);
                    break;
            }
        }
        await db.SaveChangesAsync(cancel);
    }
}
