using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace InfantMHWeek.Platform.Pages;

/// <summary>
/// Parts of the layout that are the same on every page: drawn once for each version of the content, which halves the cost of pages
/// that are made each time.
/// </summary>
static class PartialCache
{
    /// <param name="partial">A partial view that depends on nothing but the layout and <paramref name="model"/>.</param>
    public static async ValueTask<IHtmlContent> Once(this IHtmlHelper html, SiteLayout site, string partial, string? model = null)
    {
        var key = $"{partial} {model}";
        if (site.Partials.TryGetValue(key, out var known))
            return known;
        using var writer = new StringWriter();
        (await html.PartialAsync(partial, model)).WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return site.Partials[key] = new HtmlString(writer.ToString());
    }
}
