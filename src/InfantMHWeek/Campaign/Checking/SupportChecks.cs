using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Rendering;
using Markdig.Extensions.CustomContainers;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>Are readers who live with the subject looked after, and are the numbers for help still right?</summary>
static class SupportChecks
{
    const int WarnAfterDays = 90,
        FailAfterDays = 180;

    public static void Run(CheckedPage page, CheckedSite site)
    {
        if (page.Page.Sensitive)
        {
            if (!page.Document.OfType<CustomContainer>().Any(c => Containers.NameOf(c) == "content-note"))
                page.Faults.Add(
                    DiagnosticKinds.NoContentNote,
                    1,
                    1,
                    "",
                    "This page is marked sensitive but does not say what it describes.",
                    "Begin the text with ::: content-note and one calm sentence."
                );
            return;
        }
        foreach (var prose in page.Prose)
        {
            foreach (var word in site.Registers.Wording.Harm)
            {
                if (WholeWords.Find(prose.Text, word) is not { } index)
                    continue;
                page.Say(
                    DiagnosticKinds.UnmarkedHarm,
                    prose,
                    index,
                    word,
                    $"\"{word}\" stands on a page that is not marked sensitive.",
                    "Add the line sensitive: yes to the facts at the top, or choose gentler words."
                );
                return;
            }
        }
    }

    /// <param name="file">How faults print the register's name.</param>
    public static IEnumerable<Diagnostic> OfSupport(IEnumerable<SupportService> services, DateOnly today, string file)
    {
        foreach (var service in services)
        {
            var age = service.Checked is { } day ? today.DayNumber - day.DayNumber : (int?)null;
            var kind = age switch
            {
                null => DiagnosticKinds.NeverChecked,
                > FailAfterDays => DiagnosticKinds.CheckedTooLongAgo,
                > WarnAfterDays => DiagnosticKinds.CheckedLongAgo,
                _ => null,
            };
            if (kind is null)
                continue;
            var message = age is null
                ? $"Nobody has checked yet that \"{service.Name}\" is right."
                : $"\"{service.Name}\" was last checked {age} days ago.";
            yield return new Diagnostic(
                kind,
                file,
                service.Line,
                1,
                service.Id,
                message,
                "Call or look it up, then write the day into checked:."
            );
        }
    }
}
