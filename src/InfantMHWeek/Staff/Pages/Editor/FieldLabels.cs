using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Staff.Pages.Editor;

/// <summary>What the facts of a page are called in forms, and what to know when writing them.</summary>
static class FieldLabels
{
    static readonly Dictionary<string, (string Label, string? Hint)> Known = new(StringComparer.Ordinal)
    {
        ["title"] = ("Title", "The page's heading"),
        ["summary"] = ("Summary", "One or two plain sentences, for search results and shared links"),
        ["label"] = ("Short name", "For menus; without it the title is used"),
        ["reviewed"] = ("Last read through", "The day on which somebody read the whole page and found it right"),
        ["sensitive"] = ("Talks about harm", "Yes adds the help box and the exit control"),
        ["publish"] = ("Appears", "UK time, such as 2026-06-08 09:00; empty for at once"),
        ["expire"] = ("Disappears", "UK time; empty for never"),
        ["picture"] = ("Drawing", null),
        ["scene"] = ("Wide drawing across the page", null),
        ["related"] = ("Read next", "Paths of pages with commas between them: /themes, /support"),
        ["sources"] = ("Sources", "Names from the list of sources, with commas between them"),
        ["withdrawn"] = ("Withdrawn because", "If this says something, the page is taken away and its address gives this reason"),
        ["theme"] = ("Theme", "Leave it empty if it is not known"),
        ["starts"] = ("First day", null),
        ["ends"] = ("Last day", null),
        ["dates-note"] = ("Note on the dates", "One plain sentence, if there is doubt"),
        ["hashtags"] = ("Hashtags", "Without #, with commas between them"),
        ["publisher"] = ("Published by", null),
        ["published"] = ("Day it came out", null),
        ["provider"] = ("Offered by", null),
        ["provider-link"] = ("Their website", "A whole address that begins with https://"),
        ["sessions"] = ("Number of sessions", null),
        ["cost"] = ("Cost", null),
        ["audience"] = ("Who it is for", null),
        ["subject"] = ("Subject", "Neutral: it may be read over a shoulder"),
    };

    public static string LabelOf(Fact fact) => Known.TryGetValue(fact.Name, out var words) ? words.Label : fact.Name;

    public static string? HintOf(Fact fact) => Known.TryGetValue(fact.Name, out var words) ? words.Hint : null;
}
