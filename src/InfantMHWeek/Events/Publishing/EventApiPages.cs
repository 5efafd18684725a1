using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Publishing;

/// <summary>The pages of the interface.</summary>
sealed class EventApiPages(SiteDb db, SiteAddress address, DateTimeOffset now)
{
    const string Version = "1";

    public async Task<EventPageAnswer> AllAsync(EventApiRequest asked, CancellationToken cancel)
    {
        var after = asked.After?.Id ?? Guid.Empty;
        // Before the events are read: what changes meanwhile is told again to whoever asks from then on.
        var asOf = asked.After is null ? await db.Set<Event>().MaxAsync(e => e.Changed, cancel) ?? 0 : (long?)null;
        var ids = asked.Regions.Count == 0 ? await IdsAsync(after, asked.Count, cancel) : await IdsInAsync(asked, after, cancel);
        var page = ids.Take(asked.Count).ToList();
        var events = await db.Set<Event>()
            .AsNoTracking()
            .Where(e => EF.Parameter(page).Contains(e.Id))
            .OrderBy(e => e.Id)
            .AsPublic()
            .ToListAsync(cancel);
        return new(
            Version,
            Facts(events),
            ids.Count > asked.Count ? page[^1].ToString("N") : null,
            null,
            null,
            asOf is { } ms ? EventApi.Instant(ms) : null
        );
    }

    Task<List<Guid>> IdsAsync(Guid after, int count, CancellationToken cancel) =>
        db.Set<Event>()
            .WherePublic()
            .Where(e => e.Id.CompareTo(after) > 0)
            .OrderBy(e => e.Id)
            .Select(e => e.Id)
            .Take(count + 1)
            .ToListAsync(cancel);

    /// <summary>An index has those of each region in the order of their ids; those of a nation are put together from them.</summary>
    async Task<List<Guid>> IdsInAsync(EventApiRequest asked, Guid after, CancellationToken cancel)
    {
        var ids = new List<Guid>();
        foreach (var region in asked.Regions)
            ids.AddRange(
                await db.Set<Event>()
                    .Where(e => e.InRegion == region && e.Id.CompareTo(after) > 0)
                    .OrderBy(e => e.Id)
                    .Select(e => e.Id)
                    .Take(asked.Count + 1)
                    .ToListAsync(cancel)
            );
        return [.. ids.Order().Take(asked.Count + 1)];
    }

    public async Task<EventPageAnswer> ChangedAsync(EventApiRequest asked, CancellationToken cancel)
    {
        var from = asked.ChangesAfter;
        var found = await db.Set<Event>().AsNoTracking().ChangedAfter(from.Changed, from.Id).Take(asked.Count + 1).ToListAsync(cancel);
        var page = found.Take(asked.Count).ToList();
        bool Shown(ChangedEvent one) =>
            one.WithdrawnAt is null && (asked.Regions.Count == 0 || one.InRegion is { } region && asked.Regions.Contains(region));
        // A place that is still to come, as a mistyped moment is, is not believed: from there on something would be left out.
        var reached =
            page.Count > 0 ? page[^1].Changed : Math.Min(asked.After?.Changed ?? asked.SinceMs!.Value, now.ToUnixTimeMilliseconds());
        var more = found.Count > asked.Count;
        return new(
            Version,
            Facts(page.Where(Shown).Select(one => one.Event)),
            more ? new EventApiCursor(reached, page[^1].Event.Id).OfChanges : null,
            null,
            [
                .. page.Where(one => !Shown(one))
                    .Select(one => new GoneEvent(
                        one.Event.Id,
                        EventApi.Instant(one.Changed),
                        one.WithdrawnAt is null ? "elsewhere" : "withdrawn"
                    )),
            ],
            more ? null : EventApi.Instant(reached)
        );
    }

    List<PublishedEvent> Facts(IEnumerable<PublicEvent> events) => [.. events.Select(e => PublishedEvent.Of(e, address, now.UtcDateTime))];
}
