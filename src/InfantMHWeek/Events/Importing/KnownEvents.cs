using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Importing;

/// <summary>What is here already of some events of a partner's list.</summary>
sealed class KnownEvents
{
    const int MostOfOnePartner = 2000;
    readonly ImportOrder order;
    readonly List<Event> held,
        renamed;
    readonly HashSet<(string, DateTime, string)> elsewhere;

    KnownEvents(ImportOrder order, List<Event> held, List<Event> renamed, HashSet<(string, DateTime, string)> elsewhere) =>
        (this.order, this.held, this.renamed, this.elsewhere) = (order, held, renamed, elsewhere);

    /// <param name="keep">They are to be changed.</param>
    public static async Task<KnownEvents> OfAsync(
        SiteDb inside,
        FileEvents file,
        ReadyEvent[] some,
        ImportOrder order,
        bool keep,
        CancellationToken cancel
    )
    {
        var ids = some.Select(r => r.From.Id).ToList();
        var events = inside.Set<Event>().Include(e => e.Dates).AsQueryable();
        if (!keep)
            events = events.AsNoTracking();
        var feed = order.Feed?.Feed;
        var here = await events
            .Where(e => EF.Parameter(ids).Contains(e.SourceId!))
            .Where(e => feed == null ? e.Contact == order.Contact : e.FeedId == feed || (e.FeedId == null && e.Contact == order.Contact))
            .ToListAsync(cancel);
        var unknown = some.Where(r => !here.Exists(e => e.SourceId == r.From.Id)).ToList();
        if (unknown.Count == 0)
            return new(order, here, [], []);
        return feed is null
            ? new(order, here, await OfVersion10Async(events, order, cancel), [])
            : new(order, here, await RenamedAsync(events, file, order, cancel), await ElsewhereAsync(inside, unknown, order, cancel));
    }

    /// <summary>Version 1.0 knew them by their name and first date.</summary>
    static Task<List<Event>> OfVersion10Async(IQueryable<Event> events, ImportOrder order, CancellationToken cancel) =>
        events
            .Where(e => e.Contact == order.Contact && e.SourceId == null && e.ImportedAt != null && e.WithdrawnAt == null)
            .OrderByDescending(e => e.Id)
            .Take(MostOfOnePartner)
            .ToListAsync(cancel);

    /// <summary>Those of a calendar that are in it under this id no more: some give a new one to the same event every time.</summary>
    static async Task<List<Event>> RenamedAsync(IQueryable<Event> events, FileEvents file, ImportOrder order, CancellationToken cancel)
    {
        var feed = order.Feed!.Feed;
        var all = await events.Where(e => e.FeedId == feed).OrderByDescending(e => e.Id).Take(MostOfOnePartner).ToListAsync(cancel);
        return all.FindAll(e => !file.Ids.Contains(e.SourceId!));
    }

    /// <summary>The same event, public from elsewhere; or our own, as another site has read it from here.</summary>
    static async Task<HashSet<(string, DateTime, string)>> ElsewhereAsync(
        SiteDb inside,
        List<ReadyEvent> unknown,
        ImportOrder order,
        CancellationToken cancel
    )
    {
        var feed = order.Feed!.Feed;
        var starts = unknown.SelectMany(r => r.Whole.Schedule.All().Take(1)).Select(t => t.StartUtc).Distinct().ToList();
        var same = await inside
            .Set<EventDate>()
            .Where(d => starts.Contains(d.StartUtc))
            .Join(inside.Set<Event>().Where(e => e.FeedId != feed), d => d.EventId, e => e.Id, (_, e) => new { e.Live })
            .ToListAsync(cancel);
        return [.. same.Select(e => PlacedKeyOf(e.Live!))];
    }

    /// <returns>Each of them once.</returns>
    public Event? Find(ReadyEvent one)
    {
        var feed = order.Feed?.Feed;
        var known = held.FindAll(e => e.SourceId == one.From.Id).MaxBy(e => e.FeedId == feed);
        if (known is null && renamed.Find(e => KeyOf(e.AtSource ?? e.Latest) == KeyOf(one.Said)) is { } other)
        {
            renamed.Remove(other);
            known = other;
        }
        return known;
    }

    public bool IsElsewhere(EventDetails details) => elsewhere.Contains(PlacedKeyOf(details));

    static (string, DateTime) KeyOf(EventDetails details) => (details.Title, details.Schedule.All().FirstOrDefault()?.StartUtc ?? default);

    static (string, DateTime, string) PlacedKeyOf(EventDetails details)
    {
        var (title, start) = KeyOf(details);
        return (title.ToUpperInvariant(), start, details.Postcode);
    }

    /// <summary>What is held of the partner's list and follows it.</summary>
    public static async Task<List<Event>> HeldAsync(SiteDb inside, ImportOrder order, CancellationToken cancel)
    {
        var feed = order.Feed?.Feed;
        var all = await inside
            .Set<Event>()
            .Where(e => e.SourceId != null && e.GoneAtSourceAt == null && e.WithdrawnAt == null)
            .Where(e => feed == null ? e.Contact == order.Contact && e.FeedId == null : e.FeedId == feed)
            .Take(MostOfOnePartner)
            .ToListAsync(cancel);
        return all.FindAll(e => e.FollowsSource);
    }
}
