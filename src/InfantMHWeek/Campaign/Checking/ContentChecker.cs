using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Library;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>All checks over a whole content folder. The command line, the editor and the tests call this one.</summary>
static class ContentChecker
{
    /// <param name="today">For the age of checked numbers.</param>
    /// <returns>How many files were read, and all faults in the order of files and lines.</returns>
    /// <exception cref="ContentMissingException">There is no such folder, or nothing in it.</exception>
    public static (int Files, IReadOnlyList<Diagnostic> Faults) Check(string root, DateOnly today)
    {
        if (!Directory.Exists(root))
            throw new ContentMissingException($"There is no content folder at {root}.");
        var folder = new ContentFolder(root);
        var files = folder.Read(new Dictionary<string, ContentFile>(StringComparer.Ordinal), openAll: true);
        if (files.Count == 0)
            throw new ContentMissingException($"The content folder at {root} is empty.");

        var (registers, registerFaults) = RegisterReader.Read(
            files.Where(f => f.Name.EndsWith(".yml", StringComparison.Ordinal)),
            RegisterReader.None,
            folder.NameOf
        );
        var faults = new List<Diagnostic>(registerFaults);
        var pages = new List<CheckedPage>();
        foreach (var file in files.Where(f => !f.Name.EndsWith(".yml", StringComparison.Ordinal)))
        {
            var (page, found) = PageReader.Read(file, folder.NameOf(file.Name));
            faults.AddRange(found);
            if (page is not null)
                pages.Add(new(page, folder.NameOf(file.Name)));
        }
        faults.AddRange(SameAddress(pages));

        var read = pages
            .Where(p => p.Page.Kind != PageKind.Email && p.Page.Withdrawn is null)
            .DistinctBy(p => p.Page.Path, StringComparer.Ordinal)
            .ToDictionary(p => p.Page.Path, StringComparer.Ordinal);
        var site = new CheckedSite(root, registers, read.ToDictionary(p => p.Key, p => p.Value.Page, StringComparer.Ordinal), today, read);
        foreach (var page in pages)
            CheckPage(page, site);
        FigureChecks.Compare(pages);
        faults.AddRange(pages.SelectMany(p => p.Faults.All));
        faults.AddRange(RegisterChecks.Run(site, read.Values, folder));
        faults.AddRange(RequiredPageChecks.Missing(files, folder));
        faults.AddRange(ThemeChecks.Missing(files, folder));
        return (files.Count, InOrder(faults));
    }

    /// <summary>
    /// The checks of one file that is not saved yet, as if it stood among the rest of the content. Costs the same however many pages
    /// there are.
    /// </summary>
    public static IReadOnlyList<Diagnostic> CheckOne(PageLibrary library, ContentFile file, DateOnly today)
    {
        var (folder, contents) = (library.Folder, library.Contents);
        var name = folder.NameOf(file.Name);
        if (file.Name.EndsWith(".yml", StringComparison.Ordinal))
        {
            var (registers, found) = RegisterReader.Read(
                [.. contents.Files.Values.Where(f => f.Name.EndsWith(".yml", StringComparison.Ordinal) && f.Name != file.Name), file],
                RegisterReader.None,
                folder.NameOf
            );
            var changed = new CheckedSite(library.Root, registers, contents.PagesByPath, today);
            return InOrder(found.Concat(RegisterChecks.Run(changed, [], folder)).Where(f => f.File == name));
        }
        var (page, faults) = PageReader.Read(file, name);
        if (page is null)
            return InOrder(faults);
        var (pages, path) = (contents.PagesByPath, page.Path);
        var read = new CheckedPage(page, name);
        var twin = pages.TryGetValue(path, out var there) && there.File != file.Name;
        CheckPage(
            read,
            new CheckedSite(
                library.Root,
                contents.Registers,
                pages,
                today,
                new Dictionary<string, CheckedPage>(StringComparer.Ordinal) { [path] = read }
            )
        );
        FigureChecks.Compare([.. WithTheSameSources(page, pages.Values).Select(p => new CheckedPage(p, folder.NameOf(p.File))), read]);
        return InOrder([.. faults, .. read.Faults.All, .. twin ? SameAddress([new(there!, folder.NameOf(there!.File)), read]) : []]);
    }

    /// <summary>Pages that may state the same figure: those that name one of its sources.</summary>
    static IEnumerable<Page> WithTheSameSources(Page page, IEnumerable<Page> others)
    {
        var sources = CheckedPage.SourcesIn(page);
        return sources.Count == 0
            ? []
            : others.Where(p => p.File != page.File && sources.Any(s => p.Markdown.Contains(s, StringComparison.Ordinal)));
    }

    static IReadOnlyList<Diagnostic> InOrder(IEnumerable<Diagnostic> faults) =>
        [
            .. faults
                .OrderBy(f => f.File, StringComparer.Ordinal)
                .ThenBy(f => f.Line)
                .ThenBy(f => f.Column)
                .ThenBy(f => f.Code, StringComparer.Ordinal),
        ];

    static void CheckPage(CheckedPage page, CheckedSite site)
    {
        TextChecks.Run(page);
        LinkChecks.Run(page, site);
        FigureChecks.Run(page, site);
        SupportChecks.Run(page, site);
        WordingChecks.Run(page, site);
        ContainerSamples.Run(page);
        RequiredPageChecks.Run(page, site);
        ThemeChecks.Run(page, site);
        if (page.Page.Kind == PageKind.Email)
            MailChecks.Run(page);
    }

    static IEnumerable<Diagnostic> SameAddress(IEnumerable<CheckedPage> pages) =>
        pages
            .GroupBy(p => p.Page.Path, StringComparer.Ordinal)
            .SelectMany(same =>
                same.Skip(1)
                    .Select(p => new Diagnostic(
                        DiagnosticKinds.SameAddress,
                        p.Faults.File,
                        1,
                        1,
                        p.Page.Path,
                        $"{same.First().Faults.File} already has the address {p.Page.Path}.",
                        "Give one of the files another name."
                    ))
            );
}
