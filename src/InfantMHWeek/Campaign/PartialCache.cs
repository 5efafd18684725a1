using InfantMHWeek.Campaign.Content;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace InfantMHWeek.Campaign;

/// <summary>Parts of the layout that are the same on every page: drawn once for each snapshot, which halves the cost of pages that are made each time.</summary>
public static class PartialCache
{
    /// <param name="partial">A partial view that depends on nothing but the snapshot and <paramref name="model"/>.</param>
    public static async ValueTask<IHtmlContent> Once(this IHtmlHelper html, Snapshot site, string partial, string? model = null)
    {
        var key = $"{partial} {model}";
        if (site.Parts.TryGetValue(key, out var known)) return known;
        using var writer = new StringWriter();
        (await html.PartialAsync(partial, model)).WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return site.Parts[key] = new HtmlString(writer.ToString());
    }
}
