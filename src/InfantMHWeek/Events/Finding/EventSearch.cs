using System.Globalization;
using System.Text;
using InfantMHWeek.Events.Places;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Finding;

/// <summary>
/// The finder's form: what was typed, read from the address and written back into it. The page, the calendar, the feed and
/// the interface for programs all read the same.
/// </summary>
public sealed record EventSearch
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
    public Facts Facts { get; init; }
    public Cost Cost { get; init; }
    public string Sort { get; init; } = "";
    public string View { get; init; } = "";
    public int Page { get; init; } = 1;

    public static EventSearch Read(IQueryCollection typed)
    {
        string Text(string name) => Cut(typed[name].FirstOrDefault(v => !string.IsNullOrWhiteSpace(v)) ?? "");
        int Number(string name, int otherwise) =>
            int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : otherwise;
        string OneOf(string name, IEnumerable<string> known) => known.Contains(Text(name), StringComparer.Ordinal) ? Text(name) : "";
        T Flags<T>(string name, IEnumerable<(T Value, string Slug, string Name)> known, Func<T, T, T> with)
            where T : struct =>
            known.Where(k => typed[name].Contains(k.Slug, StringComparer.Ordinal)).Aggregate(default(T), (sum, k) => with(sum, k.Value));
        return new()
        {
            Near = Text("near"),
            Miles = MilesOffered.Contains(Number("miles", 10)) ? Number("miles", 10) : 10,
            Region = Regions.Find(Text("region")),
            When = OneOf("when", [.. Whens.Select(w => w.Slug), "awareness-week"]),
            From = Text("from"),
            To = Text("to"),
            Time = OneOf("time", Times.Select(t => t.Slug)),
            Length = Number("length", 0) is 60 or 90 or 120 ? Number("length", 0) : 0,
            How = OneOf("how", ["in-person", "online"]),
            For = Flags("for", EventLabels.Audiences, (a, b) => a | b),
            Stage = Flags("stage", EventLabels.Stages, (a, b) => a | b),
            Facts = Flags("fact", EventLabels.Facts, (a, b) => a | b),
            Cost = EventLabels.Costs.FirstOrDefault(c => c.Slug == Text("cost")).Value,
            Sort = OneOf("sort", ["date", "distance"]),
            View = OneOf("view", ["month", "map"]),
            Page = Math.Clamp(Number("page", 1), 1, 50),
        };
    }

    static string Cut(string text)
    {
        text = text.Trim();
        return text.Length <= PlaceFinder.MaxLength
            ? text
            : text[..(char.IsHighSurrogate(text[PlaceFinder.MaxLength - 1]) ? PlaceFinder.MaxLength - 1 : PlaceFinder.MaxLength)];
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
            wrong[name] = "We could not read this date. Choose it from the calendar, or write it like 2026-06-08.";
            return null;
        }
        var (from, to) = (Day("from", From), Day("to", To));
        if (from > today.AddDays(MostDaysAhead))
            wrong["from"] = "Choose a date within the next year.";
        if (to < today)
            wrong["to"] = "This day is past. Choose a later one.";
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
            Skip = (Page - 1) * PageSize,
            Take = PageSize,
        };

    public const int PageSize = 20;

    public bool Empty => this == new EventSearch();

    /// <summary>As it stands in an address, with the question mark; nothing when nothing is asked.</summary>
    public string ToQueryString()
    {
        var text = new StringBuilder();
        void Add(string name, string value)
        {
            if (value.Length > 0)
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
        Add("near", Near);
        if (Near.Length > 0 && Miles != 10)
            Add("miles", Miles.ToString(CultureInfo.InvariantCulture));
        Add("region", Regions.TileOf(Region)?.Slug ?? "");
        Add("when", When);
        Add("from", From);
        Add("to", To);
        Add("time", Time);
        if (Length > 0)
            Add("length", Length.ToString(CultureInfo.InvariantCulture));
        Add("how", How);
        foreach (var (_, slug, _) in EventLabels.Audiences.Where(a => For.HasFlag(a.Value)))
            Add("for", slug);
        foreach (var (_, slug, _) in EventLabels.Stages.Where(a => Stage.HasFlag(a.Value)))
            Add("stage", slug);
        foreach (var (_, slug, _) in EventLabels.Facts.Where(a => Facts.HasFlag(a.Value)))
            Add("fact", slug);
        Add("cost", EventLabels.Costs.FirstOrDefault(c => c.Value == Cost).Slug ?? "");
        Add("sort", Sort);
        Add("view", View);
        if (Page > 1)
            Add("page", Page.ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
