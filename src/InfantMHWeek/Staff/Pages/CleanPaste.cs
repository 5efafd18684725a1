using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using InfantMHWeek.Campaign.Rendering;

namespace InfantMHWeek.Staff.Pages;

/// <summary>Makes clean Markdown of what a word processor or a web page put on the clipboard: headings, lists, links, tables, emphasis, and nothing else.</summary>
public static partial class CleanPaste
{
    public const int MaxLength = 2 * 1024 * 1024;
    const int MaxDepth = 60;
    static readonly HtmlParser Parser = new();

    public static string ToMarkdown(string html)
    {
        using var page = Parser.ParseDocument(html);
        var text = new StringBuilder();
        Blocks(page.Body!, text, "", 0);
        return ManyBlankLines().Replace(text.ToString().Replace('\u00a0', ' '), "\n\n").Trim('\n');
    }

    static void Blocks(INode parent, StringBuilder text, string indent, int depth)
    {
        var run = new StringBuilder();
        foreach (var node in parent.ChildNodes)
        {
            if (node is IElement element && depth < MaxDepth && IsBlock(element))
            {
                Flush();
                Block(element, text, indent, depth + 1);
            }
            else Inline(node, run, depth + 1);
        }
        Flush();

        void Flush()
        {
            var words = Spaces().Replace(run.ToString(), " ").Trim();
            run.Clear();
            if (words.Length > 0) text.Append(indent).Append(Bullet().Replace(words, "- ")).Append("\n\n");
        }
    }

    static bool IsBlock(IElement element) => element.LocalName is "p" or "div" or "section" or "article" or "main" or "header" or "footer" or "ul" or "ol" or "li" or "table" or "blockquote" or "pre" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "body" or "center" or "dl" or "dt" or "dd"
        || element.QuerySelector("p, ul, ol, table, h1, h2, h3, h4") is not null;

    static void Block(IElement element, StringBuilder text, string indent, int depth)
    {
        switch (element.LocalName)
        {
            case "style" or "script" or "head" or "title" or "meta" or "template": return;
            // The page's title is its only heading of the first level.
            case ['h', >= '1' and <= '6' and var level]:
                var words = Words(element, depth).Replace("**", "", StringComparison.Ordinal);
                if (words.Length > 0) text.Append(indent).Append(new string('#', Math.Max(2, level - '0'))).Append(' ').Append(words).Append("\n\n");
                return;
            case "ul" or "ol":
                var number = 1;
                foreach (var item in element.Children.Where(c => c.LocalName == "li"))
                {
                    var inner = new StringBuilder();
                    Blocks(item, inner, "", depth);
                    var mark = element.LocalName == "ol" ? $"{number++}. " : "- ";
                    text.Append(indent).Append(mark).Append(inner.ToString().Trim().Replace("\n\n", "\n", StringComparison.Ordinal).Replace("\n", "\n" + indent + new string(' ', mark.Length), StringComparison.Ordinal)).Append('\n');
                }
                text.Append('\n');
                return;
            case "table":
                Table(element, text, depth);
                return;
            case "blockquote":
                Blocks(element, text, indent + "> ", depth);
                return;
            default:
                Blocks(element, text, indent, depth);
                return;
        }
    }

    static void Table(IElement table, StringBuilder text, int depth)
    {
        var rows = table.QuerySelectorAll("tr").Select(r => r.Children.Where(c => c.LocalName is "td" or "th").Select(c => Words(c, depth).Replace("|", "\\|", StringComparison.Ordinal)).ToList()).Where(r => r.Count > 0).ToList();
        if (rows.Count == 0) return;
        var width = rows.Max(r => r.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append("| ").AppendJoin(" | ", rows[i].Concat(Enumerable.Repeat("", width - rows[i].Count))).Append(" |\n");
            if (i == 0) text.Append('|').Append(string.Concat(Enumerable.Repeat(" --- |", width))).Append('\n');
        }
        text.Append('\n');
    }

    static string Words(INode node, int depth)
    {
        var run = new StringBuilder();
        foreach (var child in node.ChildNodes) Inline(child, run, depth + 1);
        return Spaces().Replace(run.ToString(), " ").Trim();
    }

    static void Inline(INode node, StringBuilder text, int depth)
    {
        if (node is IText words)
        {
            text.Append(Special().Replace(words.Data, "\\$0"));
            return;
        }
        if (node is not IElement element || depth > MaxDepth || element.LocalName is "style" or "script" or "title" or "meta" or "template" or "img" or "o:p") return;
        var inner = Words(element, depth);
        var (before, after) = element.LocalName switch
        {
            "b" or "strong" when !element.GetAttribute("style").Has("font-weight:normal") && !element.GetAttribute("style").Has("font-weight: normal") => ("**", "**"),
            "i" or "em" => ("*", "*"),
            "span" when element.GetAttribute("style").Has("font-weight:700") || element.GetAttribute("style").Has("font-weight:bold") => ("**", "**"),
            "a" when LinkOf(element) is { } address => ("[", $"]({address})"),
            "br" => (" ", ""),
            _ => ("", ""),
        };
        if (inner.Length == 0 && before != " ") { text.Append(' '); return; }
        var space = node.TextContent is [var first, ..] && char.IsWhiteSpace(first) ? " " : "";
        var end = node.TextContent is [.., var last] && char.IsWhiteSpace(last) ? " " : "";
        text.Append(space).Append(before).Append(inner).Append(after).Append(end);
    }

    static string? LinkOf(IElement link)
    {
        var address = link.GetAttribute("href")?.Trim();
        return address is { Length: > 0 and <= 2000 } && address[0] != '#' && LinkWall.Allows(address) && !address.AsSpan().ContainsAny("()<> ") ? address : null;
    }

    static bool Has(this string? style, string words) => style is not null && style.Contains(words, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\n{3,}", RegexOptions.NonBacktracking)]
    private static partial Regex ManyBlankLines();

    [GeneratedRegex(@"^[•◦▪●‣∙·§o]\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"[*_`\[\]<>\\]", RegexOptions.NonBacktracking)]
    private static partial Regex Special();
}
