using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Moderation;

/// <param name="Path">Its page; null of what is not on the website.</param>
/// <param name="Why">What they have in common, in words.</param>
sealed record LikeEvent(Guid Id, string Title, string Organiser, string? Path, string Why);

/// <summary>Finds offers that may be of one event, for a person to look at.</summary>
sealed class EventDuplicates
{
    const int MostOfOne = 3,
        MostLoaded = 2000;
    readonly DateOnly today;
    readonly List<(Event Event, EventLikeness Likeness)> all;

    EventDuplicates(IEnumerable<Event> events, DateOnly today) =>
        (this.today, all) = (today, [.. events.Select(e => (e, EventLikeness.Of(e, today)))]);

    /// <summary>What is on the website near some events, or online at their times, and what is to be shown and waits.</summary>
    /// <param name="of">Those that are asked about.</param>
    public static async Task<EventDuplicates> LoadAsync(SiteDb db, IReadOnlyList<Event> of, TimeProvider clock, CancellationToken cancel)
    {
        var (now, today) = (clock.GetUtcNow().UtcDateTime, clock.Today());
        var cells = of.Where(e => e.Latest.InPerson)
            .Select(e => e.Latest.Point)
            .OfType<GeoPoint>()
            .SelectMany(p => Grid.Around(p, EventLikeness.Near))
            .Distinct()
            .ToList();
        var starts = of.Where(e => e.Latest is { Online: true, InPerson: false })
            .SelectMany(e => EventLikeness.Of(e, today).Starts.Take(MostOfOne))
            .Distinct()
            .ToList();
        var near = db.Set<EventDate>()
            .Where(d => d.EndUtc >= now && (cells.Contains(d.Cell) || (d.Cell == 0 && starts.Contains(d.StartUtc))))
            .Select(d => d.EventId);
        var events = db.Set<Event>().AsNoTracking();
        var shown = await events
            .WherePublic()
            .Where(e => near.Contains(e.Id))
            .OrderByDescending(e => e.Id)
            .Take(MostLoaded)
            .ToListAsync(cancel);
        var waiting = await events
            .Where(e => e.ApprovedAt == null && e.WithdrawnAt == null && e.DeclinedAt == null)
            .Where(e => (e.SentAt != null && e.ConfirmedAt != null) || e.ImportedAt != null)
            .OrderByDescending(e => e.Id)
            .Take(MostLoaded)
            .ToListAsync(cancel);
        return new([.. shown, .. waiting], today);
    }

    /// <summary>Those that may be the same, the likeliest first and the one itself left out.</summary>
    public IReadOnlyList<LikeEvent> Like(Event e)
    {
        if (e.WithdrawnAt is not null || e.Latest.Schedule.Times.Count == 0)
            return [];
        var likeness = EventLikeness.Of(e, today);
        return
        [
            .. all.Where(a => a.Event.Id != e.Id)
                .Select(a => (a.Event, Common: likeness.InCommonWith(a.Likeness)))
                .Where(a => a.Common is not null)
                .OrderByDescending(a => a.Common!.Value.Strength)
                .ThenBy(a => a.Event.Id)
                .Take(MostOfOne)
                .Select(a => new LikeEvent(
                    a.Event.Id,
                    a.Event.Latest.Title,
                    a.Event.Latest.Organiser,
                    a.Event.IsPublic ? "/events/" + a.Event.Slug : null,
                    a.Common!.Value.Why
                )),
        ];
    }
}
