using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Campaign;

/// <summary>A path where nothing is, and the pages that may have been meant.</summary>
sealed record NotFoundPage(IReadOnlyList<Page> Suggestions)
{
    const int Suggested = 4;

    /// <summary>The same for paths that are answered with the same page.</summary>
    public string Key => "404 " + string.Join(' ', Suggestions.Select(p => p.Path));

    /// <returns>Null where the path leads to something: a page, a redirect, a page that is being mended.</returns>
    public static NotFoundPage? For(Snapshot site, string path)
    {
        if (
            site.Pages.ContainsKey(path)
            || site.Registers.Redirects.ContainsKey(path)
            || site.Broken.ContainsKey(path)
            || site.Withdrawn.ContainsKey(path)
        )
            return null;
        if (site.SmallLetters(path) is not null)
            return null;
        return new(Nearest(site, path));
    }

    static IReadOnlyList<Page> Nearest(Snapshot site, string path)
    {
        var last = path[(path.LastIndexOf('/') + 1)..].ToLowerInvariant();
        if (last.Length is 0 or > 60)
            return [];
        var limit = ClosestMatch.MostIn(last.Length);
        return
        [
            .. site
                .Pages.Values.Select(p =>
                    (Page: p, Distance: EditDistance.Between(last, p.Path.AsSpan(p.Path.LastIndexOf('/') + 1), limit))
                )
                .Where(p => p.Distance <= limit)
                .OrderBy(p => p.Distance)
                .ThenBy(p => p.Page.Path, StringComparer.Ordinal)
                .Take(Suggested)
                .Select(p => p.Page),
        ];
    }
}
