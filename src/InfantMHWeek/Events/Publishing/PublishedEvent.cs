using System.Globalization;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Publishing;

/// <summary>One date.</summary>
/// <param name="Id">Stays when the date is moved.</param>
/// <param name="Status"><c>on</c>, <c>moved</c>, <c>cancelled</c> or, with all others, <c>postponed</c>.</param>
/// <param name="Planned">When it was to begin, if it was moved.</param>
sealed record DateFacts(string Start, string End, string Id, string Status, string? Planned);

/// <summary>How it repeats: in words, by RFC 5545, and from when to when it does not take place.</summary>
/// <param name="Hours">Of each weekday, where they are not the same on all of them; else empty, and they are those of the dates.</param>
sealed record RepeatFacts(
    string Words,
    string Rule,
    string First,
    string? Until,
    IReadOnlyList<BreakFacts> Breaks,
    IReadOnlyList<HoursFacts> Hours
);

/// <param name="Day">As in the rule: <c>TU</c>.</param>
/// <param name="Ends">On the next day where it is not after the beginning.</param>
sealed record HoursFacts(string Day, string Starts, string Ends);

sealed record BreakFacts(string From, string To, string? Reason);

/// <summary>The ages of the babies it is for, in months from birth.</summary>
sealed record AgeFacts(int FromMonths, int ToMonths);

/// <summary>The picture that its organiser gave to it, and what it shows in words. (<c>picture</c> is drawn by this site.)</summary>
sealed record PhotoFacts(string Url, int Width, int Height, string Alternative);

/// <summary>Who says what is told here, and whether they told it here themselves or it came from a list of theirs.</summary>
sealed record SourceFacts(string Name, string? Url, string Kind);

/// <summary>A public event as programs read it. What is in version 1.0 stays as it is; what is new comes after it.</summary>
sealed record PublishedEvent(
    Guid Id,
    string Url,
    string Title,
    string Summary,
    string Status,
    string? Notice,
    string Attendance,
    string? Venue,
    string? Town,
    string? Postcode,
    double? Latitude,
    double? Longitude,
    string? Region,
    IReadOnlyList<DateFacts> Dates,
    IReadOnlyList<string> Audience,
    IReadOnlyList<string> Stages,
    IReadOnlyDictionary<string, string> Facts,
    string Cost,
    string Organiser,
    string Updated,
    RepeatFacts? Repeats,
    string? Description,
    string? Address,
    string? PointExactness,
    string? Nation,
    IReadOnlyList<DateFacts> CancelledDates,
    AgeFacts? Ages,
    string? CostNote,
    string Booking,
    string? BookingUrl,
    string? BookingNote,
    string? OnlineUrl,
    string? OrganiserUrl,
    SourceFacts Source,
    string Published,
    int Sequence,
    string Calendar,
    string Picture,
    PhotoFacts? Photo
)
{
    const string NotSaid = "not said";

    public static PublishedEvent Of(PublicEvent e, SiteAddress address, DateTime nowUtc)
    {
        var live = e.Live;
        var place = live.InPerson ? live : new();
        return new(
            e.Id,
            address.Of(e.Path),
            live.Title,
            live.Summary,
            e.Cancelled ? "cancelled"
                : e.Postponed ? "postponed"
                : "scheduled",
            OrNull(e.Notice),
            live.Attendance switch
            {
                Events.Attendance.Online => "online",
                Events.Attendance.Both => "both",
                _ => "in-person",
            },
            live.InPerson ? live.Venue : null,
            live.InPerson ? live.Town : null,
            live.InPerson ? live.Postcode : null,
            place.Point?.Latitude,
            place.Point?.Longitude,
            Regions.TileOf(live.Region)?.Slug,
            [.. Held(e, nowUtc).Select(o => Date(e, o))],
            [.. EventLabels.Audiences.Where(a => live.Audience.HasFlag(a.Value)).Select(a => a.Slug)],
            [.. EventLabels.Stages.Where(a => live.Stage.HasFlag(a.Value)).Select(a => a.Slug)],
            EventLabels.Facts.ToDictionary(
                f => f.Slug,
                f =>
                    live.Yes.HasFlag(f.Value) ? "yes"
                    : live.No.HasFlag(f.Value) ? "no"
                    : NotSaid,
                StringComparer.Ordinal
            ),
            EventLabels.Costs.FirstOrDefault(c => c.Value == live.Cost).Slug ?? NotSaid,
            live.Organiser,
            EventTimes.WithOffset(e.UpdatedAt),
            RepeatsOf(live.Schedule, e.DatesUntil, UkTime.DayOf(nowUtc)),
            OrNull(live.Description),
            OrNull(place.Address),
            place.Point is null ? null : ExactnessOf(live.PointExactness),
            live.InPerson ? Regions.NationOf(live.Region) : null,
            [.. Off(e, nowUtc).Select(t => Date(e, new(t.StartsLocal, t)) with { Status = "cancelled" })],
            live.Months is var (from, to) ? new(from, to) : null,
            OrNull(live.CostNote),
            live.Booking switch
            {
                Events.Booking.Needed => "needed",
                Events.Booking.NotNeeded => "not-needed",
                _ => NotSaid,
            },
            live.Places is null ? OrNull(live.BookingLink) : address.Of(e.Path),
            OrNull(live.BookingNote),
            live is { Online: true, OnlineLinkShown: true } ? OrNull(live.OnlineLink) : null,
            OrNull(live.OrganiserLink),
            new(live.Organiser, OrNull(live.OrganiserLink), e.Imported ? "partner-list" : "organiser"),
            EventTimes.WithOffset(e.ApprovedAt),
            e.Sequence,
            address.Of(e.Path + ".ics"),
            address.Of(e.Path + ".png"),
            live.Picture is { } photo ? new(address.Of(photo.PathAt(e.Path)), photo.Width, photo.Height, photo.Alternative) : null
        );
    }

    static string? OrNull(string text) => text.Length > 0 ? text : null;

    /// <summary>What was placed before this was kept counts as rough.</summary>
    static string ExactnessOf(Exactness? exactness) =>
        exactness switch
        {
            Exactness.Pinned => "pinned",
            Exactness.Postcode => "postcode",
            Exactness.Sector => "sector",
            _ => "district",
        };

    static DateFacts Date(PublicEvent e, Occurrence date) =>
        new(
            EventTimes.WithOffset(date.Time.StartUtc),
            EventTimes.WithOffset(date.Time.EndUtc),
            CalendarFile.IdOf(e.Id.ToString("N"), date.At, date.Time),
            e.Cancelled ? "cancelled"
                : e.Postponed ? "postponed"
                : date.Moved ? "moved"
                : "on",
            date.Moved ? EventTimes.WithOffset(UkTime.ToUtc(date.At).Utc) : null
        );

    /// <summary>All dates; of what repeats by a rule those to come, as far as they are known.</summary>
    static IEnumerable<Occurrence> Held(PublicEvent e, DateTime nowUtc) =>
        e.Live.Schedule.Repeat == Repeat.Rule
            ? e.Live.Schedule.Occurrences(e.DatesUntil, UkTime.DayOf(nowUtc).AddDays(-Schedule.MostDays)).Where(o => o.Time.EndUtc > nowUtc)
            : e.Live.Schedule.Occurrences();

    static IEnumerable<EventTime> Off(PublicEvent e, DateTime nowUtc) =>
        e.Live.Schedule.Cancelled().Where(t => e.Live.Schedule.Repeat != Repeat.Rule || t.EndUtc > nowUtc);

    /// <summary>Breaks as far as dates are known, so that who works out the rule comes to the same dates.</summary>
    static RepeatFacts? RepeatsOf(Schedule schedule, DateOnly? known, DateOnly today)
    {
        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return schedule.Recurrence is not { } rule
            ? null
            : new(
                ScheduleWords.Every(schedule)!,
                rule.ToString(),
                Day(schedule.Times[0].Day),
                schedule.Until is { } until ? Day(until) : null,
                [
                    .. (schedule.Gaps ?? [])
                        .Concat(schedule.UsualGaps(today, known ?? schedule.Until ?? today))
                        .Select(g => new BreakFacts(Day(g.From), Day(g.To), OrNull(g.Reason))),
                ],
                schedule.Hours is null ? [] : [.. HoursOf(schedule, rule)]
            );
    }

    static IEnumerable<HoursFacts> HoursOf(Schedule schedule, RepeatRule rule)
    {
        static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
        foreach (var day in rule.Days.Select(d => d.Day).Distinct().OrderBy(RepeatRule.FromMonday))
        {
            var first = schedule.Times[0].Day;
            var time = schedule.On(first.AddDays((day - first.DayOfWeek + 7) % 7));
            yield return new(RepeatRule.Name((0, day)), Clock(time.Starts), Clock(time.Ends));
        }
    }
}
