using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Mail;

/// <summary>The sender's side of the store: leases mails in batches and writes down what became of them, in short writes.</summary>
sealed class OutboxLeases(SiteStore store, MailSettings settings, TimeProvider clock)
{
    /// <summary>A mail whose process died comes back after this. Whoever lives renews it in time.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    const int MostLooks = 5;

    readonly ReaderLimits limits = new(settings);
    readonly Guid me = Guid.CreateVersion7();
    readonly string machine =
        Environment.MachineName.Length <= MailHold.MachineMaxLength
            ? Environment.MachineName
            : Environment.MachineName[..MailHold.MachineMaxLength];

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <inheritdoc cref="SiteStore.RefuseForeignSchemaAsync"/>
    public Task RefuseForeignSchemaAsync(CancellationToken cancel) => store.RefuseForeignSchemaAsync(cancel);

    /// <summary>Looks without taking the lock whether there is anything to lease.</summary>
    public Task<bool> IsAnyDueAsync(OutboxBatch batch, CancellationToken cancel) =>
        store.ReadAsync(db => Due(db, batch, Now).AnyAsync(cancel));

    /// <summary>Whether somebody of the staff wants mail that is held tried at once.</summary>
    public Task<bool> IsWantedNowAsync(CancellationToken cancel) =>
        store.ReadAsync(db => db.Set<MailHold>().AnyAsync(h => h.Machine == machine && h.TryNow, cancel));

    public Task<LeaseResult> WriteAsync(OutboxBatch batch, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                var now = Now;
                await DeliveryRecords.MarkSentAsync(db, batch, now, cancel);
                await DeliveryRecords.MarkOthersAsync(db, batch, me, now, cancel);
                var lost = batch.Renew ? await RenewAsync(db, [.. batch.InHand], now, cancel) : [];
                if (batch.HoldChanged)
                    await ShowAsync(db, batch.Hold, cancel);
                return new LeaseResult(batch.Most > 0 ? await LeaseAsync(db, batch, now, cancel) : [], lost);
            },
            cancel
        );

    /// <returns>Those that are not this process's any more.</returns>
    async Task<IReadOnlyList<Guid>> RenewAsync(SiteDb db, List<Guid> ids, DateTime now, CancellationToken cancel)
    {
        if (ids.Count == 0)
            return [];
        var until = now + Lease;
        var mine = db.Set<OutboxMail>().Where(m => ids.Contains(m.Id) && m.LeasedBy == me && m.SentAt == null);
        var renewed = await mine.ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedUntil, until), cancel);
        return renewed == ids.Count ? [] : [.. ids.Except(await mine.Select(m => m.Id).ToListAsync(cancel))];
    }

    async Task ShowAsync(SiteDb db, SendingHoldStatus? hold, CancellationToken cancel)
    {
        await db.Set<MailHold>().Where(h => h.Machine == machine).ExecuteDeleteAsync(cancel);
        if (hold is not null)
            db.Add(
                new MailHold
                {
                    Machine = machine,
                    Since = hold.Since,
                    Trouble = hold.Trouble,
                    Words = hold.Words,
                    NextTryAt = hold.NextTryAt,
                }
            );
    }

    static IQueryable<OutboxMail> Due(SiteDb db, OutboxBatch batch, DateTime now)
    {
        var due = OutboxMail.WaitingAt(db, now);
        if (batch.Before is { } lane)
            due = due.Where(m => m.Lane < lane);
        if (batch.InHand.Count > 0)
        {
            var inHand = batch.InHand.ToList();
            due = due.Where(m => !inHand.Contains(m.Id));
        }
        if (batch.SlowReaders.Count > 0)
        {
            var slow = batch.SlowReaders.ToList();
            due = due.Where(m => m.Lane == MailLane.Urgent || !slow.Contains(m.Reader));
        }
        foreach (var domain in batch.SlowDomains)
        {
            var ending = "@" + domain;
            due = due.Where(m => m.Lane == MailLane.Urgent || !m.Reader.EndsWith(ending));
        }
        return due;
    }

    async Task<IReadOnlyList<OutgoingMail>> LeaseAsync(SiteDb db, OutboxBatch batch, DateTime now, CancellationToken cancel)
    {
        var chosen = new List<Guid>();
        for (var look = 0; look < MostLooks && chosen.Count == 0; look++)
        {
            var next = await Due(db, batch, now)
                .OrderBy(m => m.Lane)
                .ThenBy(m => m.NextAttemptAt)
                .ThenBy(m => m.Id)
                .Take(batch.Most)
                .Select(m => new LeaseCandidate(m.Id, m.Reader, m.Lane))
                .ToListAsync(cancel);
            if (next.Count == 0)
                break;
            next = await ReaderLimits.WithoutRefusedAsync(db, next, now, cancel);
            chosen = await limits.WithinAsync(db, next, now, cancel);
        }
        if (chosen.Count == 0)
            return [];
        var until = now + Lease;
        await db.Set<OutboxMail>()
            .Where(m => chosen.Contains(m.Id))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(m => m.LeasedUntil, until)
                        .SetProperty(m => m.LeasedBy, me)
                        .SetProperty(m => m.Attempts, m => m.Attempts + 1),
                cancel
            );
        return await db.Set<OutboxMail>()
            .Where(m => chosen.Contains(m.Id))
            .OrderBy(m => m.Lane)
            .ThenBy(m => m.NextAttemptAt)
            .ThenBy(m => m.Id)
            .Select(OutgoingMail.FromRow)
            .ToListAsync(cancel);
    }
}
