using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>What was found, as HTML: help first where somebody may need it, then what is near, then pages.</summary>
sealed class FoundPages(Snapshot site, string words, SearchResults results)
{
    const int MostLines = 4;
    static readonly HtmlEncoder Html = HtmlEncoder.Default;
    readonly StringBuilder html = new();

    /// <summary>Pages that answer it in other words, by <c>words.yml</c>.</summary>
    public IReadOnlyList<EverydayPhrase> Led { get; init; } = [];

    /// <summary>A town or postcode in what was typed; null without one.</summary>
    public string? Place { get; init; }

    /// <summary>Nothing answers it: neither a page that holds the words, nor one that the list leads to, nor a place.</summary>
    public bool Nothing => results.Hits.Count == 0 && Led.Count == 0 && Place is null;

    public string Write()
    {
        if (Led.FirstOrDefault(l => l.Crisis) is { } crisis)
            AppendHelp(crisis);
        html.Append("<section aria-labelledby=\"results-title\"><h2 id=\"results-title\">");
        var led = Led.Select(l => (Phrase: l, Page: site.Named([l.Path]).FirstOrDefault())).Where(l => l.Page is not null).ToList();
        var hits = results.Hits.Where(h => led.TrueForAll(l => l.Phrase.Target != h.Path)).ToList();
        var total = results.Total - (results.Hits.Count - hits.Count) + led.Count + (Place is null ? 0 : 1);
        html.Append(
            total switch
            {
                0 => "Nothing found",
                1 => "1 page",
                _ => total.ToString(CultureInfo.InvariantCulture) + " pages",
            }
        );
        html.Append(" for “").Append(Html.Encode(words)).Append("”</h2>");
        if (results.Suggestion is { } better && Led.Count == 0 && Place is null)
            html.Append("<p>Did you mean <a href=\"/search?q=")
                .Append(Uri.EscapeDataString(better))
                .Append("\">")
                .Append(Html.Encode(better))
                .Append("</a>?</p>");
        if (total > 0)
        {
            html.Append("<ol class=\"results\">");
            if (Place is { } place)
                AppendPlace(place);
            foreach (var (phrase, page) in led)
                AppendLed(phrase, page!);
            foreach (var hit in hits)
                AppendHit(hit);
            html.Append("</ol>");
        }
        else
            html.Append("<p>Try fewer or simpler words, or look at <a href=\"/infant-mental-health\">what we know about babies</a>.</p>");
        if (results.Hits.Count < results.Total)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"small\">These are the first {results.Hits.Count}. More words will find fewer pages.</p>"
            );
        return html.Append(
                "<p>If you need someone to talk to, <a href=\"/support\">our support page</a> says who you can call.</p></section>"
            )
            .ToString();
    }

    void AppendHelp(EverydayPhrase crisis)
    {
        var topic = SupportTopics.Find(
            crisis.Path.StartsWith("/support/", StringComparison.Ordinal) ? crisis.Path["/support/".Length..] : null
        );
        var lines = site
            .Registers.Support.Where(s => s.Emergency || (topic is null ? s.First : s.About.Contains(topic.Name, StringComparer.Ordinal)))
            .Where(s => s.Phone is not null || s.Texts is not null)
            .OrderByDescending(s => s.Emergency)
            .ThenByDescending(s => s.Nation == "UK")
            .Take(MostLines);
        html.Append(
            "<section class=\"help-box\" aria-labelledby=\"now-title\">"
                + "<h2 class=\"help-title\" id=\"now-title\">You can talk to someone now</h2>"
        );
        html.Append("<ul class=\"help-lines\">");
        foreach (var line in lines)
        {
            html.Append(line.Emergency ? "<li class=\"emergency\">" : "<li>");
            html.Append("<strong>").Append(Html.Encode(line.Name)).Append("</strong> <a href=\"");
            html.Append(Html.Encode(line.Dials ?? line.Texts!)).Append("\">");
            html.Append(Html.Encode(line.Phone ?? "text " + line.Text)).Append("</a>");
            if (line.For is { } purpose)
                html.Append(" <span class=\"help-for\">").Append(Html.Encode(purpose)).Append("</span>");
            html.Append("</li>");
        }
        html.Append("</ul><p><a href=\"").Append(topic is null ? "/support" : "/support/" + topic.Name);
        html.Append("\">More people you can call")
            .Append(topic is null ? "" : ": " + Html.Encode(topic.Label))
            .Append("</a></p></section>");
    }

    void AppendPlace(string place)
    {
        html.Append("<li><h3><a href=\"/events?near=").Append(Uri.EscapeDataString(place)).Append("\">Events near ");
        html.Append(Html.Encode(place)).Append("</a></h3><p>Groups, talks and meet-ups for babies, parents and carers.</p></li>");
    }

    void AppendLed(EverydayPhrase phrase, LinkedPage page)
    {
        var anchor = phrase.Target.Split('#') is [_, var id] ? id : null;
        var heading =
            anchor is null || site.Find(phrase.Path) is not { } read
                ? null
                : site.Render(read).Headings.FirstOrDefault(h => h.Id == anchor);
        html.Append("<li><h3><a href=\"")
            .Append(Html.Encode(phrase.Target))
            .Append("\">")
            .Append(Html.Encode(heading?.Title ?? page.Title));
        html.Append("</a></h3>");
        if (heading is not null)
            html.Append("<p class=\"small\">In: ").Append(Html.Encode(page.Title)).Append("</p>");
        html.Append("<p>").Append(Html.Encode(page.Summary)).Append("</p></li>");
    }

    void AppendHit(SearchHit hit)
    {
        html.Append("<li><h3><a href=\"").Append(Html.Encode(hit.Path)).Append("\">");
        AppendMarked(hit.Title);
        html.Append("</a></h3><p>");
        AppendMarked(hit.Snippet);
        html.Append("</p></li>");
    }

    void AppendMarked(IReadOnlyList<TextRun> runs)
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
