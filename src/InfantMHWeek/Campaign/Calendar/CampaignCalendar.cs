using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Campaign.Calendar;

/// <summary>Which of its five times the campaign is in.</summary>
public enum CampaignTime
{
    /// <summary>No week is ahead, and the last one has been over for a while.</summary>
    NothingAnnounced,

    /// <summary>The days of the next week are known.</summary>
    Announced,

    /// <summary>It begins within eight weeks.</summary>
    Soon,
    Running,

    /// <summary>It ended within the last four weeks.</summary>
    JustOver,
}

/// <summary>
/// Where the campaign stands on a day, worked out from the dates of the theme pages and the day in the UK: nothing is switched by hand.
/// Everything that speaks of the time (home, header, feed, share pictures) asks here.
/// </summary>
sealed record CampaignCalendar
{
    public required CampaignTime Time { get; init; }
    public required DateOnly Today { get; init; }

    /// <summary>The year that leads: the week under way or ahead, else the last one. Null where there is no theme page.</summary>
    public required Page? Lead { get; init; }

    /// <summary>The first week that begins after today.</summary>
    public required Page? Next { get; init; }

    public static CampaignCalendar Of(Snapshot site) => Of(site.Themes, site.Site.FeaturedTheme, site.Today);

    /// <param name="themes">The theme pages that readers can open, newest first.</param>
    /// <param name="pinned">A year that leads whatever the day is; null, or a year without a page, leaves it to the dates.</param>
    /// <param name="today">The day in the UK.</param>
    public static CampaignCalendar Of(IReadOnlyList<Page> themes, string? pinned, DateOnly today)
    {
        var dated = themes.Where(t => t.Theme is { Starts: not null, Ends: not null }).OrderBy(t => t.Theme!.Starts).ToList();
        var next = dated.Find(t => t.Theme!.Starts > today);
        if (pinned is not null && themes.FirstOrDefault(t => t.Path == "/themes/" + pinned) is { } chosen)
            return new()
            {
                Time = TimeOf(chosen.Theme!, today),
                Today = today,
                Lead = chosen,
                Next = next,
            };
        var running = dated.FindLast(t => t.Theme!.Starts <= today && t.Theme.Ends >= today);
        var last = dated.FindLast(t => t.Theme!.Ends < today);
        var lead = running
            ?? (next is not null && TimeOf(next.Theme!, today) == CampaignTime.Soon ? next : null)
            ?? (last is not null && TimeOf(last.Theme!, today) == CampaignTime.JustOver ? last : null)
            ?? next
            ?? last
            ?? themes.FirstOrDefault(t => t.Theme!.Year <= today.Year)
            ?? (themes is [var newest, ..] ? newest : null);
        return new()
        {
            Time = lead is null ? CampaignTime.NothingAnnounced : TimeOf(lead.Theme!, today),
            Today = today,
            Lead = lead,
            Next = next,
        };
    }

    static CampaignTime TimeOf(ThemeFields week, DateOnly today) =>
        week switch
        {
            { Starts: null } or { Ends: null } => CampaignTime.NothingAnnounced,
            { Starts: { } starts } when today < starts => DaysBetween(today, starts) <= ThemeFields.SoonDays
                ? CampaignTime.Soon
                : CampaignTime.Announced,
            { Ends: { } ends } when today <= ends => CampaignTime.Running,
            { Ends: { } ends } => DaysBetween(ends, today) <= ThemeFields.JustOverDays
                ? CampaignTime.JustOver
                : CampaignTime.NothingAnnounced,
        };

    /// <summary>The days of the week that leads: <c>8 to 14 June 2027</c>; null where they are not known.</summary>
    public string? Dates => Lead?.Theme is { Starts: { } starts, Ends: { } ends } ? TimeInWords.Span(starts, ends) : null;

    /// <summary>What is to be said while no week is ahead: the years since the last one may have had theirs without our knowing.</summary>
    public string NotKnown =>
        Lead?.Theme is { } last && last.Year < Today.Year
            ? $"We have found no dates and no theme for {YearsInWords(last.Year + 1, Today.Year)}."
            : "We do not know when the next week will be.";

    /// <summary>How far it is, in words: <c>tomorrow</c>, <c>in 12 days</c>, <c>in 20 weeks</c>; null unless a week is ahead.</summary>
    public string? Until =>
        Time is CampaignTime.Announced or CampaignTime.Soon ? TimeInWords.Ahead(DaysBetween(Today, Lead!.Theme!.Starts!.Value)) : null;

    /// <summary><c>day 3 of 7</c>; null unless the week is running.</summary>
    public string? DayOfTheWeek =>
        Time == CampaignTime.Running
            ? $"day {DaysBetween(Lead!.Theme!.Starts!.Value, Today) + 1} of "
                + $"{DaysBetween(Lead.Theme.Starts.Value, Lead.Theme.Ends!.Value) + 1}"
            : null;

    /// <summary>What today is about, where the theme page says so; null otherwise.</summary>
    public string? Topic =>
        Time == CampaignTime.Running ? Lead!.Theme!.Topics.ElementAtOrDefault(DaysBetween(Lead.Theme.Starts!.Value, Today)) : null;

    /// <summary>One line for the head of every page and for share pictures; null while nothing is to be told.</summary>
    public string? Line =>
        Time switch
        {
            CampaignTime.Announced or CampaignTime.Soon => $"The next week is {Until}: {Dates}",
            CampaignTime.Running => $"The week is on now: {DayOfTheWeek}",
            CampaignTime.JustOver => "The week is over. Thank you to everybody who took part",
            _ => null,
        };

    /// <summary>The day on which this time began, for what tells of it; null while nothing is to be told.</summary>
    public DateOnly? Since =>
        Lead?.Theme is not { Starts: { } starts, Ends: { } ends }
            ? null
            : Time switch
            {
                CampaignTime.Soon => starts.AddDays(-ThemeFields.SoonDays),
                CampaignTime.Running => starts,
                CampaignTime.JustOver => ends.AddDays(1),
                _ => null,
            };

    static string YearsInWords(int first, int last) =>
        first == last ? $"{last}"
        : first + 1 == last ? $"{first} or {last}"
        : $"{first} to {last}";

    static int DaysBetween(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber;
}
