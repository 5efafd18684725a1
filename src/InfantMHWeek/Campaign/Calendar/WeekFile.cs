using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Calendars;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Campaign.Calendar;

/// <summary>Every awareness week whose days are known, for a diary: who follows it learns of the next one by itself.</summary>
static class WeekFile
{
    static readonly TimeSpan AskAgain = TimeSpan.FromDays(1);

    public static string Write(Snapshot site, SiteAddress address) =>
        CalendarWriter.Write(
            "Week",
            site.Site.Name,
            [.. site.Themes.Where(t => t.Theme is { Starts: not null, Ends: not null }).Select(t => Entry(t, site, address))],
            AskAgain
        );

    static CalendarEntry Entry(Page week, Snapshot site, SiteAddress address)
    {
        var (from, to) = (week.Theme!.Starts!.Value, week.Theme.Ends!.Value);
        var written = week.Reviewed is { } day ? UkTime.MidnightUtc(day) : week.Publish ?? UkTime.MidnightUtc(from);
        return new(
            $"week-{week.Theme.Year}@{new Uri(address.Of("/")).Host}",
            written,
            0,
            from.ToDateTime(TimeOnly.MinValue),
            to.AddDays(1).ToDateTime(TimeOnly.MinValue),
            week.Theme.Name is { } theme ? $"{site.Site.Name}: {theme}" : site.Site.Name
        )
        {
            WholeDays = true,
            Description = week.Summary,
            Link = address.Of(week.Path),
        };
    }
}
