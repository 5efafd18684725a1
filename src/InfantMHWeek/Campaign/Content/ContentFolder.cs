namespace InfantMHWeek.Campaign.Content;

/// <summary>Reads the content folder. Nothing in it can make the reading fail as a whole: a bad file is a file with faults.</summary>
sealed class ContentFolder(string root)
{
    public const int MaxFileBytes = 256 * 1024;
    public static readonly IReadOnlyList<string> Registers =
    [
        "site.yml",
        "sources.yml",
        "support.yml",
        "words.yml",
        "redirects.yml",
        "pictures.yml",
    ];

    readonly string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)));
    volatile string realRoot = Resolve(root);

    /// <summary>Where the folder really was when it was last read: it may be a link, and lead elsewhere a moment later.</summary>
    public string Root => realRoot;

    /// <summary>The folder's name as faults print it: <c>content/themes/2022.md</c>.</summary>
    public string NameOf(string file) => name + "/" + file;

    /// <summary>A folder as it is now, with no link at its end.</summary>
    public static string Resolve(string root) =>
        Path.TrimEndingDirectorySeparator(new DirectoryInfo(root).ResolveLinkTarget(true)?.FullName ?? Path.GetFullPath(root));

    /// <summary>
    /// Reads all pages and registers. Files that <paramref name="known"/> holds with the same stamp are not opened again,
    /// unless <paramref name="openAll"/> asks for it: a stamp can lie, a hash cannot.
    /// </summary>
    public IReadOnlyList<ContentFile> Read(IReadOnlyDictionary<string, ContentFile> known, bool openAll)
    {
        realRoot = Resolve(root);
        var found = new List<(string Name, FileInfo Info)>();
        Collect(new DirectoryInfo(realRoot), "", found, depth: 0);
        var (files, reader) = (new ContentFile?[found.Count], new ContentFileReader(realRoot, this.name));
        Parallel.For(0, found.Count, i =>
        {
            var (name, info) = found[i];
            var before = known.GetValueOrDefault(name);
            files[i] =
                !openAll && before is not null && before.Stamp == ContentFileReader.StampOf(info)
                    ? before
                    : reader.Read(name, info, before);
        });
        // Two names that are not UTF-8 can read as one.
        return [.. files.OfType<ContentFile>().DistinctBy(f => f.Name, StringComparer.Ordinal)];
    }

    static void Collect(DirectoryInfo folder, string prefix, List<(string, FileInfo)> found, int depth)
    {
        if (depth > 64)
            return;
        try
        {
            foreach (var entry in folder.EnumerateFileSystemInfos())
            {
                if (entry.Name.StartsWith('.'))
                    continue;
                if (entry is DirectoryInfo below)
                {
                    // A linked folder could lead outside or round in a circle; nobody needs one here.
                    if (below.LinkTarget is null && (depth > 0 || below.Name != "media"))
                        Collect(below, prefix + below.Name + "/", found, depth + 1);
                }
                else if (entry is FileInfo file && IsContent(prefix, file.Name))
                    found.Add((prefix + file.Name, file));
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A folder that vanishes or is locked while being read takes only its own pages with it; the next sweep looks again.
        }
    }

    static bool IsContent(string prefix, string name) =>
        (name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && name != "README.md")
        || (prefix.Length == 0 && Registers.Contains(name, StringComparer.Ordinal));
}
