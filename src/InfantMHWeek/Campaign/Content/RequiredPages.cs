namespace InfantMHWeek.Campaign.Content;

/// <summary>Pages that the site cannot do without: the program or the law leads readers to them from everywhere.</summary>
static class RequiredPages
{
    static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["home.md"] = "it is the first page of the site",
        ["support.md"] = "every page leads readers in distress to it",
        ["privacy.md"] = "every form leads to it, and the law asks for it",
        ["contact.md"] = "people write to us there",
        ["using-this-site-privately.md"] = "the exit control leads to it",
        ["themes.md"] = "the first page leads to it",
        ["courses.md"] = "the pages of the courses lead to it",
    };

    /// <summary>Those without which a folder is not a site.</summary>
    public static readonly IReadOnlyList<string> Always = ["home.md", "support.md", "privacy.md"];

    public static IEnumerable<string> All => Reasons.Keys;

    /// <returns>Why the page has to stay where it is, as the end of a sentence; null when it may go.</returns>
    public static string? ReasonFor(string file) => Reasons.GetValueOrDefault(file);
}
