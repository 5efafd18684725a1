using System.Collections.Concurrent;
using Microsoft.AspNetCore.Html;

namespace InfantMHWeek.Platform.Pages;

/// <summary>A page, by its address and by the words that lead there.</summary>
sealed record PageLink(string Path, string Label);

/// <summary>
/// A line below the head of every page, drawn by the view of this path: registered by the feature that has something to tell.
/// </summary>
sealed record LayoutLine(string View);

/// <summary>
/// Whom to call now, in one line, drawn by the view of this path: for pages that people open when they need somebody.
/// </summary>
sealed record HelpLine(string View);

/// <summary>What stands around every page, for the layout, which knows no feature.</summary>
/// <param name="name">The site's name.</param>
/// <param name="menu">The pages at the top, in their order.</param>
/// <param name="footer">The pages at the foot.</param>
/// <param name="runBy">The charity behind the site in one line; null while nobody has said which.</param>
sealed class SiteLayout(string name, IReadOnlyList<PageLink> menu, IReadOnlyList<PageLink> footer, string? runBy)
{
    public string Name => name;
    public IReadOnlyList<PageLink> Menu => menu;
    public IReadOnlyList<PageLink> Footer => footer;
    public string? RunBy => runBy;

    /// <summary>Pieces of HTML that are the same on every page.</summary>
    internal ConcurrentDictionary<string, IHtmlContent> Partials { get; } = new(StringComparer.Ordinal);
}
