using System.Text.Encodings.Web;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Searching;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Telemetry;

namespace InfantMHWeek.Campaign;

/// <summary>
/// Search over pages, events, services and helplines. The words are shown to nobody but the person who typed them: not logged, not kept
/// with them.
/// </summary>
static class SearchEndpoint
{
    public const int MaxWords = 200;
    static readonly HtmlEncoder Html = HtmlEncoder.Default;

    public static async Task Answer(HttpContext context)
    {
        var services = context.RequestServices;
        var site = services.GetRequiredService<Snapshot>();
        var words = Trim(context.Request.Query["q"].ToString());
        var found = words.Length == 0 ? "" : await ResultsAsync(context, site, words);
        site.SearchTemplate ??= new(
            await services
                .GetRequiredService<ViewRenderer>()
                .DrawAsync(
                    context,
                    "/Campaign/Searching/_Search.cshtml",
                    model: "",
                    new PageHead
                    {
                        Title = "Search",
                        Summary = "Find pages, events, services and helplines by your own words, a town or a postcode.",
                        Path = "/search",
                        Sensitive = true,
                    }
                )
        );
        context.Response.ContentType = "text/html; charset=utf-8";
        // The form may be found by search engines, what somebody asked for may not.
        if (words.Length > 0)
            context.Response.Headers["X-Robots-Tag"] = "noindex";
        await UncachedResponse.Send(context, site.SearchTemplate.Fill(Html.Encode(words), found));
    }

    static async Task<string> ResultsAsync(HttpContext context, Snapshot site, string words)
    {
        var found = await FindAsync(context, site, words, typed: null);
        // How often, and never what: nobody's words are kept.
        if (found.Nothing)
            context.RequestServices.GetRequiredService<Traffic>().AddFoundNothing();
        if (found is not { Nothing: true, Suggestion: { } better })
            return found.Write();
        // Words that we know how to answer are answered at once, however they are spelt; of others the spelling is only offered.
        var other = await FindAsync(context, site, better, typed: words);
        return (other.Led.Count > 0 ? other : found).Write();
    }

    static async Task<SearchResultsHtml> FindAsync(HttpContext context, Snapshot site, string words, string? typed)
    {
        var services = context.RequestServices;
        var led = EverydayWords.Of(site.Registers.Wording).In(words);
        var asksForEvents = led.Any(l => l.Path == "/events");
        return new(site, words, Find(services, site, words))
        {
            Led = led,
            Place = PlaceInSearch.Of(words, asksForEvents),
            Groups = await GroupsAsync(context, site, words),
            Type = context.Request.Query["type"].ToString(),
            EventsFirst = asksForEvents,
            Typed = typed,
        };
    }

    static async ValueTask<IReadOnlyList<FoundGroup>> GroupsAsync(HttpContext context, Snapshot site, string words)
    {
        var helplines = context.RequestServices.GetRequiredService<SiteSearch>().FindHelplines(site, words);
        // Of another moment nothing is known but its pages.
        return context.RequestServices.GetRequiredService<PreviewSnapshot>().Site is null
            ? [.. await context.RequestServices.GetRequiredService<StoreSearch>().FindAsync(words, context.RequestAborted), helplines]
            : [helplines];
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
}
