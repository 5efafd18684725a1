using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Rendering;
using InfantMHWeek.Platform.Time;
using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>Do the registers name pages that exist, and do the sources of our figures tell what a careful reader asks?</summary>
static class RegisterChecks
{
    public static IEnumerable<Diagnostic> Run(CheckedSite site, IEnumerable<CheckedPage> pages, ContentFolder folder) =>
        [
            .. Menus(site, folder.NameOf("site.yml")),
            .. Featured(site, folder.NameOf("site.yml")),
            .. ThemeChecks.Pinned(site, folder.NameOf("site.yml")),
            .. Redirects(site, folder.NameOf("redirects.yml")),
            .. Everyday(site, folder.NameOf("words.yml")),
            .. Samples(site, folder.NameOf("sources.yml")),
            .. Gaps(site, pages, folder.NameOf("sources.yml")),
            .. SupportChecks.OfSupport(site.Registers.Support, site.Today, folder.NameOf("support.yml")),
        ];

    static IEnumerable<Diagnostic> Menus(CheckedSite site, string file)
    {
        var facts = site.Registers.Site;
        var named = facts.Navigation.Concat(facts.Footer).Concat(facts.Article is { } article ? [article] : []);
        return named
            .Where(p => !site.Answers(p))
            .Distinct(StringComparer.Ordinal)
            .Select(p => new Diagnostic(
                DiagnosticKinds.NamesNothing,
                file,
                1,
                1,
                p,
                $"The menus name \"{p}\", but there is no such page.",
                "Make the page, or take it out of site.yml."
            ));
    }

    /// <summary>The year on the home page is one that readers can open today.</summary>
    static IEnumerable<Diagnostic> Featured(CheckedSite site, string file)
    {
        if (site.Registers.Site.FeaturedTheme is not { } year)
            yield break;
        var page = site.Find("/themes/" + year);
        var why =
            page is null ? "there is no such page, or it is withdrawn"
            : page.Publish >= UkTime.MidnightUtc(site.Today.AddDays(1)) ? "its page appears later"
            : page.Expire <= UkTime.MidnightUtc(site.Today) ? "its page has disappeared"
            : null;
        if (why is not null)
            yield return new(
                DiagnosticKinds.FeaturedNotPublic,
                file,
                site.Registers.Site.FeaturedThemeLine,
                1,
                year,
                $"The home page is to lead with {year}, but {why}.",
                "Choose a year that readers can open, or leave it empty: then the newest leads."
            );
    }

    /// <summary>The words that people search with lead to pages and headings that are there, and each to one only.</summary>
    static IEnumerable<Diagnostic> Everyday(CheckedSite site, string file)
    {
        var led = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var everyday in site.Registers.Wording.Everyday)
        {
            var anchor = everyday.Target.Split('#') is [_, var heading] ? heading : null;
            var first = seen.Add(everyday.Target);
            if (first && !site.Answers(everyday.Path))
                yield return Say(
                    DiagnosticKinds.NamesNothing,
                    everyday.Target,
                    $"There is no page at \"{everyday.Path}\".",
                    "Let the words lead to a page that exists."
                );
            else if (first && anchor is not null && site.AnchorsOf(everyday.Path) is { } there && !there.Contains(anchor))
                yield return Say(
                    DiagnosticKinds.BrokenAnchor,
                    everyday.Target,
                    $"The page {everyday.Path} has no heading \"#{anchor}\".",
                    "Write a heading that is there, or leave # and what follows out."
                );
            if (led.TryAdd(everyday.Phrase, everyday.Target))
                continue;
            yield return Say(
                DiagnosticKinds.BadValue,
                everyday.Phrase,
                $"\"{everyday.Phrase}\" stands here twice: it leads to {led[everyday.Phrase]} already.",
                "Leave it in one of the two lines."
            );

            Diagnostic Say(DiagnosticKind kind, string offending, string message, string advice) =>
                new(kind, file, everyday.Line, 1, offending, message, advice);
        }
    }

    static IEnumerable<Diagnostic> Samples(CheckedSite site, string file) =>
        site
            .Registers.Sources.Values.Where(s => s.Title is "Source name" || s.Publisher is "Source name")
            .Select(s => new Diagnostic(
                DiagnosticKinds.SampleLeft,
                file,
                s.Line,
                1,
                s.Title,
                "\"Source name\" is a sample, and no name.",
                "Write what the source is called."
            ));

    static IEnumerable<Diagnostic> Redirects(CheckedSite site, string file) =>
        Ways(site, file)
            .Concat(
                site.Registers.Redirects.Where(r => site.HasPage(r.Key))
                    .Select(r => new Diagnostic(
                        DiagnosticKinds.WayOfPage,
                        file,
                        1,
                        1,
                        r.Key,
                        $"\"{r.Key}\" has a page of its own, so nobody is led on from there.",
                        "Take the line out."
                    ))
            );

    static IEnumerable<Diagnostic> Ways(CheckedSite site, string file) =>
        site
            .Registers.Redirects.Where(r => !site.Answers(r.Value.Split('#')[0]))
            .Select(r => new Diagnostic(
                DiagnosticKinds.NamesNothing,
                file,
                1,
                1,
                r.Key,
                $"\"{r.Key}\" leads to \"{r.Value}\", but there is no such page.",
                "Let it lead to a page that exists."
            ));

    /// <summary>Only sources of figures are asked: a source that tells a theme's name has no method to state.</summary>
    static IEnumerable<Diagnostic> Gaps(CheckedSite site, IEnumerable<CheckedPage> pages, string file)
    {
        var used = pages
            .SelectMany(p => p.Document.Descendants<CustomContainer>())
            .Where(c => Containers.NameOf(c) is "statistics" or "statistic")
            .SelectMany(Containers.IdsOf)
            .ToHashSet(StringComparer.Ordinal);
        return site
            .Registers.Sources.Values.Where(s => used.Contains(s.Id) && s.Gaps.Any())
            .Select(s => new Diagnostic(
                DiagnosticKinds.SourceGap,
                file,
                s.Line,
                1,
                s.Id,
                $"\"{s.Id}\" does not say {string.Join(", ", s.Gaps)}. Readers see this gap.",
                "Ask the publisher; leave it empty until you know."
            ));
    }
}
