using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Mail;

/// <summary>A mail that may be leased next.</summary>
sealed record LeaseCandidate(Guid Id, string Reader, MailLane Lane);

/// <summary>What may be sent to one reader now: nothing ordinary where mail is refused for good, and never a flood.</summary>
sealed class ReaderLimits(MailSettings settings)
{
    const int UrgentTimes = 3;

    TimeSpan Period => TimeSpan.FromMinutes(settings.ReaderMinutes);

    /// <summary>Gives up, untried, what is for an address that was refused for good.</summary>
    public static async Task<List<LeaseCandidate>> WithoutRefusedAsync(
        SiteDb db,
        List<LeaseCandidate> next,
        DateTime now,
        CancellationToken cancel
    )
    {
        var readers = next.Where(c => c.Lane != MailLane.Urgent).Select(c => c.Reader).Distinct(StringComparer.Ordinal).ToList();
        if (readers.Count == 0)
            return next;
        foreach (var refused in await db.Set<RefusedRecipient>().AsNoTracking().Where(r => readers.Contains(r.Reader)).ToListAsync(cancel))
        {
            var (reader, words) = (
                refused.Reader,
                OutboxMail.OneLine($"Not tried: on {refused.At.DayInUk()} this address was refused. {refused.Words}")
            );
            await OutboxMail
                .WaitingAt(db, now)
                .Where(m => m.Reader == reader && m.Lane != MailLane.Urgent)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.GivenUpAt, now).SetProperty(m => m.LastProblem, words), cancel);
            next.RemoveAll(c => c.Reader == reader && c.Lane != MailLane.Urgent);
        }
        return next;
    }

    /// <summary>Lets no address be flooded: what is too much for it in a period waits.</summary>
    public async Task<List<Guid>> WithinAsync(SiteDb db, List<LeaseCandidate> next, DateTime now, CancellationToken cancel)
    {
        var (chosen, since, readers) = (
            new List<Guid>(),
            now - Period,
            next.Select(c => c.Reader).Distinct(StringComparer.Ordinal).ToList()
        );
        var had = await db.Set<OutboxMail>()
            .AsNoTracking()
            .Where(m =>
                readers.Contains(m.Reader) && (m.SentAt > since || (m.SentAt == null && m.GivenUpAt == null && m.LeasedUntil >= now))
            )
            .GroupBy(m => new { m.Reader, Urgent = m.Lane == MailLane.Urgent })
            .Select(same => new
            {
                same.Key.Reader,
                same.Key.Urgent,
                Count = same.Count(),
                First = same.Min(m => m.SentAt),
            })
            .ToListAsync(cancel);
        foreach (var same in next.GroupBy(c => (c.Reader, Urgent: c.Lane == MailLane.Urgent)))
        {
            var before = had.FirstOrDefault(h => h.Reader == same.Key.Reader && h.Urgent == same.Key.Urgent);
            var most = settings.MostPerReader * (same.Key.Urgent ? UrgentTimes : 1);
            var left = Math.Max(0, most - (before?.Count ?? 0));
            chosen.AddRange(same.Take(left).Select(c => c.Id));
            if (same.Count() > left)
                await PostponeAsync(db, same.Key.Reader, same.Key.Urgent, chosen, (before?.First ?? now) + Period, now, cancel);
        }
        return chosen;
    }

    async Task PostponeAsync(
        SiteDb db,
        string reader,
        bool urgent,
        List<Guid> except,
        DateTime until,
        DateTime now,
        CancellationToken cancel
    )
    {
        var words = $"Waits: this address was sent enough for now ({settings.MostPerReader} in {settings.ReaderMinutes} minutes).";
        var next = until > now ? until : now + Period;
        await OutboxMail
            .WaitingAt(db, now)
            .Where(m => m.Reader == reader && m.Lane == MailLane.Urgent == urgent && !except.Contains(m.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAttemptAt, next).SetProperty(m => m.LastProblem, words), cancel);
    }
}
