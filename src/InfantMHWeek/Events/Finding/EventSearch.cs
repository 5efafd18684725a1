using System.Globalization;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Finding;

/// <summary>
/// The finder's form: what was typed, read from the address and written back into it. The page, the calendar, the feed and
/// the interface for programs all read the same.
/// </summary>
sealed record EventSearch
{
    public static readonly IReadOnlyList<int> MilesOffered = [2, 5, 10, 20, 30, 50];
    public static readonly IReadOnlyList<(string Slug, string Name, int From, int To)> Times =
    [
        ("morning", "Morning (before 12)", 0, 12 * 60),
        ("midday", "Around midday (11 to 2)", 11 * 60, 14 * 60),
        ("afternoon", "Afternoon (12 to 5)", 12 * 60, 17 * 60),
        ("evening", "Evening (after 5)", 17 * 60, 24 * 60),
    ];
    public static readonly IReadOnlyList<(string Slug, string Name)> Whens =
    [
        ("today", "Today"),
        ("week", "The next 7 days"),
        ("weekend", "This weekend"),
        ("fortnight", "The next 14 days"),
        ("month", "The next 30 days"),
    ];
    public const int MostDaysAhead = 366;

    public string Near { get; init; } = "";
    public int Miles { get; init; } = 10;
    public Region Region { get; init; }
    public string When { get; init; } = "";
    public string From { get; init; } = "";
    public string To { get; init; } = "";
    public string Time { get; init; } = "";

    /// <summary>At most so many minutes; 0 for any.</summary>
    public int Length { get; init; }
    public string How { get; init; } = "";
    public Audience For { get; init; }
    public Stage Stage { get; init; }
    public EventFacts Facts { get; init; }
    public Cost Cost { get; init; }
    public string Sort { get; init; } = "";
    public string View { get; init; } = "";
    public int Page { get; init; } = 1;

    public static EventSearch Read(IQueryCollection typed)
    {
        var query = new AddressQuery(typed, PlaceFinder.MaxLength);
        return new()
        {
            Near = query.Text("near"),
            Miles = MilesOffered.Contains(query.Number("miles", 10)) ? query.Number("miles", 10) : 10,
            Region = Regions.Find(query.Text("region")),
            When = query.OneOf("when", [.. Whens.Select(w => w.Slug), "awareness-week"]),
            From = query.Text("from"),
            To = query.Text("to"),
            Time = query.OneOf("time", Times.Select(t => t.Slug)),
            Length = query.Number("length", 0) is 60 or 90 or 120 ? query.Number("length", 0) : 0,
            How = query.OneOf("how", ["in-person", "online"]),
            For = query.Flags("for", EventLabels.Audiences, (a, b) => a | b),
            Stage = query.Flags("stage", EventLabels.Stages, (a, b) => a | b),
            Facts = query.Flags("fact", EventLabels.Facts, (a, b) => a | b),
            Cost = EventLabels.Costs.FirstOrDefault(c => c.Slug == query.Text("cost")).Value,
            Sort = query.OneOf("sort", ["date", "distance"]),
            View = query.OneOf("view", ["month", "map"]),
            Page = Math.Clamp(query.Number("page", 1), 1, 50),
        };
    }

    /// <summary>The days that were asked for, and what is wrong with them by the field's name.</summary>
    public (DateOnly From, DateOnly To, IReadOnlyDictionary<string, string> Wrong) Days(DateOnly today, (DateOnly From, DateOnly To)? week)
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        var saturday = today.AddDays(today.DayOfWeek == DayOfWeek.Sunday ? -1 : DayOfWeek.Saturday - today.DayOfWeek);
        switch (When)
        {
            case "today":
                return (today, today, wrong);
            case "week":
                return (today, today.AddDays(6), wrong);
            case "fortnight":
                return (today, today.AddDays(13), wrong);
            case "month":
                return (today, today.AddDays(29), wrong);
            case "weekend":
                return (saturday < today ? today : saturday, saturday.AddDays(1), wrong);
            case "awareness-week" when week is { } known:
                return (known.From, known.To, wrong);
        }
        DateOnly? Day(string name, string text)
        {
            if (text.Length == 0)
                return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            wrong[name] = "We could not read this date. Choose it from the calendar, or type it like 2026-06-08.";
            return null;
        }
        var (from, to) = (Day("from", From), Day("to", To));
        if (from > today.AddDays(MostDaysAhead))
            wrong["from"] = "Choose a date within the next year.";
        if (to < today)
            wrong["to"] = "This day is in the past. Choose a later one.";
        else if (to < from)
            wrong["to"] = "The last day must not be before the first.";
        if (wrong.Count > 0)
            (from, to) = (null, null);
        var first = from is { } day1 && day1 > today ? day1 : today;
        var last = to ?? first.AddDays(90);
        return (first, last > today.AddDays(2 * MostDaysAhead) ? today.AddDays(2 * MostDaysAhead) : last, wrong);
    }

    public EventQuery ToQuery(Place? place, DateOnly from, DateOnly to, DateTime now) =>
        new()
        {
            Near = How == "online" ? null : place?.Point,
            Miles = Miles,
            Region = How == "online" || place is not null ? Region.None : Region,
            FromUtc = UkTime.MidnightUtc(from),
            ToUtc = UkTime.MidnightUtc(to.AddDays(1)),
            EndsAfterUtc = now,
            All =
                EventTags.Of(Facts)
                | (
                    How == "online" ? EventTags.Online
                    : How == "in-person" ? EventTags.InPerson
                    : 0
                ),
            AnyAudience = For == Audience.None ? EventTags.Public : EventTags.Of(For),
            AnyStage = Stage == Stage.None ? EventTags.Public : EventTags.Of(Stage),
            AnyCost =
                Cost == Cost.NotSaid ? EventTags.Public
                : Cost == Cost.Free ? EventTags.Of(Cost.Free) | EventTags.Of(Cost.Donation)
                : EventTags.Of(Cost),
            FromMinute = Times.FirstOrDefault(t => t.Slug == Time).From,
            ToMinute = Time.Length == 0 ? 24 * 60 : Times.First(t => t.Slug == Time).To,
            MostMinutes = Length == 0 ? 25 * 60 : Length,
            ByDistance = Sort == "distance" && place is not null && How != "online",
            EveryDate = View == "month",
            Skip = (Page - 1) * PageSize,
            Take = PageSize,
        };

    public const int PageSize = 20;

    public bool Empty => this == new EventSearch();

    /// <summary>As it stands in an address, with the question mark; nothing when nothing is asked.</summary>
    public string ToQueryString()
    {
        var text = new AddressQueryText();
        text.Add("near", Near);
        if (Near.Length > 0 && Miles != 10)
            text.Add("miles", Miles);
        text.Add("region", Regions.TileOf(Region)?.Slug ?? "");
        text.Add("when", When);
        text.Add("from", From);
        text.Add("to", To);
        text.Add("time", Time);
        if (Length > 0)
            text.Add("length", Length);
        text.Add("how", How);
        foreach (var (_, slug, _) in EventLabels.Audiences.Where(a => For.HasFlag(a.Value)))
            text.Add("for", slug);
        foreach (var (_, slug, _) in EventLabels.Stages.Where(a => Stage.HasFlag(a.Value)))
            text.Add("stage", slug);
        foreach (var (_, slug, _) in EventLabels.Facts.Where(a => Facts.HasFlag(a.Value)))
            text.Add("fact", slug);
        text.Add("cost", EventLabels.Costs.FirstOrDefault(c => c.Value == Cost).Slug ?? "");
        text.Add("sort", Sort);
        text.Add("view", View);
        if (Page > 1)
            text.Add("page", Page);
        return text.ToString();
    }
}
