using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Finding;

/// <summary>The events that the site's search finds: approved, and still to come.</summary>
static class EventsInSearch
{
    /// <summary>Those that come first; whoever looks for more has the finder.</summary>
    const int Most = 5000,
        DaysAhead = 366,
        ReadAtOnce = 500;

    public static readonly SearchSource Source = new("events", "Event", "Events", ReadAsync);

    static async Task<IReadOnlyList<SearchItem>> ReadAsync(
        IServiceProvider services,
        IReadOnlyDictionary<string, SearchItem> known,
        CancellationToken cancel
    )
    {
        var (db, clock) = (services.GetRequiredService<SiteDb>(), services.GetRequiredService<PageClock>());
        var (now, today) = (clock.GetUtcNow().UtcDateTime, clock.Today());
        var (from, to) = (UkTime.MidnightUtc(today), UkTime.MidnightUtc(today.AddDays(DaysAhead)));
        var next = await db.Set<EventDate>()
            .Where(d => d.StartUtc >= from && d.StartUtc < to && d.EndUtc > now)
            .GroupBy(d => d.EventId)
            .Select(g => new
            {
                Id = g.Key,
                Starts = g.Min(d => d.StartUtc),
                Ends = g.Max(d => d.EndUtc),
            })
            .OrderBy(d => d.Starts)
            .ThenBy(d => d.Id)
            .Take(Most)
            .ToDictionaryAsync(d => d.Id, cancel);
        var ids = next.Keys.ToList();
        var versions = await db.Set<Event>()
            .WherePublic()
            .Where(e => EF.Parameter(ids).Contains(e.Id))
            .Select(e => new
            {
                e.Id,
                e.Slug,
                e.Revision,
            })
            .ToListAsync(cancel);
        var items = new List<SearchItem>(versions.Count);
        var changed = new Dictionary<Guid, string>();
        foreach (var e in versions)
        {
            var version = $"{e.Revision}.{next[e.Id].Starts.Ticks}";
            if (known.GetValueOrDefault("/events/" + e.Slug) is { } same && same.Version == version)
                items.Add(same);
            else
                changed[e.Id] = version;
        }
        foreach (var some in changed.Keys.Chunk(ReadAtOnce).Select(c => c.ToList()))
        {
            var events = await db.Set<Event>().Where(e => EF.Parameter(some).Contains(e.Id)).AsPublic().ToListAsync(cancel);
            items.AddRange(events.Select(e => ItemOf(e, changed[e.Id], next[e.Id].Starts, next[e.Id].Ends)));
        }
        return items;
    }

    static SearchItem ItemOf(PublicEvent e, string version, DateTime starts, DateTime ends)
    {
        var live = e.Live;
        var part = live
            .Schedule.ByDay(e.DatesUntil, UkTime.DayOf(starts).AddDays(-Schedule.MostDays))
            .FirstOrDefault(p => p.StartUtc == starts);
        var when = part.Time is null ? "" : $"{part.Day.WithWeekday()}, {new EventRow(e, part.Day, part.Time, null).Hours} · ";
        return new(
            e.Path,
            version,
            e.TitleWithState,
            e.SummaryWithState,
            string.Join(
                ". ",
                new[] { live.Description, live.Venue, live.Town, live.Organiser }
                    .Concat(EventLabels.NamesOf(live.Audience))
                    .Where(t => t.Length > 0)
            ),
            when + e.Where + (e.Sample ? " · Sample, not a real event" : ""),
            ends
        );
    }
}
