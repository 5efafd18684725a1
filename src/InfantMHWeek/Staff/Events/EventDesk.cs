using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Events;

/// <summary>An event in a list of staff.</summary>
sealed record EventLine(
    Guid Id,
    int Revision,
    string Title,
    string Organiser,
    EventState State,
    DateOnly? First,
    DateTime? Since,
    bool Late,
    IReadOnlyList<string> Risks,
    IReadOnlyList<string> Missing,
    IReadOnlyList<LikeEvent> Like
)
{
    public string Key => new SeenVersion(Id, Revision).Key;
}

/// <summary>What a reader is worried about.</summary>
sealed record EventWorry(Guid Id, Guid EventId, string? Title, string Words, DateTime At);

/// <summary>All that lies before staff when they open the events.</summary>
sealed record EventDesk
{
    public const int MostShown = 200;

    public required IReadOnlyList<EventWorry> Concerns { get; init; }
    public required IReadOnlyList<EventLine> Queue { get; init; }

    /// <summary>From files, and not sent yet.</summary>
    public required IReadOnlyList<EventLine> Drafts { get; init; }

    /// <summary>Groups whose organisers did not say that they still run.</summary>
    public required IReadOnlyList<EventLine> Unanswered { get; init; }

    /// <summary>What the lists of partners no longer have.</summary>
    public required IReadOnlyList<EventLine> Gone { get; init; }

    /// <summary>What organisers say of themselves, and wants to be read.</summary>
    public required IReadOnlyList<(Guid Id, string Name, DateTime Since)> Profiles { get; init; }
    public required EventList List { get; init; }

    /// <param name="sort">How what waits is sorted: <c>date</c>, <c>waiting</c>, or else by risk.</param>
    /// <param name="asked">Which of all events are listed below.</param>
    public static async Task<EventDesk> OpenAsync(
        SiteDb db,
        EventSettings settings,
        TimeProvider clock,
        string? sort,
        EventListQuery asked,
        CancellationToken cancel
    )
    {
        var all = db.Set<Event>().AsNoTracking();
        var here = all.Where(e => e.WithdrawnAt == null);
        var waiting = await here.Where(e => e.WaitingSince != null).OrderBy(e => e.WaitingSince).Take(MostShown).ToListAsync(cancel);
        var drafts = await here.Where(e => e.ImportedAt != null && e.SentAt == null).OrderBy(e => e.Id).Take(MostShown).ToListAsync(cancel);
        var duplicates =
            waiting.Count + drafts.Count > 0 ? await EventDuplicates.LoadAsync(db, [.. waiting, .. drafts], clock, cancel) : null;
        return new()
        {
            Concerns = await ConcernsAsync(db, cancel),
            Queue = [.. Sorted(waiting.Select(WithLike), sort)],
            Drafts = [.. drafts.Select(WithLike)],
            Unanswered = await LinesAsync(here.Where(e => e.UnansweredAt != null).OrderBy(e => e.UnansweredAt)),
            Gone = await LinesAsync(here.Where(e => e.GoneAtSourceAt != null && e.CancelledAt == null).OrderBy(e => e.GoneAtSourceAt)),
            Profiles = await ProfilesAsync(db, cancel),
            List = await EventList.OpenAsync(db, settings, clock, asked, cancel),
        };

        EventLine WithLike(Event e) => LineOf(e, settings, clock) with { Like = duplicates?.Like(e) ?? [] };

        async Task<IReadOnlyList<EventLine>> LinesAsync(IQueryable<Event> events) =>
            [.. (await events.Take(MostShown).ToListAsync(cancel)).Select(e => LineOf(e, settings, clock))];
    }

    static async Task<IReadOnlyList<EventWorry>> ConcernsAsync(SiteDb db, CancellationToken cancel) =>
        await db.Set<EventConcern>()
            .Where(c => c.ClosedAt == null)
            .OrderBy(c => c.At)
            .Take(MostShown)
            .Join(db.Set<Event>(), c => c.EventId, e => e.Id, (c, e) => new { c, e.Live })
            .Select(j => new EventWorry(j.c.Id, j.c.EventId, j.Live!.Title, j.c.Words, j.c.At))
            .ToListAsync(cancel);

    static async Task<IReadOnlyList<(Guid Id, string Name, DateTime Since)>> ProfilesAsync(SiteDb db, CancellationToken cancel) =>
        [
            .. (
                await db.Set<OrganiserProfile>()
                    .AsNoTracking()
                    .Where(p => p.WaitingSince != null)
                    .OrderBy(p => p.WaitingSince)
                    .Take(MostShown)
                    .ToListAsync(cancel)
            ).Select(p => (p.Id, p.Latest.Name, p.WaitingSince!.Value)),
        ];

    static IEnumerable<EventLine> Sorted(IEnumerable<EventLine> waiting, string? sort) =>
        sort switch
        {
            "date" => waiting.OrderBy(l => l.First ?? DateOnly.MaxValue),
            "waiting" => waiting.OrderBy(l => l.Since),
            _ => waiting.OrderByDescending(l => l.Risks.Count + (l.Late ? 1 : 0)).ThenBy(l => l.First ?? DateOnly.MaxValue),
        };

    internal static EventLine LineOf(Event e, EventSettings settings, TimeProvider clock) =>
        new(
            e.Id,
            e.Revision,
            e.Latest.Title,
            e.Latest.Organiser,
            e.State,
            e.Latest.Schedule.All().FirstOrDefault()?.Day,
            e.WaitingSince,
            e.WaitingSince is { } since && settings.LateFrom(since) < clock.GetUtcNow().UtcDateTime,
            [.. EventRisks.Of(e, clock.Today())],
            [
                .. InfantMHWeek
                    .Events.Manage.IndexModel.Parts.Where(p => e.Latest.Missing().Contains(p.Step, StringComparer.Ordinal))
                    .Select(p => p.Label),
            ],
            []
        );
}
