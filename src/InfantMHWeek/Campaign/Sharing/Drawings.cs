using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Pages;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>The logo and the scenes as files of their own, for people to take away.</summary>
static class Drawings
{
    const string Licence = "Part of InfantMHWeek. Free to use, change and share under the MIT licence, with this line.";

    /// <summary>What the style sheet says elsewhere, in light colours.</summary>
    static readonly IReadOnlyList<(string Class, string Attributes)> Colours =
    [
        ("class=\"scene\" ", ""),
        ("class=\"mark\" ", ""),
        ("class=\"sun\"", "fill=\"#f8cf9f\""),
        ("class=\"hill-far\"", "fill=\"#f2c39c\""),
        ("class=\"hill-near\"", "fill=\"#4e2352\""),
        ("class=\"thread\"", "stroke=\"#115450\" stroke-width=\"6\" stroke-dasharray=\"1 16\" stroke-linecap=\"round\""),
        ("class=\"mark-arc\"", "fill=\"none\" stroke=\"#5b2a5e\" stroke-width=\"6\" stroke-linecap=\"round\""),
        ("class=\"mark-child\"", "stroke=\"none\" fill=\"#e8927c\""),
    ];

    public static async Task SendAsync(HttpContext context)
    {
        var name = Path.GetFileNameWithoutExtension(context.Request.Path.Value!);
        if (!ProgramPages.Drawings.Contains(context.Request.Path.Value, StringComparer.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var drawn = await context
            .RequestServices.GetRequiredService<ViewRenderer>()
            .DrawAsync(context, "/Campaign/Sharing/_Drawing.cshtml", name, new PageHead { Title = name });
        context.Response.AllowOtherSites();
        context.Response.ContentType = "image/svg+xml; charset=utf-8";
        await context.Response.WriteAsync(Alone(drawn.Trim(), isScene: name != "logo"));
    }

    static string Alone(string svg, bool isScene)
    {
        foreach (var (named, attributes) in Colours)
            svg = svg.Replace(named, attributes, StringComparison.Ordinal);
        var first = svg.IndexOf('>', StringComparison.Ordinal) + 1;
        var ground = isScene ? "<rect width=\"1600\" height=\"400\" fill=\"#fbe8d3\"/>" : "";
        return "<svg xmlns=\"http://www.w3.org/2000/svg\"" + svg["<svg".Length..first] + $"<desc>{Licence}</desc>{ground}" + svg[first..];
    }
}
