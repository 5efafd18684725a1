using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Rendering;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Campaign.Library;

/// <summary>
/// Everything the public can read at one moment, and all that was made from it. Nothing in it changes but its
/// caches, which live and die with it: an old page can therefore never be stored under a new version.
/// </summary>
sealed class Snapshot
{
    /// <summary>A site with more pages has them made again now and then; otherwise each would lie in memory three times.</summary>
    const int MostRendered = 500;
    readonly ConcurrentDictionary<string, RenderedPage> rendered = new(StringComparer.Ordinal);
    readonly FrozenDictionary<string, IReadOnlyList<Page>> children;
    readonly Page? previewed;

    Snapshot(IEnumerable<Page> live, Registers registers, IReadOnlyDictionary<string, IReadOnlyList<Diagnostic>> broken, DateTime now)
    {
        Registers = registers;
        var shown = live.ToLookup(p => p.Withdrawn is null);
        Pages = shown[true].ToFrozenDictionary(p => p.Path, StringComparer.Ordinal);
        Withdrawn = shown[false].ToFrozenDictionary(p => p.Path, StringComparer.Ordinal);
        Broken = broken.ToFrozenDictionary(StringComparer.Ordinal);
        children = Pages
            .Values.Where(p => p.Path != "/")
            .GroupBy(p => FolderOf(p.Path), StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<Page>)[.. InReadingOrder(g)], StringComparer.Ordinal);
        Today = DateOnly.FromDateTime(UkTime.FromUtc(now));
        DayCounts = Themes.Any(t => t.Theme!.Counts(Today));
        Version = ContentHash.Combine([
            registers.Hash,
            DayCounts ? Today.ToString("o", CultureInfo.InvariantCulture) : "",
            .. Pages.Values.Concat(Withdrawn.Values).OrderBy(p => p.Path, StringComparer.Ordinal).Select(p => p.Path + p.Hash),
            .. Broken.Keys.Order(StringComparer.Ordinal),
        ]);
        Moment = now;
    }

    Snapshot(Snapshot site, Page page)
    {
        previewed = page;
        (Registers, Pages, Withdrawn, Broken, children) = (site.Registers, site.Pages, site.Withdrawn, site.Broken, site.children);
        (Version, Moment, Today, MediaRoot) = ("preview", site.Moment, site.Today, site.MediaRoot);
    }

    /// <summary>
    /// The same site with one page that is not saved yet, whatever its dates say. Costs the same however many pages there
    /// are, so lists of all pages (search, feed) do not have it; nothing made from it is kept.
    /// </summary>
    public Snapshot Previewing(Page page) => new(this, page);

    /// <summary>Takes the pages that are live at <paramref name="now"/> (UTC).</summary>
    public static Snapshot Of(
        IReadOnlyCollection<Page> pages,
        Registers registers,
        IReadOnlyDictionary<string, IReadOnlyList<Diagnostic>> broken,
        DateTime now,
        string? mediaRoot = null
    )
    {
        var site = new Snapshot(pages.Where(p => p.Kind != PageKind.Email && p.IsLive(now)), registers, broken, now)
        {
            MediaRoot = mediaRoot,
        };
        DateTime? tomorrow = site.DayCounts ? UkTime.MidnightUtc(site.Today.AddDays(1)) : null;
        site.NextChange = pages.SelectMany(p => new[] { p.Publish, p.Expire }).Where(moment => moment > now).Append(tomorrow).Min();
        return site;
    }

    /// <summary>The same for the same content; part of every cache's key and entity tag.</summary>
    public string Version { get; }
    public DateTime Moment { get; }

    /// <summary>The day in the UK at that moment.</summary>
    public DateOnly Today { get; }

    /// <summary>Whether pages say another thing tomorrow, because a week is ahead, under way or just over.</summary>
    public bool DayCounts { get; }

    /// <summary>The folder in which the pictures lie; null where none are offered in several widths.</summary>
    public string? MediaRoot { get; init; }

    /// <summary>When something changes by itself next (UTC): a page is published or expires, or the campaign's day ends.</summary>
    public DateTime? NextChange { get; private set; }
    public FrozenDictionary<string, Page> Pages { get; }

    /// <summary>Pages that were taken away; their addresses say why.</summary>
    public FrozenDictionary<string, Page> Withdrawn { get; }
    public Registers Registers { get; }
    public SiteIdentity Site => Registers.Site;

    /// <summary>Paths that have no good version to show, with the reasons.</summary>
    public FrozenDictionary<string, IReadOnlyList<Diagnostic>> Broken { get; }

    /// <summary>Complete responses by path, ready to send.</summary>
    public ResponseCache Responses { get; } = new();

    /// <summary>What stands around every page.</summary>
    public SiteLayout Layout =>
        field ??= new(Site.Name, [.. Links(Site.Navigation)], [.. Links(Site.Footer)], Site.Organisation?.InOneLine);

    /// <summary>The search page around what was found.</summary>
    public PageTemplate? SearchTemplate { get; set; }

    public Page? Find(string path) => previewed?.Path == path ? previewed : Pages.GetValueOrDefault(path);

    /// <summary>The same path in small letters, if only that one leads to a page.</summary>
    public string? SmallLetters(string path) =>
        path.ToLowerInvariant() is var small && small != path && Pages.ContainsKey(small) ? small : null;

    public Page? Home => Find("/");

    /// <summary>The pages directly below a path: years newest first, others by title.</summary>
    public IReadOnlyList<Page> Below(string path)
    {
        var below = children.GetValueOrDefault(path, []);
        return previewed is { Path: not "/" } && FolderOf(previewed.Path) == path
            ? [.. InReadingOrder(below.Where(p => p.Path != previewed.Path).Append(previewed))]
            : below;
    }

    public IReadOnlyList<Page> Themes => Below("/themes");

    /// <summary>The first awareness week that ends on a day or later; null while none is announced.</summary>
    public (DateOnly From, DateOnly To)? WeekFrom(DateOnly day) =>
        Themes
            .Select(t => t.Theme)
            .OfType<ThemeFields>()
            .Where(t => t.Starts is not null && t.Ends >= day)
            .OrderBy(t => t.Starts)
            .FirstOrDefault()
            is { } next
            ? (next.Starts!.Value, next.Ends!.Value)
            : null;

    /// <summary>The pages a menu names, in its order; names without a page are left out.</summary>
    public IEnumerable<LinkedPage> Named(IEnumerable<string> paths) => paths.Select(Linked).OfType<LinkedPage>();

    IEnumerable<PageLink> Links(IEnumerable<string> paths) => Named(paths).Select(p => new PageLink(p.Path, p.Label));

    LinkedPage? Linked(string path) =>
        Find(path) is { } page
            ? new(page.Path, page.Label, page.Title, page.Summary, page.Picture)
            : ProgramPages.All.FirstOrDefault(p => p.Path == path);

    /// <summary>The page's text as safe HTML, made once for each snapshot.</summary>
    public RenderedPage Render(Page page)
    {
        if (rendered.TryGetValue(page.Path, out var known))
            return known;
        if (rendered.Count >= MostRendered)
            rendered.Clear();
        return rendered.GetOrAdd(page.Path, static (_, made) => made.site.Make(made.page), (page, site: this));
    }

    RenderedPage Make(Page page)
    {
        var made = PageRenderer.Render(page, Registers);
        return MediaRoot is { } root ? made with { Html = MediaFiles.Present(made.Html, root, Registers.Pictures) } : made;
    }

    static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "/";

    static IEnumerable<Page> InReadingOrder(IEnumerable<Page> pages) =>
        pages.OrderByDescending(p => p.Theme?.Year).ThenBy(p => p.Title, StringComparer.Ordinal);
}
