using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Searching;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;

namespace InfantMHWeek.Campaign;

/// <summary>Search over all pages. The words are shown to nobody but the person who typed them: not logged, not kept with them.</summary>
public static class SearchEndpoint
{
    public const int MaxWords = 200;
    static readonly HtmlEncoder Html = HtmlEncoder.Default;

    public static async Task Answer(HttpContext context)
    {
        var services = context.RequestServices;
        var site = services.GetRequiredService<Snapshot>();
        var words = Trim(context.Request.Query["q"].ToString());
        var found = words.Length == 0 ? "" : Results(words, Find(services, site, words));
        site.SearchTemplate ??= new(
            await services
                .GetRequiredService<ViewRenderer>()
                .DrawAsync(
                    context,
                    "/Campaign/_Search.cshtml",
                    model: "",
                    new PageHead
                    {
                        Title = "Search",
                        Path = "/search",
                        Indexed = false,
                    }
                )
        );
        context.Response.ContentType = "text/html; charset=utf-8";
        await CachedResponse.SendOnce(context, site.SearchTemplate.Fill(Html.Encode(words), found));
    }

    static SearchResults Find(IServiceProvider services, Snapshot site, string words)
    {
        if (services.GetRequiredService<PreviewSnapshot>().Site is null)
            return services.GetRequiredService<SiteSearch>().Find(site, words);
        // Another moment has other words: it is read in for this one question.
        using var search = new SiteSearch();
        return search.Find(site, words);
    }

    static string Trim(string words)
    {
        var text = words.Trim();
        if (text.Length <= MaxWords)
            return text;
        // Never cut a character in half.
        return text[..(char.IsHighSurrogate(text[MaxWords - 1]) ? MaxWords - 1 : MaxWords)];
    }

    static string Results(string words, SearchResults results)
    {
        var html = new StringBuilder("<section aria-labelledby=\"results-title\"><h2 id=\"results-title\">");
        html.Append(
            results.Total switch
            {
                0 => "Nothing found",
                1 => "1 page",
                _ => results.Total.ToString(CultureInfo.InvariantCulture) + " pages",
            }
        );
        html.Append(" for “").Append(Html.Encode(words)).Append("”</h2>");
        if (results.Suggestion is { } better)
            html.Append("<p>Did you mean <a href=\"/search?q=")
                .Append(Uri.EscapeDataString(better))
                .Append("\">")
                .Append(Html.Encode(better))
                .Append("</a>?</p>");
        if (results.Hits.Count > 0)
            AppendHits(html, results);
        else
            html.Append("<p>Try fewer or simpler words, or look at <a href=\"/themes\">every year of the week</a>.</p>");
        return html.Append(
                "<p>If you need someone to talk to, <a href=\"/support\">our support page</a> says who you can call.</p></section>"
            )
            .ToString();
    }

    static void AppendHits(StringBuilder html, SearchResults results)
    {
        html.Append("<ol class=\"results\">");
        foreach (var hit in results.Hits)
        {
            html.Append("<li><h3><a href=\"").Append(Html.Encode(hit.Path)).Append("\">");
            AppendMarked(html, hit.Title);
            html.Append("</a></h3><p>");
            AppendMarked(html, hit.Snippet);
            html.Append("</p></li>");
        }
        html.Append("</ol>");
        if (results.Hits.Count < results.Total)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"small\">These are the first {results.Hits.Count}. More words will find fewer pages.</p>"
            );
    }

    static void AppendMarked(StringBuilder html, IReadOnlyList<TextRun> runs)
    {
        foreach (var run in runs)
        {
            var text = Html.Encode(run.Text);
            if (run.Marked)
                html.Append("<mark>").Append(text).Append("</mark>");
            else
                html.Append(text);
        }
    }
}
