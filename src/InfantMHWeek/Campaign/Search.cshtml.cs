using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Searching;
using InfantMHWeek.Platform;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Campaign;

/// <summary>Search over all pages. The words are shown to nobody but the person who typed them: not logged, not kept.</summary>
[ReadingPage(keep: false)]
public sealed class SearchModel(Snapshot site, SiteSearch search) : PageModel
{
    public const int MaxWords = 200;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Null until something was asked.</summary>
    public SearchResults? Results { get; private set; }

    public void OnGet()
    {
        Q = Trim(Q);
        if (Q.Length > 0) Results = search.Find(site, Q);
        ViewData["Head"] = new PageHead { Title = "Search", Path = "/search", Indexed = false };
        ViewData["Searching"] = true;
    }

    static string Trim(string? words)
    {
        var text = (words ?? "").Trim();
        if (text.Length <= MaxWords) return text;
        // Never cut a character in half.
        return text[..(char.IsHighSurrogate(text[MaxWords - 1]) ? MaxWords - 1 : MaxWords)];
    }
}
