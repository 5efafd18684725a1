using System.Text;
using System.Text.RegularExpressions;
using InfantMHWeek.Campaign.Rendering;

namespace InfantMHWeek.Editing.Pasting;

/// <summary>The words of a line in Markdown, with their emphasis and links.</summary>
static partial class PastedWords
{
    public static string Of(PastedNode node)
    {
        var run = new StringBuilder();
        foreach (var child in node.Children)
            Inline(child, run);
        return OneSpaced(run);
    }

    /// <summary>Each stretch of spaces and line ends becomes one space; none stays at the ends.</summary>
    public static string OneSpaced(StringBuilder run)
    {
        var text = new StringBuilder(run.Length);
        foreach (var chunk in run.GetChunks())
        foreach (var letter in chunk.Span)
        {
            if (!char.IsWhiteSpace(letter))
                text.Append(letter);
            else if (text.Length > 0 && text[^1] != ' ')
                text.Append(' ');
        }
        return text.ToString().TrimEnd(' ');
    }

    /// <summary>Marks stand close to their words; the spaces inside them go outside.</summary>
    public static void Inline(PastedNode node, StringBuilder text)
    {
        if (node.Name.Length == 0)
        {
            text.Append(Special().Replace(node.Text, "\\$0"));
            return;
        }
        var (before, after) = node.Name switch
        {
            "b" or "span" when node.Bold => ("**", "**"),
            "i" => ("*", "*"),
            "a" when LinkOf(node.Href) is { } address => ("[", $"]({address})"),
            "br" or "p" or "div" or "li" or "td" or "tr" => (" ", ""),
            _ => ("", ""),
        };
        if (after.Length == 0)
        {
            text.Append(before);
            foreach (var child in node.Children)
                Inline(child, text);
            if (before.Length > 0)
                text.Append(' ');
            return;
        }
        var start = text.Length;
        foreach (var child in node.Children)
            Inline(child, text);
        var (from, to) = (start, text.Length);
        while (from < to && char.IsWhiteSpace(text[from]))
            from++;
        while (to > from && char.IsWhiteSpace(text[to - 1]))
            to--;
        if (from == to)
            return;
        text.Insert(to, after).Insert(from, before);
    }

    static string? LinkOf(string? address) =>
        address is { Length: > 0 and <= 2000 }
        && address[0] != '#'
        && LinkSanitizing.Allows(address)
        && !address.AsSpan().ContainsAny("()<> ")
            ? address
            : null;

    [GeneratedRegex(@"[*_`\[\]<>\\]", RegexOptions.NonBacktracking)]
    private static partial Regex Special();
}
