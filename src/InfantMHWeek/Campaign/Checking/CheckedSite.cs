using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>Everything a check may ask about the rest of the content.</summary>
/// <param name="pages">What has an address, by its path.</param>
/// <param name="read">Pages whose text was read already; others are read when a link asks for their headings.</param>
sealed class CheckedSite(
    string root,
    Registers registers,
    IReadOnlyDictionary<string, Page> pages,
    DateOnly today,
    IReadOnlyDictionary<string, CheckedPage>? read = null
)
{
    /// <summary>Addresses that the program answers itself. A link to one of them is right although no file stands behind it.</summary>
    static readonly string[] Made =
    [
        "/search",
        "/feed.atom",
        "/sitemap.xml",
        "/site.webmanifest",
        "/robots.txt",
        "/.well-known/security.txt",
    ];

    readonly Dictionary<string, string?> nearest = new(StringComparer.Ordinal);

    public string Root => root;
    public Registers Registers => registers;
    public DateOnly Today => today;

    /// <summary>The page that was probably meant. Looked for once, because one slip may stand in a thousand links.</summary>
    public string? Nearest(string path) =>
        nearest.TryGetValue(path, out var known) ? known : nearest[path] = ClosestMatch.To(path, pages.Keys);

    public bool Answers(string path) =>
        pages.ContainsKey(path) || Made.Contains(path, StringComparer.Ordinal) || ProgramPages.All.Any(p => p.Path == path);

    /// <summary>A page that is not withdrawn, live or not.</summary>
    public Page? Find(string path) => pages.GetValueOrDefault(path);

    /// <summary>The pages of the years, live or not.</summary>
    public IEnumerable<Page> Themes => pages.Values.Where(p => p.Theme is not null);

    public bool HasPage(string path) => pages.ContainsKey(path);

    /// <summary>What a link to a page may name behind #; null where no page is.</summary>
    public IReadOnlySet<string>? AnchorsOf(string path) =>
        read?.GetValueOrDefault(path) is { } known ? known.Anchors
        : pages.TryGetValue(path, out var page) ? new CheckedPage(page, page.File).Anchors
        : null;
}
