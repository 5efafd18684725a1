using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Rendering;
using InfantMHWeek.Platform;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Page = InfantMHWeek.Campaign.Content.Page;

namespace InfantMHWeek.Campaign;

/// <summary>Every page that is a Markdown file, and every path that is none.</summary>
[ReadingPage]
public sealed class ReadModel(Snapshot site, SiteAddress address) : PageModel
{
    /// <summary>As the framework names this page.</summary>
    public const string PageName = "/Campaign/Read";

    /// <summary>As the page's own first line says.</summary>
    public const string Route = "{**path}";

    public Snapshot Site => site;

    public Page Current { get; private set; } = null!;
    public RenderedPage Body { get; private set; } = null!;

    /// <summary>Set when nothing is here; then the page says so and suggests what may have been meant.</summary>
    public NotFoundPage? Missing { get; private set; }

    /// <summary>Set when the page was withdrawn; then the page says why.</summary>
    public Page? Gone { get; private set; }

    public IActionResult OnGet()
    {
        var path = Request.Path.Value ?? "/";
        if (site.Find(path) is { } page) return Show(page);
        if (site.Withdrawn.TryGetValue(path, out var gone)) return ShowGone(gone);
        if (site.Registers.Redirects.TryGetValue(path, out var target)) return RedirectPermanent(target);
        if (site.Broken.ContainsKey(path)) return PlainPages.Unavailable();
        if (site.SmallLetters(path) is { } small) return RedirectPermanent(small);
        return ShowNotFound(NotFoundPage.For(site, path)!);
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
            JsonLd = StructuredData.Of(page, site, address),
            Type = page.Kind is PageKind.Home ? "website" : "article",
            Sensitive = page.Sensitive,
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
