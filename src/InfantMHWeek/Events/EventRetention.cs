using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events;

/// <summary>
/// Keeps what the organisers' form promises: a year after the last date the site forgets who offered an event. The event's
/// own page stays, because years of the week stay. What was begun and never finished goes altogether.
/// </summary>
public sealed class EventRetention(SiteDb db, TimeProvider clock)
{
    const int Days = 365;
    static readonly EmailAddress Nobody = EmailAddress.Parse("deleted@organiser.invalid", provider: null);

    /// <returns>How many events were forgotten or deleted.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancel = default)
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-Days);
        await using var write = await db.BeginWriteAsync(cancel);
        var never = await db.Set<Event>().Where(e => e.ApprovedAt == null && e.StartedAt < before).ExecuteDeleteAsync(cancel);
        var past = db.Set<Event>().Where(e => e.ApprovedAt != null && e.ContactName != "" && e.UpdatedAt < before && !e.Dates.Any(d => d.EndUtc >= before));
        await db.Set<EventLink>().Where(l => past.Any(e => e.Id == l.EventId)).ExecuteDeleteAsync(cancel);
        await db.Set<EventConcern>().Where(c => c.ClosedAt != null && past.Any(e => e.Id == c.EventId)).ExecuteDeleteAsync(cancel);
        var forgotten = await past.ExecuteUpdateAsync(change => change.SetProperty(e => e.Contact, Nobody).SetProperty(e => e.ContactPhone, "").SetProperty(e => e.ContactName, ""), cancel);
        await write.CommitAsync(cancel);
        return never + forgotten;
    }
}
