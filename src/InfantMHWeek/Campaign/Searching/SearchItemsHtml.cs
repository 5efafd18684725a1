using System.Text;
using System.Text.Encodings.Web;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Rendering;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>Each thing that was found, as HTML: a page, a place, an event or service, the help lines.</summary>
sealed class SearchItemsHtml(Snapshot site, StringBuilder html)
{
    const int MostLines = 7;

    static readonly HtmlEncoder Html = HtmlEncoder.Default;

    public void AppendGroup(FoundGroup group, int most)
    {
        foreach (var item in group.Items.Take(most))
        {
            html.Append("<li><p class=\"kind\">").Append(group.One).Append("</p><h3><a href=\"").Append(Html.Encode(item.Path));
            html.Append("\">");
            AppendMarked(item.Title);
            html.Append("</a></h3>");
            if (item.Call is { } call)
                html.Append("<p><a href=\"").Append(Html.Encode(call)).Append("\">").Append(Html.Encode(item.Line)).Append("</a></p>");
            else if (item.Line.Length > 0)
                html.Append("<p>").Append(Html.Encode(item.Line)).Append("</p>");
            html.Append("<p class=\"small\">");
            AppendMarked(item.Snippet);
            html.Append("</p></li>");
        }
    }

    public void AppendHelp(EverydayPhrase crisis)
    {
        var topic = SupportTopics.Find(
            crisis.Path.StartsWith("/support/", StringComparison.Ordinal) ? crisis.Path["/support/".Length..] : null
        );
        var lines = site
            .Registers.Support.Where(s => s.Emergency || (topic is null ? s.First : s.About.Contains(topic.Name, StringComparer.Ordinal)))
            .Where(s => s.Phone is not null || s.Texts is not null)
            .OrderByDescending(s => s.Emergency)
            .ThenByDescending(s => s.First)
            .Take(MostLines);
        html.Append(
            "<section class=\"help-box\" aria-labelledby=\"now-title\">"
                + "<h2 class=\"help-title\" id=\"now-title\">You can talk to someone now</h2>"
        );
        html.Append("<ul class=\"help-lines\">");
        foreach (var line in lines)
            html.Append(SupportLine.Html(line, brief: true));
        html.Append("</ul><p><a href=\"").Append(topic is null ? "/support" : "/support/" + topic.Name);
        html.Append("\">More people you can call")
            .Append(topic is null ? "" : ": " + Html.Encode(topic.Label))
            .Append("</a></p></section>");
    }

    public void AppendPlace(string place)
    {
        html.Append("<li><h3><a href=\"/events?near=").Append(Uri.EscapeDataString(place)).Append("\">Events near ");
        html.Append(Html.Encode(place))
            .Append("</a></h3><p>Groups, talks and meet-ups for babies, parents and carers, and <a href=\"/services?near=");
        html.Append(Uri.EscapeDataString(place)).Append("\">services near ").Append(Html.Encode(place)).Append("</a>.</p></li>");
    }

    public void AppendLed(EverydayPhrase phrase, LinkedPage page)
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

    public void AppendHit(SearchHit hit)
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
