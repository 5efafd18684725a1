using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Events;

/// <summary>Which events staff want to see: some kind of them, those with certain words, and which page.</summary>
/// <param name="Show">One of <see cref="EventList.Kinds"/>, or empty: those that do not wait; with words all of them.</param>
/// <param name="Find">Words that stand in an event, in its details or its organiser's address.</param>
sealed record EventListQuery(string? Show, string? Find, string? Turn)
{
    const int MostTyped = 100;

    /// <summary>At a length that is worth it; null if nothing is looked for.</summary>
    public string? Words =>
        Find?.Trim() is not { Length: > 0 } words ? null
        : words.Length > MostTyped ? words[..MostTyped]
        : words;

    public string Kind => EventList.Kinds.Select(k => k.Slug).FirstOrDefault(k => k == Show) ?? "";

    public string Path(string kind, int turn = 1) =>
        "/staff/events"
        + QueryString.Create(
            new[] { ("show", kind), ("find", Words ?? ""), ("turn", turn > 1 ? turn.ToString(CultureInfo.InvariantCulture) : "") }
                .Where(p => p.Item2.Length > 0)
                .Select(p => KeyValuePair.Create<string, string?>(p.Item1, p.Item2))
        )
        + "#all";
}

/// <summary>All events, a page at a time, none of them cut off.</summary>
sealed record EventList
{
    const int OnPage = 50;

    public static readonly IReadOnlyList<(string Slug, string Name)> Kinds =
    [
        ("", "Everything else"),
        ("waiting", "Waiting"),
        ("live", "On the website"),
        ("changed", "With a change that waits"),
        ("flagged", "To ask about"),
        ("past", "Past"),
        ("drafts", "Not sent yet"),
        ("away", "Declined or taken away"),
    ];

    public required EventListQuery Asked { get; init; }
    public required IReadOnlyList<EventLine> Lines { get; init; }

    /// <summary>How many there are on all pages.</summary>
    public required int Count { get; init; }
    public required int Number { get; init; }
    public bool More => Number * OnPage < Count;
    public string Heading =>
        Asked.Words is not null && Asked.Kind.Length == 0 ? "Found in all events" : Kinds.First(k => k.Slug == Asked.Kind).Name;

    public static async Task<EventList> OpenAsync(
        SiteDb db,
        EventSettings settings,
        TimeProvider clock,
        EventListQuery asked,
        CancellationToken cancel
    )
    {
        var events = OfKind(db, Found(db, asked.Words), asked, clock.GetUtcNow().UtcDateTime);
        var count = await events.CountAsync(cancel);
        var number = int.TryParse(asked.Turn, CultureInfo.InvariantCulture, out var turn) ? turn : 1;
        number = Math.Clamp(number, 1, Math.Max(1, (count + OnPage - 1) / OnPage));
        var page = await events.OrderByDescending(e => e.Id).Skip((number - 1) * OnPage).Take(OnPage).ToListAsync(cancel);
        return new()
        {
            Asked = asked,
            Lines = [.. page.Select(e => EventDesk.LineOf(e, settings, clock))],
            Count = count,
            Number = number,
        };
    }

    static IQueryable<Event> OfKind(SiteDb db, IQueryable<Event> events, EventListQuery asked, DateTime now)
    {
        var here = events.Where(e => e.WithdrawnAt == null);
        var shown = here.Where(e => e.ApprovedAt != null);
        return asked.Kind switch
        {
            "waiting" => here.Where(e => e.WaitingSince != null),
            "live" => shown.Where(e => e.Dates.Any(d => d.EndUtc >= now)),
            "changed" => shown.Where(e => e.WaitingSince != null),
            "flagged" => here.Where(e =>
                e.UnansweredAt != null
                || e.GoneAtSourceAt != null
                || db.Set<EventConcern>().Any(c => c.EventId == e.Id && c.ClosedAt == null)
            ),
            "past" => shown.Where(e => !e.Dates.Any(d => d.EndUtc >= now)),
            "drafts" => here.Where(e => e.SentAt == null || e.ConfirmedAt == null),
            "away" => events.Where(e => e.WithdrawnAt != null || e.DeclinedAt != null),
            _ when asked.Words is not null => events,
            _ => events.Where(e => e.SentAt != null && e.ConfirmedAt != null && e.WaitingSince == null),
        };
    }

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
}
