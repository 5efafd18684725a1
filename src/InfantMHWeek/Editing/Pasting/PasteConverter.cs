using System.Text;
using System.Text.RegularExpressions;
using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Editing.Pasting;

/// <summary>
/// Makes clean Markdown of what a word processor or a web page put on the clipboard: headings, lists, links, tables, emphasis, and
/// nothing else.
/// </summary>
static partial class PasteConverter
{
    public const int MaxLength = 2 * 1024 * 1024;
    const int MaxColumns = 20,
        MaxListDepth = 4;

    const string TooMuch = "This is more than one page can hold. Paste a smaller part, or paste it as plain text (Ctrl+Shift+V).";

    /// <returns>The text, or in words why there is none.</returns>
    public static (string? Text, string? Problem) ToMarkdown(string html)
    {
        if (html.Length > MaxLength)
            return (null, TooMuch);
        var text = new StringBuilder();
        Blocks(PastedHtml.Read(html), text, "", 0);
        var markdown = ManyBlankLines().Replace(text.ToString().Replace('\u00a0', ' '), "\n\n").Trim('\n');
        return markdown.Length > ContentFolder.MaxFileBytes ? (null, TooMuch) : (markdown, null);
    }

    static void Blocks(PastedNode parent, StringBuilder text, string indent, int lists)
    {
        // More is refused in the end anyway.
        if (text.Length > 2 * MaxLength)
            return;
        var run = new StringBuilder();
        foreach (var node in parent.Children)
        {
            if (!PastedElements.IsBlock(node))
            {
                PastedWords.Inline(node, run);
                continue;
            }
            Flush();
            Block(node, text, indent, lists);
        }
        Flush();

        void Flush()
        {
            var words = PastedWords.OneSpaced(run);
            run.Clear();
            if (words.Length > 0)
                text.Append(indent).Append(Bullet().Replace(words, "- ")).Append("\n\n");
        }
    }

    static void Block(PastedNode node, StringBuilder text, string indent, int lists)
    {
        switch (node.Name)
        {
            // The page's title is its only heading of the first level.
            case ['h', >= '1' and <= '6' and var level]:
                var words = PastedWords.Of(node).Replace("**", "", StringComparison.Ordinal);
                if (words.Length > 0)
                    text.Append(indent).Append(new string('#', Math.Max(2, level - '0'))).Append(' ').Append(words).Append("\n\n");
                return;
            case "ul" or "ol" when lists < MaxListDepth:
                List(node, text, indent, lists);
                return;
            case "table":
                Table(node, text);
                return;
            case "blockquote" when lists < MaxListDepth:
                Blocks(node, text, indent + "> ", lists + 1);
                return;
            default:
                Blocks(node, text, indent, lists);
                return;
        }
    }

    static void List(PastedNode list, StringBuilder text, string indent, int lists)
    {
        var number = 1;
        foreach (var item in list.Children.Where(c => c.Name is "li" or "ul" or "ol"))
        {
            var inner = new StringBuilder();
            if (item.Name == "li")
                Blocks(item, inner, "", lists + 1);
            else
                Block(item, inner, "", lists + 1);
            var mark = list.Name == "ol" ? $"{number++}. " : "- ";
            text.Append(indent)
                .Append(mark)
                .Append(
                    inner
                        .ToString()
                        .Trim()
                        .Replace("\n\n", "\n", StringComparison.Ordinal)
                        .Replace("\n", "\n" + indent + new string(' ', mark.Length), StringComparison.Ordinal)
                )
                .Append('\n');
        }
        text.Append('\n');
    }

    static void Table(PastedNode table, StringBuilder text)
    {
        var rows = Within(table, "tr")
            .Select(r =>
                Within(r, "td").Take(MaxColumns).Select(c => PastedWords.Of(c).Replace("|", "\\|", StringComparison.Ordinal)).ToList()
            )
            .Where(r => r.Count > 0)
            .ToList();
        if (rows.Count == 0)
            return;
        var width = rows.Max(r => r.Count);
        for (var i = 0; i < rows.Count && text.Length < MaxLength; i++)
        {
            text.Append("| ").AppendJoin(" | ", rows[i].Concat(Enumerable.Repeat("", width - rows[i].Count))).Append(" |\n");
            if (i == 0)
                text.Append('|').Append(string.Concat(Enumerable.Repeat(" --- |", width))).Append('\n');
        }
        text.Append('\n');
    }

    /// <summary>The parts of a name, wherever they stand, but not those inside each other: a table in a cell is words.</summary>
    static IEnumerable<PastedNode> Within(PastedNode node, string name) =>
        node.Children.SelectMany(c =>
            c.Name == name ? [c]
            : c.Name is "table" or "td" ? []
            : Within(c, name)
        );

    [GeneratedRegex(@"\n{3,}", RegexOptions.NonBacktracking)]
    private static partial Regex ManyBlankLines();

    [GeneratedRegex(@"^[•◦▪●‣∙·§o]\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Bullet();
}
