using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>Are the pages there that the site cannot do without, for everybody and at any time?</summary>
static class RequiredPageChecks
{
    public static void Run(CheckedPage page, CheckedSite site)
    {
        if (RequiredPages.ReasonFor(page.Page.File) is not { } reason)
            return;
        var later = page.Page.Publish is { } publish && publish >= UkTime.MidnightUtc(site.Today.AddDays(1));
        foreach (
            var fact in (string?[])
                [page.Page.Withdrawn is null ? null : "withdrawn", page.Page.Expire is null ? null : "expire", later ? "publish" : null]
        )
            if (fact is not null)
                page.SayOfFact(
                    DiagnosticKinds.NeededPage,
                    fact,
                    $"This page has to be there always, because {reason}.",
                    $"Take the line {fact}: out, and change the text instead."
                );
    }

    /// <param name="files">Of a folder that is a site: it has a <c>site.yml</c>.</param>
    public static IEnumerable<Diagnostic> Missing(IReadOnlyList<ContentFile> files, ContentFolder folder) =>
        files.All(f => f.Name != "site.yml")
            ? []
            : RequiredPages
                .Always.Where(needed => files.All(f => f.Name != needed))
                .Select(needed => new Diagnostic(
                    DiagnosticKinds.MissingPage,
                    folder.NameOf(needed),
                    1,
                    1,
                    needed,
                    $"There is no page {needed}, and {RequiredPages.ReasonFor(needed)}.",
                    "Bring it back from its history, or write it anew."
                ));
}
