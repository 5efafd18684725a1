using System.Text;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>Names for headings and figures that stay readable in an address, Welsh and Gaelic letters included.</summary>
public static class HeadingIds
{
    // Ids that the layout uses itself.
    static readonly string[] Taken = ["main", "text", "content-note", "notes", "contents", "exit", "search", "help"];

    /// <summary>Lower-case words joined by hyphens: <c>What we don't know</c> becomes <c>what-we-dont-know</c>.</summary>
    public static string Slug(string words)
    {
        var slug = new StringBuilder(words.Length);
        foreach (var letter in words.Normalize(NormalizationForm.FormC))
        {
            if (char.IsLetterOrDigit(letter)) slug.Append(char.ToLowerInvariant(letter));
            else if ((char.IsWhiteSpace(letter) || letter is '-' or '–' or '—' or '/') && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }

    internal static void Assign(MarkdownDocument document)
    {
        var used = new HashSet<string>(Taken, StringComparer.Ordinal);
        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.GetAttributes().Id = Unique(Slug(PlainText.Of(heading.Inline)), used);
    }

    /// <summary>The slug, or the slug with the first free number behind it.</summary>
    internal static string Unique(string slug, HashSet<string> used)
    {
        var id = slug.Length > 0 ? slug : "section";
        for (var n = 2; !used.Add(id); n++) id = $"{(slug.Length > 0 ? slug : "section")}-{n}";
        return id;
    }
}
