using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Plans;
using InfantMHWeek.Editing.Preview;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Pages.AsOf;

/// <summary>Any page of the public site at another moment, with a bar that says so, and with links that stay in that moment.</summary>
sealed class AsOfModel(SiteAsOf sites, InternalRequests inner, SubresourceIntegrity integrity) : PageModel
{
    static readonly HtmlParser Parser = new();

    public async Task<IActionResult> OnGetAsync(string moment, string? path, CancellationToken cancel)
    {
        if (SiteAsOf.Read(moment) is not var (utc, drafts))
            return NotFound();
        var site = await sites.SnapshotAsync(utc, drafts, cancel);
        var start = $"/staff/as-of/{moment}";
        var answer = await inner.GetAsync(HttpContext, "/" + path, Request.QueryString.Value ?? "", services =>
        {
            services.GetRequiredService<PreviewSnapshot>().Site = site;
            services.GetRequiredService<PageClock>().OtherUtc = utc;
        });
        if (answer.Location is { } elsewhere)
            return Redirect(elsewhere.StartsWith('/') ? start + elsewhere : start);
        Response.StatusCode = answer.Status;
        if (answer.ContentType?.StartsWith("text/html", StringComparison.Ordinal) != true)
            return answer.Body.Length == 0 ? NotFound() : File(answer.Body, answer.ContentType ?? "text/plain");
        var words = $"The site as of {utc.InUk()} (UK time){(drafts ? ", with drafts" : "")}.{OfToday("/" + path)} Only staff see this.";
        return Content(WithBar(System.Text.Encoding.UTF8.GetString(answer.Body), words, start, "/" + path), "text/html; charset=utf-8");
    }

    /// <summary>What people offer and apply for cannot be known for another moment, and the bar says so.</summary>
    static string OfToday(string path) =>
        path.StartsWith("/events", StringComparison.OrdinalIgnoreCase)
            ? " The list begins on that day; the events in it are those that are known today."
        : path.StartsWith("/services", StringComparison.OrdinalIgnoreCase) ? " The services are those that are known today."
        : path.StartsWith("/courses/", StringComparison.OrdinalIgnoreCase) ? " Dates and free places of the course are those of today."
        : "";

    string WithBar(string html, string words, string start, string path)
    {
        using var page = Parser.ParseDocument(html);
        foreach (var link in page.Links.OfType<IHtmlAnchorElement>())
            if (link.GetAttribute("href") is { } href && IsOurs(href))
                link.SetAttribute("href", href == "/" ? start : start + href);
        foreach (var form in page.Forms)
            if (form.GetAttribute("action") is { } action && IsOurs(action))
                form.SetAttribute("action", start + action);
        var style = page.CreateElement("link");
        style.SetAttribute("rel", "stylesheet");
        style.SetAttribute("href", "/editor.css");
        style.SetAttribute("integrity", integrity.Of("editor.css"));
        page.Head!.AppendChild(style);
        var bar = page.CreateElement("div");
        bar.ClassName = "as-of-bar";
        bar.SetAttribute("role", "region");
        bar.SetAttribute("aria-label", "Another moment");
        var said = page.CreateElement("p");
        said.TextContent = words;
        bar.AppendChild(said);
        foreach (var (label, to) in ((string, string)[])[("Choose another moment", "/staff/pages/as-of"), ("Back to now", path)])
        {
            var link = page.CreateElement("a");
            link.TextContent = label;
            link.SetAttribute("href", to);
            bar.AppendChild(link);
        }
        // After the skip link, which must stay the first thing on the page.
        page.Body!.InsertBefore(bar, page.QuerySelector(".masthead") ?? page.Body.FirstChild);
        return page.ToHtml();
    }

    static bool IsOurs(string address) =>
        address.StartsWith('/')
        && !address.StartsWith("//", StringComparison.Ordinal)
        && !address.StartsWith("/media/", StringComparison.Ordinal)
        && !address.StartsWith("/staff", StringComparison.OrdinalIgnoreCase);
}
