using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
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
    IReadOnlyList<string> Missing
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
    const int OnPage = 50,
        MostTyped = 100;

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
    public required IReadOnlyList<EventLine> Others { get; init; }

    /// <summary>How many settled events there are, or of those that are looked for.</summary>
    public required int OthersCount { get; init; }

    /// <summary>Which page of them is shown.</summary>
    public required int Number { get; init; }
    public bool MoreOthers => Number * OnPage < OthersCount;

    /// <param name="sort">How what waits is sorted: <c>date</c>, <c>waiting</c>, or else by risk.</param>
    /// <param name="find">Words that stand in a settled event, in its details or its organiser's address.</param>
    /// <param name="page">Which page of settled events, as it was typed.</param>
    public static async Task<EventDesk> OpenAsync(
        SiteDb db,
        EventSettings settings,
        TimeProvider clock,
        string? sort,
        string? find,
        string? page,
        CancellationToken cancel
    )
    {
        var all = db.Set<Event>().AsNoTracking();
        var here = all.Where(e => e.WithdrawnAt == null);
        var settled = Found(db, find).Where(e => e.SentAt != null && e.ConfirmedAt != null && e.WaitingSince == null);
        var count = await settled.CountAsync(cancel);
        var number = int.TryParse(page, CultureInfo.InvariantCulture, out var asked) ? asked : 1;
        number = Math.Clamp(number, 1, Math.Max(1, (count + OnPage - 1) / OnPage));
        return new()
        {
            Concerns = await ConcernsAsync(db, cancel),
            Queue = [.. Sorted(await LinesAsync(here.Where(e => e.WaitingSince != null).OrderBy(e => e.WaitingSince)), sort)],
            Drafts = await LinesAsync(here.Where(e => e.ImportedAt != null && e.SentAt == null).OrderBy(e => e.Id)),
            Unanswered = await LinesAsync(here.Where(e => e.UnansweredAt != null).OrderBy(e => e.UnansweredAt)),
            Gone = await LinesAsync(here.Where(e => e.GoneAtSourceAt != null && e.CancelledAt == null).OrderBy(e => e.GoneAtSourceAt)),
            Profiles = await ProfilesAsync(db, cancel),
            Others = await LinesAsync(settled.OrderByDescending(e => e.Id).Skip((number - 1) * OnPage).Take(OnPage)),
            OthersCount = count,
            Number = number,
        };

        async Task<IReadOnlyList<EventLine>> LinesAsync(IQueryable<Event> events) =>
            [.. (await events.Take(MostShown).ToListAsync(cancel)).Select(e => LineOf(e, settings, clock))];
    }

    /// <returns>What is looked for, at a length that is worth it; null if nothing is.</returns>
    public static string? WordsOf(string? typed) =>
        typed?.Trim() is not { Length: > 0 } words ? null
        : words.Length > MostTyped ? words[..MostTyped]
        : words;

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

    /// <summary>What is looked for is compared as it is stored: in the text of the details.</summary>
    static IQueryable<Event> Found(SiteDb db, string? words)
    {
        if (words is null)
            return db.Set<Event>().AsNoTracking();
        var stored = JsonSerializer.Serialize(words.ToLowerInvariant())[1..^1].ToLowerInvariant();
        var like = "%" + Regex.Replace(stored, "[~%_]", "~$0", default, TimeSpan.FromSeconds(1)) + "%";
        return db.Set<Event>()
            .FromSql(
                $"""
                SELECT * FROM "Events"
                WHERE lower("Live") LIKE {like} ESCAPE '~' OR lower("Proposed") LIKE {like} ESCAPE '~'
                    OR lower("Contact") LIKE {like} ESCAPE '~'
                """
            )
            .AsNoTracking();
    }

    static EventLine LineOf(Event e, EventSettings settings, TimeProvider clock) =>
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
            ]
        );
}
