using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>What was found, as HTML: help first where somebody may need it, then what is near, then the best of each kind.</summary>
sealed class SearchResultsHtml(Snapshot site, string words, SearchResults results)
{
    const int PagesFirst = 3,
        OfEachKind = 3;

    const string Pages = "pages";
    static readonly HtmlEncoder Html = HtmlEncoder.Default;
    readonly StringBuilder html = new();

    SearchItemsHtml Items => new(site, html);

    /// <summary>Pages that answer it in other words, by <c>words.yml</c>.</summary>
    public IReadOnlyList<EverydayPhrase> Led { get; init; } = [];

    /// <summary>A town or postcode in what was typed; null without one.</summary>
    public string? Place { get; init; }

    /// <summary>What was found beside pages.</summary>
    public IReadOnlyList<FoundGroup> Groups { get; init; } = [];

    /// <summary>The one kind that was asked for; anything else shows all.</summary>
    public string Type { get; init; } = "";

    /// <summary>The words ask for something to go to.</summary>
    public bool EventsFirst { get; init; }

    /// <summary>Nothing answers it: no page that holds the words, none that the list leads to, no place, nor anything else.</summary>
    public bool Nothing => results.Hits.Count == 0 && Led.Count == 0 && Place is null && Groups.All(g => g.Total == 0);

    /// <summary>A spelling that finds something.</summary>
    public string? Suggestion => results.Suggestion;

    /// <summary>What was typed, where that found nothing and these are the results of a better spelling.</summary>
    public string? Typed { get; init; }

    public string Write()
    {
        if (Led.FirstOrDefault(l => l.Crisis) is { } crisis)
        {
            Items.AppendHelp(crisis);
            // Nobody in danger should have to look through thirty pages for the one that helps.
            if (Type.Length == 0)
                return AppendCrisisPages().ToString();
        }
        var led = Led.Select(l => (Phrase: l, Page: site.Named([l.Path]).FirstOrDefault())).Where(l => l.Page is not null).ToList();
        var hits = results.Hits.Where(h => led.TrueForAll(l => l.Phrase.Target != h.Path)).ToList();
        var pages = results.Total - (results.Hits.Count - hits.Count) + led.Count;
        var only = Groups.FirstOrDefault(g => g.Type == Type && g.Total > 0);
        var total = pages + Groups.Sum(g => g.Total) + (Place is null ? 0 : 1);
        AppendHeading(total);
        AppendSuggestion();
        AppendKinds(pages, only);
        if (total > 0)
        {
            html.Append("<ol class=\"results\">");
            if (only is not null)
                Items.AppendGroup(only, int.MaxValue);
            else
                AppendAll(led, hits);
            html.Append("</ol>");
        }
        else
            html.Append("<p>Try fewer or simpler words, or look at <a href=\"/infant-mental-health\">what we know about babies</a>.</p>");
        if (only is null ? results.Hits.Count < results.Total : only.Items.Count < only.Total)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"small\">These are the first {only?.Items.Count ?? results.Hits.Count}. More words will find fewer.</p>"
            );
        return html.Append(
                "<p>If you need someone to talk to, <a href=\"/support\">our support page</a> says who you can call.</p></section>"
            )
            .ToString();
    }

    void AppendHeading(int total)
    {
        html.Append("<section aria-labelledby=\"results-title\"><h2 id=\"results-title\">");
        html.Append(
            total switch
            {
                0 => "Nothing found",
                1 => "1 result",
                _ => total.ToString(CultureInfo.InvariantCulture) + " results",
            }
        );
        html.Append(" for “").Append(Html.Encode(words)).Append("”</h2>");
        if (Typed is { } typed)
            html.Append("<p>We found nothing for “")
                .Append(Html.Encode(typed))
                .Append("”, so here is what we found for a similar spelling.</p>");
    }

    /// <summary>Only the pages that answer it, and the way to all others.</summary>
    StringBuilder AppendCrisisPages()
    {
        html.Append("<section aria-labelledby=\"results-title\"><h2 id=\"results-title\">Pages that may help</h2><ol class=\"results\">");
        foreach (var phrase in Led)
            if (site.Named([phrase.Path]).FirstOrDefault() is { } page)
                Items.AppendLed(phrase, page);
        html.Append("</ol><p class=\"small\"><a href=\"/search?q=").Append(Uri.EscapeDataString(words));
        return html.Append("&amp;type=").Append(Pages).Append("\">All pages with these words</a></p></section>");
    }

    void AppendSuggestion()
    {
        if (results.Suggestion is { } better && Led.Count == 0 && Place is null && Groups.All(g => g.Total == 0))
            html.Append("<p>Did you mean <a href=\"/search?q=")
                .Append(Uri.EscapeDataString(better))
                .Append("\">")
                .Append(Html.Encode(better))
                .Append("</a>?</p>");
    }

    /// <summary>What there is of each kind, as links: the address says what is shown, so no script is needed.</summary>
    void AppendKinds(int pages, FoundGroup? only)
    {
        var kinds = Groups.Where(g => g.Total > 0).ToList();
        if (kinds.Count == 0)
            return;
        html.Append("<nav class=\"kinds\" aria-label=\"Kinds of results\"><ul>");
        AppendKind("", "Everything", null, only is null && Type != Pages);
        if (pages > 0)
            AppendKind(Pages, "Pages", pages, only is null && Type == Pages);
        foreach (var kind in kinds)
            AppendKind(kind.Type, kind.Many, kind.Total, kind == only);
        html.Append("</ul></nav>");
    }

    void AppendKind(string type, string name, int? count, bool current)
    {
        html.Append("<li><a href=\"/search?q=").Append(Uri.EscapeDataString(words));
        if (type.Length > 0)
            html.Append("&amp;type=").Append(type);
        html.Append(current ? "\" aria-current=\"true\">" : "\">").Append(name);
        if (count is { } known)
            html.Append(CultureInfo.InvariantCulture, $" <span>{known}</span>");
        html.Append("</a></li>");
    }

    /// <summary>What answers best stands first, and of each kind the best before the rest of the pages.</summary>
    void AppendAll(List<(EverydayPhrase Phrase, LinkedPage? Page)> led, List<SearchHit> hits)
    {
        var pagesOnly = Type == Pages;
        if (Place is { } place && !pagesOnly)
            Items.AppendPlace(place);
        if (EventsFirst && !pagesOnly)
            AppendGroups(g => g.Type == "events");
        foreach (var (phrase, page) in led)
            Items.AppendLed(phrase, page!);
        // Pages that hold only some of the words stand behind whatever holds all of them.
        var first =
            pagesOnly ? hits.Count
            : results.HaveAll ? Math.Max(0, PagesFirst - led.Count)
            : 0;
        foreach (var hit in hits.Take(first))
            Items.AppendHit(hit);
        if (!pagesOnly)
            AppendGroups(g => g.Type != "events" || !EventsFirst);
        foreach (var hit in hits.Skip(first))
            Items.AppendHit(hit);
    }

    void AppendGroups(Func<FoundGroup, bool> wanted)
    {
        foreach (var group in Groups.Where(wanted))
            Items.AppendGroup(group, OfEachKind);
    }
}
