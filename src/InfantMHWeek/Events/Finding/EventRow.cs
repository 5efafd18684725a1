using System.Globalization;
using System.Linq.Expressions;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace InfantMHWeek.Events.Finding;

/// <summary>A public event as every list, feed and calendar reads it.</summary>
sealed record PublicEvent(
    Guid Id,
    string Slug,
    EventDetails Live,
    DateTime? PostponedAt,
    DateTime? CancelledAt,
    DateTime ApprovedAt,
    DateTime UpdatedAt,
    int Sequence,
    bool Sample,
    DateOnly? DatesUntil = null,
    DateTime? UnansweredAt = null,
    bool Imported = false
)
{
    public bool Cancelled => CancelledAt is not null;
    public bool Postponed => PostponedAt is not null && !Cancelled;
    public string Path => "/events/" + Slug;

    /// <summary>What changed about it since it was announced; null if nothing did.</summary>
    public string? StateInWords => InWords(Cancelled, Postponed);

    public static string? InWords(bool cancelled, bool postponed) =>
        cancelled ? "Cancelled"
        : postponed ? "Postponed"
        : null;

    public string TitleWithState => StateInWords is { } state ? $"{state}: {Live.Title}" : Live.Title;

    /// <summary>What everybody should know of that; nothing while it takes place as planned.</summary>
    public string Notice => StateInWords is null ? "" : Live.Notice;

    /// <summary>The summary with what changed in front of it, for those who see nothing else.</summary>
    public string SummaryWithState =>
        StateInWords is null ? Live.Summary : string.Join(' ', new[] { StateInWords + ".", Notice, Live.Summary }.Where(t => t.Length > 0));

    public string Where =>
        Live switch
        {
            { InPerson: true } => string.Join(", ", new[] { Live.Venue, Live.Town }.Where(t => t.Length > 0))
                + (Live.Online ? " and online" : ""),
            _ => "Online",
        };
}

/// <summary>An event that was public once, with where its last change stands among all of them.</summary>
/// <param name="Event">What it was when it was last seen; not for the public where it was withdrawn.</param>
sealed record ChangedEvent(long Changed, DateTime? WithdrawnAt, Region? InRegion, PublicEvent Event);

/// <summary>One line of a list.</summary>
sealed record EventRow(PublicEvent Event, DateOnly Day, EventTime Time, double? Miles)
{
    const int MostFurther = 5;

    /// <summary>Whether no earlier date is to come.</summary>
    public bool IsNext { get; init; }

    /// <summary>How it repeats, and its date here: <c>Every Tuesday in term time, next on 1 December</c>; null for what does not.</summary>
    public string? Every =>
        ScheduleWords.Every(Event.Live.Schedule) is not { } every ? null
        : IsNext ? $"{every}, next on {Time.Day.ToString("d MMMM", TimeInWords.British)}"
        : $"{every}, also on {Time.Day.ToString("d MMMM", TimeInWords.British)}";

    /// <summary>Its dates after this one; with when they begin where that is not always the same.</summary>
    public IReadOnlyList<string> Further =>
        !Event.Live.Schedule.Repeats
            ? []
            :
            [
                .. Event
                    .Live.Schedule.All(Event.DatesUntil, Time.Day)
                    .Where(t => t.StartUtc > Time.StartUtc)
                    .Take(MostFurther)
                    .Select(t => Event.Live.Schedule.Hours is null ? t.Day.WithWeekday() : $"{t.Day.WithWeekday()}, {t.Starts:HH:mm}"),
            ];

    public string Hours =>
        Day == Time.Day
            ? Time.Day == Time.LastDay
                ? $"{Time.Starts:HH:mm} to {Time.Ends:HH:mm}"
                : $"{Time.Starts:HH:mm}, until {TimeInWords.WithWeekday(Time.LastDay)}"
            : "continues";
    public string? Distance => Miles is { } miles ? DistanceInWords.Of(miles) : null;
}

static class EventTimes
{
    public static string InWords(EventTime time)
    {
        var starts = $"{time.Day.WithWeekday()}, {time.Starts:HH:mm}{Which(time.StartsLocal, time.StartUtc)}";
        var ends = $"{time.Ends:HH:mm}{Which(time.EndsLocal, time.EndUtc)}";
        return time.Day == time.LastDay ? $"{starts} to {ends}" : $"{starts}, to {time.LastDay.WithWeekday()}, {ends}";
    }

    /// <summary>
    /// What was done to a date that is not as planned, behind it: <c> (moved from Tuesday 8 December 2026)</c>, and on the same day
    /// <c> (moved from 10:00)</c>.
    /// </summary>
    public static string Change(Occurrence date)
    {
        if (date.Planned is not { } was || was == date.Time)
            return date.Added ? " (an extra date)" : "";
        if (was.Day != date.Time.Day)
            return $" (moved from {was.Day.WithWeekday()})";
        return was.StartUtc != date.Time.StartUtc
            ? $" (moved from {was.Starts:HH:mm}{Which(was.StartsLocal, was.StartUtc)})"
            : $" (was to end {(was.LastDay == was.Day ? "" : $"on {was.LastDay.WithWeekday()} ")}at {was.Ends:HH:mm})";
    }

    /// <summary>In the night when the clocks go back, which of the two is meant.</summary>
    static string Which(DateTime local, DateTime utc) =>
        UkTime.ToUtc(local) is (UkTime.Validity.Ambiguous, var first)
            ? $" (the {(utc == first ? "first" : "second")}, as the clocks go back)"
            : "";

    /// <summary>With its offset from UTC, as machines read it: <c>2026-06-08T10:00:00+01:00</c>.</summary>
    public static string WithOffset(DateTime utc) =>
        new DateTimeOffset(UkTime.FromUtc(utc), UkTime.FromUtc(utc) - DateTime.SpecifyKind(utc, DateTimeKind.Unspecified)).ToString(
            "yyyy-MM-dd'T'HH:mm:sszzz",
            CultureInfo.InvariantCulture
        );
}

static class PublicEvents
{
    /// <summary>What the public may see: approved, and not withdrawn. Everything public asks through here.</summary>
    public static IQueryable<Event> WherePublic(this IQueryable<Event> events) =>
        events.Where(e => e.ApprovedAt != null && e.WithdrawnAt == null && e.Live != null);

    public static IQueryable<PublicEvent> AsPublic(this IQueryable<Event> events) => events.WherePublic().Select(Seen);

    /// <summary>
    /// What was taken off the website, for the diaries that have it: of all that was said of it only when it was to be, because it may have
    /// been taken away for its words.
    /// </summary>
    public static async Task<PublicEvent?> WithdrawnAsync(this IQueryable<Event> events, string slug, CancellationToken cancel) =>
        await events
            .AsNoTracking()
            .Where(e => e.Slug == slug && e.WithdrawnAt != null && e.ApprovedAt != null && e.Live != null)
            .Select(Seen)
            .SingleOrDefaultAsync(cancel)
            is { } was
            ? was with
            {
                CancelledAt = null,
                PostponedAt = null,
                Live = new()
                {
                    Title = "This event is no longer listed",
                    Summary = "It has been taken down.",
                    Schedule = was.Live.Schedule,
                },
            }
            : null;

    /// <summary>What was ever public and changed after a place in the order of changes, in that order.</summary>
    public static IQueryable<ChangedEvent> ChangedAfter(this IQueryable<Event> events, long changed, Guid id) =>
        events
            .Where(e => e.Changed >= changed && (e.Changed > changed || e.Id.CompareTo(id) > 0))
            .Where(e => e.ApprovedAt != null && e.Live != null)
            .OrderBy(e => e.Changed)
            .ThenBy(e => e.Id)
            .Select(SeenWithChange());

    /// <summary>What of an event is for the public: said once, for all that read it.</summary>
    static readonly Expression<Func<Event, PublicEvent>> Seen = e => new PublicEvent(
        e.Id,
        e.Slug!,
        e.Live!,
        e.PostponedAt,
        e.CancelledAt,
        e.ApprovedAt!.Value,
        e.UpdatedAt,
        e.Sequence,
        e.Sample,
        e.DatesUntil,
        e.UnansweredAt,
        e.ImportedAt != null
    );

    static Expression<Func<Event, ChangedEvent>> SeenWithChange()
    {
        Expression<Func<Event, PublicEvent, ChangedEvent>> change = (e, seen) =>
            new ChangedEvent(e.Changed!.Value, e.WithdrawnAt, e.InRegion, seen);
        var whole = ReplacingExpressionVisitor.Replace(change.Parameters[1], Seen.Body, change.Body);
        return Expression.Lambda<Func<Event, ChangedEvent>>(
            ReplacingExpressionVisitor.Replace(change.Parameters[0], Seen.Parameters[0], whole),
            Seen.Parameters
        );
    }

    /// <summary>The lines of what was found, in the same order.</summary>
    public static async Task<IReadOnlyList<EventRow>> RowsAsync(
        this SiteDb db,
        IReadOnlyList<FoundDate> found,
        DateTime nowUtc,
        CancellationToken cancel
    )
    {
        var ids = found.Select(f => f.EventId).Distinct().ToList();
        var events = await db.Set<Event>()
            .AsNoTracking()
            .Where(e => EF.Parameter(ids).Contains(e.Id))
            .AsPublic()
            .ToDictionaryAsync(e => e.Id, cancel);
        var rows = new List<EventRow>(found.Count);
        foreach (var date in found)
            if (
                events.GetValueOrDefault(date.EventId) is { } e
                && e.Live.Schedule.ByDay(e.DatesUntil, DayBefore(date.StartUtc)).FirstOrDefault(p => p.StartUtc == date.StartUtc)
                    is { Time: { } time } part
            )
                rows.Add(
                    new(e, part.Day, time, date.Miles)
                    {
                        IsNext = !e
                            .Live.Schedule.All(UkTime.DayOf(date.StartUtc), DayBefore(nowUtc))
                            .Any(t => t.EndUtc > nowUtc && t.StartUtc < time.StartUtc),
                    }
                );
        return rows;
    }

    /// <summary>Early enough that what lasts several days is not missed.</summary>
    static DateOnly DayBefore(DateTime utc) => UkTime.DayOf(utc).AddDays(-Schedule.MostDays);
}
