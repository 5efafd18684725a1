using System.Text;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>Names for headings and figures that stay readable in an address, Welsh and Gaelic letters included.</summary>
static class HeadingIds
{
    // Ids that the layout uses itself.
    static readonly string[] Taken =
    [
        "main",
        "text",
        "content-note",
        "notes",
        "contents",
        "exit",
        "search",
        "help",
        "q",
        "site-search",
        "contents-title",
        "related-title",
        "sources-title",
        "below-title",
        "help-title",
        "suggestions-title",
        "results-title",
        "featured-theme",
    ];

    /// <summary>Lower-case words joined by hyphens: <c>What we don't know</c> becomes <c>what-we-dont-know</c>.</summary>
    public static string Slug(string words)
    {
        var slug = new StringBuilder(words.Length);
        foreach (var letter in words.Normalize(NormalizationForm.FormC))
        {
            if (char.IsLetterOrDigit(letter))
                slug.Append(char.ToLowerInvariant(letter));
            else if ((char.IsWhiteSpace(letter) || letter is '-' or '–' or '—' or '/') && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }

    internal static void Assign(MarkdownDocument document)
    {
        var used = Used();
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            var slug = Slug(PlainText.Of(heading.Inline));
            // Footnotes are called note-1, note-1-mention-1.
            heading.GetAttributes().Id = Unique(
                slug.StartsWith("note-", StringComparison.Ordinal) && slug.Length > 5 && char.IsAsciiDigit(slug[5])
                    ? "section-" + slug
                    : slug,
                used
            );
        }
    }

    /// <summary>
    /// The ids that are taken, each with the last number that was put behind it: the layout's, and those of a document's headings.
    /// </summary>
    internal static Dictionary<string, int> Used(MarkdownDocument? document = null)
    {
        var used = Taken.ToDictionary(id => id, _ => 1, StringComparer.Ordinal);
        foreach (var heading in document?.Descendants<HeadingBlock>() ?? [])
            used.TryAdd(heading.GetAttributes().Id!, 1);
        return used;
    }

    /// <summary>The slug, or the slug with the first free number behind it.</summary>
    internal static string Unique(string slug, Dictionary<string, int> used)
    {
        if (slug.Length == 0)
            slug = "section";
        if (used.TryAdd(slug, 1))
            return slug;
        string id;
        // Going on from the last number: thousands of headings may share one slug.
        do id = $"{slug}-{++used[slug]}";
        while (!used.TryAdd(id, 1));
        return id;
    }
}
