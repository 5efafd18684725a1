using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>Looks at everything that leans on a page, before the page goes.</summary>
sealed class PageConsequences(
    SiteDb db,
    PageLibrary library,
    SiteAddress address,
    IEnumerable<PageDependants> features,
    IServiceProvider services
)
{
    /// <summary>What leans on a page at its address.</summary>
    public async Task<Consequences> OfPageAsync(string file, CancellationToken cancel)
    {
        var (contents, path) = (library.Contents, PageNames.PathOf(file));
        var naming = PageReferences.Of(path, contents);
        var whole = address.Of(path);
        var mails = contents.Files.Values.Where(f =>
            IsMail(f)
            && f.Text is { } text
            && (PageReferences.Names(text, path) || PageReferences.Names(text.Replace(whole, " " + path, StringComparison.Ordinal), path))
        );
        ConsequenceGroup[] groups =
        [
            new(
                "Pages that link to it",
                [
                    .. naming
                        .Where(f => PageNames.IsPage(f.Name) && !IsMail(f) && f.Name != file)
                        .Select(f => new Consequence(TitleOf(contents, f.Name), Edit(f.Name))),
                ]
            ),
            new("Menus and the home page", [.. InSite(contents.Registers.Site, path)]),
            new(
                "Old addresses that lead to it",
                [
                    .. contents
                        .Registers.Redirects.Where(r => r.Value.Split('#')[0] == path)
                        .Select(r => new Consequence(r.Key, "/staff/pages/lists/redirects")),
                ]
            ),
            new(
                "Mails that link to it",
                [.. mails.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => new Consequence(f.Name, Edit(f.Name)))]
            ),
            new("Planned changes", await PlansAsync(file, path, cancel)),
            new("Texts that colleagues are writing for it", await DraftsAsync(file, cancel)),
            .. await OfFeaturesAsync(path, cancel),
        ];
        return new(file, contents.Files.GetValueOrDefault(file)?.Hash, [.. groups.Where(g => g.Items.Count > 0)]);
    }

    /// <summary>What a text would take from readers that they have now; null when it takes nothing away.</summary>
    public async Task<Consequences?> OfTextAsync(string file, string text, DateTime from, CancellationToken cancel)
    {
        if (!PageNames.IsPage(file) || library.Current.Find(PageNames.PathOf(file))?.File != file)
            return null;
        if (PageReader.Read(LibraryContents.FileOf(file, text), file).Page is not { } page || (page.Withdrawn is null && page.IsLive(from)))
            return null;
        return await OfPageAsync(file, cancel);
    }

    static IEnumerable<Consequence> InSite(SiteIdentity site, string path)
    {
        const string Site = "/staff/pages/lists/site";
        if (site.Navigation.Contains(path, StringComparer.Ordinal))
            yield return new("The main menu names it", Site);
        if (site.Footer.Contains(path, StringComparer.Ordinal))
            yield return new("The links at the foot of each page name it", Site);
        if (site.Article == path)
            yield return new("It is the article on the home page", Site);
        if (site.FeaturedTheme is { } year && path == "/themes/" + year)
            yield return new("It is the year on the home page", Site);
    }

    async Task<IReadOnlyList<Consequence>> PlansAsync(string file, string path, CancellationToken cancel)
    {
        const int Most = 200;
        var plans = await db.Set<PlannedChange>()
            .Where(p => p.State == PlanState.Waiting)
            .OrderBy(p => p.At)
            .Take(Most)
            .Select(p => new
            {
                p.File,
                p.At,
                p.Who,
                p.Text,
            })
            .ToListAsync(cancel);
        return
        [
            .. plans
                .Where(p => p.File == file)
                .Select(p => new Consequence($"A change by {p.Who} is planned for {p.At.InUk()}", "/staff/pages/plans")),
            .. plans
                .Where(p => p.File != file && PageReferences.Names(p.Text, path))
                .Select(p => new Consequence(
                    $"The change of {p.File} that is planned for {p.At.InUk()} links to it",
                    "/staff/pages/plans"
                )),
        ];
    }

    async Task<IReadOnlyList<Consequence>> DraftsAsync(string file, CancellationToken cancel) =>
        [
            .. (
                await db.Set<PageDraft>()
                    .Where(d => d.File == file && d.SetAsideAt == null)
                    .OrderBy(d => d.Id)
                    .Select(d => new { d.Who, Asked = d.AskedAt != null })
                    .ToListAsync(cancel)
            ).Select(d => new Consequence(d.Asked ? $"{d.Who} asks for a text to be published" : $"{d.Who} has a draft", Edit(file))),
        ];

    async Task<IReadOnlyList<ConsequenceGroup>> OfFeaturesAsync(string path, CancellationToken cancel)
    {
        var groups = new List<ConsequenceGroup>();
        foreach (var feature in features)
            groups.Add(
                new(feature.Title, [.. (await feature.FindAsync(services, path, cancel)).Select(d => new Consequence(d.Label, d.Path))])
            );
        return groups;
    }

    static bool IsMail(ContentFile file) => PageSchema.KindOf(file.Name) == PageKind.Email;

    static string TitleOf(LibraryContents contents, string file) =>
        contents.States.GetValueOrDefault(file)?.Shown is { } page ? $"{page.Title} ({file})" : file;

    static string Edit(string file) => "/staff/pages/edit?file=" + Uri.EscapeDataString(file);
}
