using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Moderation;

/// <summary>
/// Keeps what the organisers' form promises: a year after the last date the site forgets who offered an event. The event's
/// own page stays, because years of the week stay. What was begun and never finished goes altogether.
/// </summary>
public sealed class EventRetention(SiteStore store, DeletionGuard guard, TimeProvider clock)
{
    public const string Job = "forget organisers";
    const int Days = 365;
    static readonly DeletionKind Unfinished = new("events that were begun and never shown", Job), Organisers = new("events with the name of who offered them", Job);
    static readonly EmailAddress Nobody = EmailAddress.Parse("deleted@organiser.invalid", provider: null);

    /// <returns>How many events were forgotten or deleted.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancel = default)
    {
        var gone = await store.WriteAsync(async db =>
        {
            var before = clock.GetUtcNow().UtcDateTime.AddDays(-Days);
            var never = db.Set<Event>().Where(e => e.ApprovedAt == null && e.StartedAt < before);
            var deleted = await guard.AllowsAsync(db, Unfinished, never, cancel) ? await never.ExecuteDeleteAsync(cancel) : 0;
            var named = db.Set<Event>().Where(e => e.ApprovedAt != null && e.ContactName != "");
            var past = named.Where(e => e.UpdatedAt < before && !e.Dates.Any(d => d.EndUtc >= before));
            if (!await guard.AllowsAsync(db, Organisers, await past.CountAsync(cancel), await named.CountAsync(cancel), cancel)) return deleted;
            await db.Set<EventLink>().Where(l => past.Any(e => e.Id == l.EventId)).ExecuteDeleteAsync(cancel);
            await db.Set<EventConcern>().Where(c => c.ClosedAt != null && past.Any(e => e.Id == c.EventId)).ExecuteDeleteAsync(cancel);
            return deleted + await past.ExecuteUpdateAsync(change => change.SetProperty(e => e.Contact, Nobody).SetProperty(e => e.ContactPhone, "").SetProperty(e => e.ContactName, ""), cancel);
        }, cancel);
        await store.ForgetBytesAsync(cancel);
        return gone;
    }
}
