using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Pages;

namespace InfantMHWeek.Editing.Preview;

/// <summary>Shows a text that is not saved yet as the page that it will be: the same route, layout and renderer.</summary>
sealed class PagePreview(PageLibrary library, InternalRequests site)
{
    static readonly HtmlParser Parser = new();

    /// <returns>The page as HTML, or null with the faults that keep it from being shown.</returns>
    public async Task<(string? Html, IReadOnlyList<Diagnostic> Faults)> ShowAsync(HttpContext http, string file, string text)
    {
        var (page, faults) = PageReader.Read(LibraryContents.FileOf(file, text), library.Folder.NameOf(file));
        if (page is null)
            return (null, faults);
        if (page.Kind == PageKind.Email)
            page = page with { Kind = PageKind.Page };
        var answer = await site.GetAsync(http, page.Path, "", services =>
            services.GetRequiredService<PreviewSnapshot>().Site = library.Current.Previewing(page with { Publish = null, Expire = null })
        );
        return (DisableLinks(System.Text.Encoding.UTF8.GetString(answer.Body)), faults);
    }

    /// <summary>Links lead nowhere from a preview: the frame may open no window, and what is typed must not be left by accident.</summary>
    static string DisableLinks(string html)
    {
        using var page = Parser.ParseDocument(html);
        foreach (var link in page.Links.OfType<IHtmlAnchorElement>())
            if (link.GetAttribute("href") is { } href && !href.StartsWith('#'))
                link.SetAttribute("target", "_blank");
        foreach (var script in page.Scripts.ToList())
            script.Remove();
        foreach (var form in page.Forms)
            form.SetAttribute("target", "_blank");
        return page.ToHtml();
    }
}

static class HtmlOfDocument
{
    public static string ToHtml(this AngleSharp.Html.Dom.IHtmlDocument page) => "<!DOCTYPE html>" + page.DocumentElement.OuterHtml;
}
