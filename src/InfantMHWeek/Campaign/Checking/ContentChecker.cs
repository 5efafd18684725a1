using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>All checks over a whole content folder. The command line, the editor and the tests call this one.</summary>
public static class ContentChecker
{
    /// <param name="today">For the age of checked numbers.</param>
    /// <returns>How many files were read, and all faults in the order of files and lines.</returns>
    /// <exception cref="ContentMissingException">There is no such folder, or nothing in it.</exception>
    public static (int Files, IReadOnlyList<Fault> Faults) Check(string root, DateOnly today)
    {
        if (!Directory.Exists(root)) throw new ContentMissingException($"There is no content folder at {root}.");
        var folder = new ContentFolder(root);
        var files = folder.Read(new Dictionary<string, ContentFile>(StringComparer.Ordinal), openAll: true);
        if (files.Count == 0) throw new ContentMissingException($"The content folder at {root} is empty.");

        var (registers, registerFaults) = RegisterReader.Read(files.Where(f => f.Name.EndsWith(".yml", StringComparison.Ordinal)), RegisterReader.None, folder.NameOf);
        var faults = new List<Fault>(registerFaults);
        var pages = new List<CheckedPage>();
        foreach (var file in files.Where(f => !f.Name.EndsWith(".yml", StringComparison.Ordinal)))
        {
            var (page, found) = PageReader.Read(file, folder.NameOf(file.Name));
            faults.AddRange(found);
            if (page is not null) pages.Add(new(page, folder.NameOf(file.Name)));
        }
        faults.AddRange(SameAddress(pages));

        var site = new CheckedSite(root, registers, pages.Where(p => p.Page.Kind != PageKind.Email).DistinctBy(p => p.Page.Path, StringComparer.Ordinal).ToDictionary(p => p.Page.Path, StringComparer.Ordinal), today);
        foreach (var page in pages) CheckPage(page, site);
        FigureChecks.Compare(pages);
        faults.AddRange(pages.SelectMany(p => p.Faults.All));
        faults.AddRange(RegisterChecks.Run(site, folder));
        return (files.Count, [.. faults.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column).ThenBy(f => f.Code, StringComparer.Ordinal)]);
    }

    static void CheckPage(CheckedPage page, CheckedSite site)
    {
        TextChecks.Run(page);
        LinkChecks.Run(page, site);
        FigureChecks.Run(page, site);
        CareChecks.Run(page, site);
        WordingChecks.Run(page, site);
    }

    static IEnumerable<Fault> SameAddress(IEnumerable<CheckedPage> pages) =>
        pages.GroupBy(p => p.Page.Path, StringComparer.Ordinal).SelectMany(same => same.Skip(1).Select(p =>
            new Fault(FaultKinds.SameAddress, p.Faults.File, 1, 1, p.Page.Path, $"{same.First().Faults.File} already has the address {p.Page.Path}.", "Give one of the files another name.")));
}
