using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>Everything a check may ask about the rest of the content.</summary>
sealed record CheckedSite(string Root, Registers Registers, IReadOnlyDictionary<string, CheckedPage> Pages, DateOnly Today)
{
    /// <summary>Addresses that the program answers itself. A link to one of them is right although no file stands behind it.</summary>
    static readonly string[] Made = ["/search", "/feed.atom", "/sitemap.xml", "/site.webmanifest", "/robots.txt", "/.well-known/security.txt"];

    readonly Dictionary<string, string?> nearest = new(StringComparer.Ordinal);

    /// <summary>The page that was probably meant. Looked for once, because one slip may stand in a thousand links.</summary>
    public string? Nearest(string path) => nearest.TryGetValue(path, out var known) ? known : nearest[path] = NearestWord.To(path, Pages.Keys);

    public bool Answers(string path) => Pages.ContainsKey(path) || Made.Contains(path, StringComparer.Ordinal);
}
