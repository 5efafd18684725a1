using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>Do the dates of the weeks fit their years and one another? The whole campaign follows them by itself.</summary>
static class ThemeChecks
{
    public static void Run(CheckedPage page, CheckedSite site)
    {
        if (page.Page.Theme is not { Starts: { } starts, Ends: { } ends } week || page.Page.Withdrawn is not null)
            return;
        if (starts.Year != week.Year)
            page.SayOfFact(
                DiagnosticKinds.WeekOfOtherYear,
                "starts",
                $"This is the page of {week.Year}, but its week begins in {starts.Year}.",
                "Write the dates of this year, or take both lines out until they are known."
            );
        if (site.Themes.FirstOrDefault(t => t.Path != page.Page.Path && Shares(t.Theme!, starts, ends))?.Theme is { } other)
            page.SayOfFact(
                DiagnosticKinds.WeeksOverlap,
                "starts",
                $"The page of {other.Year} has some of these days too: {TimeInWords.Span(other.Starts!.Value, other.Ends!.Value)}.",
                "A day belongs to one week. Put right the dates here or there."
            );
    }

    static bool Shares(ThemeFields week, DateOnly starts, DateOnly ends) => week.Starts <= ends && week.Ends >= starts;

    /// <summary>A year that was pinned and is over keeps the home page from following the dates.</summary>
    public static IEnumerable<Diagnostic> Pinned(CheckedSite site, string file)
    {
        if (
            site.Registers.Site.FeaturedTheme is { } year
            && site.Find("/themes/" + year)?.Theme is { Ends: { } over }
            && over < site.Today
            && site.Themes.FirstOrDefault(t => t.Theme!.Ends >= site.Today && t.IsLive(UkTime.MidnightUtc(site.Today))) is { } ahead
        )
            yield return new(
                DiagnosticKinds.PinnedIsOver,
                file,
                site.Registers.Site.FeaturedThemeLine,
                1,
                year,
                $"The home page leads with {year}, whose week is over, although the week of {ahead.Theme!.Year} is ahead.",
                "Leave featured-theme empty: then the home page follows the dates by itself."
            );
    }

    /// <param name="files">Of a folder that has a front page of the years.</param>
    public static IEnumerable<Diagnostic> Missing(IReadOnlyList<ContentFile> files, ContentFolder folder) =>
        files.All(f => f.Name != "themes.md") || files.Any(f => f.Name.StartsWith("themes/", StringComparison.Ordinal))
            ? []
            :
            [
                new Diagnostic(
                    DiagnosticKinds.MissingPage,
                    folder.NameOf("themes.md"),
                    1,
                    1,
                    "themes/",
                    "There is no page in themes/, so the site cannot say when any week is or was.",
                    "Make a page for a year, such as themes/2027.md, or bring one back from its history."
                ),
            ];
}
