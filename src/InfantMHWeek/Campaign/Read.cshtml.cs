using System.Text.Json.Nodes;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Rendering;
using InfantMHWeek.Campaign.Sharing;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Page = InfantMHWeek.Campaign.Content.Page;

namespace InfantMHWeek.Campaign;

/// <summary>Every page that is a Markdown file, and every path that is none.</summary>
[CachedPage]
sealed class ReadModel(Snapshot site, SiteAddress address, IEnumerable<PageAdditionSource> sources) : PageModel
{
    /// <summary>As the framework names this page.</summary>
    public const string PageName = "/Campaign/Read";

    /// <summary>As the page's own first line says.</summary>
    public const string Route = "{**path}";

    public Snapshot Site => site;

    public Page Current { get; private set; } = null!;
    public RenderedPage Body { get; private set; } = null!;

    /// <summary>What other features put on this page.</summary>
    public IReadOnlyList<PageAddition> Additions { get; private set; } = [];

    /// <summary>What "On this page" lists: the headings of the text, with those of other features where they stand.</summary>
    public IReadOnlyList<PageHeading> Contents
    {
        get
        {
            var added = Additions.Select(a => a.Heading).OfType<SectionHeading>().Select(h => new PageHeading(h.Id, h.Title)).ToList();
            return added.Count == 0 ? Body.Headings : [.. Body.Headings.SkipLast(1), .. added, .. Body.Headings.TakeLast(1)];
        }
    }

    /// <summary>Set when nothing is here; then the page says so and suggests what may have been meant.</summary>
    public NotFoundPage? Missing { get; private set; }

    /// <summary>Set when the page was withdrawn; then the page says why.</summary>
    public Page? Gone { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var path = Request.Path.Value ?? "/";
        if (site.Find(path) is { } page)
        {
            Additions = await AddAsync(path, cancel);
            return Show(page);
        }
        if (site.Withdrawn.TryGetValue(path, out var gone))
            return ShowGone(gone);
        if (site.Registers.Redirects.TryGetValue(path, out var target))
            return RedirectPermanent(target);
        if (site.Broken.ContainsKey(path))
            return ErrorPage.Unavailable(HttpContext);
        if (site.SmallLetters(path) is { } small)
            return RedirectPermanent(small);
        return ShowNotFound(NotFoundPage.For(site, path)!);
    }

    async Task<IReadOnlyList<PageAddition>> AddAsync(string path, CancellationToken cancel)
    {
        var additions = new List<PageAddition>();
        foreach (var source in sources.Where(s => s.Concerns(path)))
        {
            var addition = await source.MakeOrSayAsync(HttpContext.RequestServices, path, cancel);
            if (!source.Constant && addition?.True is null)
                HttpContext.Items[PageAdditionSource.MadeAfresh] = true;
            if (addition is { LacksRows: true })
                HttpContext.Items[PageAdditionSource.LacksRows] = true;
            if (addition is not null)
                additions.Add(addition);
        }
        HttpContext.Items[typeof(Freshness)] = additions.Select(a => a.True).OfType<Freshness>().ToList();
        return additions;
    }

    PageResult Show(Page page)
    {
        Current = page;
        Body = site.Render(page);
        ViewData["Head"] = new PageHead
        {
            Title = page.Title,
            Summary = page.Summary,
            Path = page.Path,
            SharePicture = "/share/" + (page.Path == "/" ? "home" : page.Path.TrimStart('/')) + ".png",
            JsonLd = StructuredData.Of(
                page,
                site,
                address,
                Additions.SelectMany(a => a.Facts ?? new Dictionary<string, JsonNode>(StringComparer.Ordinal))
            ),
            Type = page.Kind is PageKind.Home ? "website" : "article",
            Sensitive = page.Sensitive,
            WeekLine = page.Path is not ("/" or "/support"),
        };
        return Page();
    }

    PageResult ShowGone(Page page)
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        Gone = page;
        ViewData["Head"] = new PageHead { Title = page.Title, Indexed = false };
        return Page();
    }

    PageResult ShowNotFound(NotFoundPage missing)
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        Missing = missing;
        ViewData["Head"] = new PageHead { Title = "Page not found", Indexed = false };
        return Page();
    }
}
