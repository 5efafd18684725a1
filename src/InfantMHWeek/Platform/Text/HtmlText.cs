using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace InfantMHWeek.Platform.Text;

/// <summary>
/// The plain text of what another program wrote as HTML: paragraphs and lists as lines, nothing of scripts, and never a tag. What is
/// plain already stays as it is.
/// </summary>
static partial class HtmlText
{
    /// <summary>Programs that pack a text that was packed already are common; more than that is an accident.</summary>
    const int MostLayers = 2;
    static readonly HtmlParser Parser = new();
    static readonly HashSet<string> Silent = new(StringComparer.OrdinalIgnoreCase)
    {
        "head",
        "iframe",
        "math",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
    };
    static readonly HashSet<string> Paragraphs = new(StringComparer.OrdinalIgnoreCase)
    {
        "article",
        "blockquote",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ol",
        "p",
        "section",
        "table",
        "ul",
    };

    /// <summary>A tag by its name, a comment, or a letter by its name or number; not every sign of less or and.</summary>
    [GeneratedRegex(
        @"</?(?:a|abbr|article|b|blockquote|br|center|dd|div|dl|dt|em|figure|font|h[1-6]|hr|i|iframe|img|li|link|meta|object|ol|p|pre"
            + @"|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|u|ul)\b[^<>]*>|<!--"
            + @"|&(?:[a-z][a-z0-9]{1,8}|\#\d{1,6}|\#x[0-9a-f]{1,5});",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Html { get; }

    [GeneratedRegex(@"[ \t\r\f\u00A0]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Spaces { get; }

    public static string Plain(string text)
    {
        for (var layer = 0; layer < MostLayers && Html.IsMatch(text); layer++)
            text = Read(text);
        return text;
    }

    static string Read(string html)
    {
        var text = new StringBuilder(html.Length);
        // Where no tag makes lines, its lines are lines.
        var lines = !LineTag.IsMatch(html);
        Write(Parser.ParseDocument("<body>" + html).Body!, text, lines);
        var tidy = text.ToString().Split('\n').Select(l => Spaces.Replace(l, " ").Trim());
        return ManyLines.Replace(string.Join('\n', tidy).Trim(), "\n\n");
    }

    [GeneratedRegex(
        @"<(?:p|div|br|hr|li|ul|ol|tr|table|h[1-6]|blockquote)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex LineTag { get; }

    [GeneratedRegex(@"\n{3,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ManyLines { get; }

    static string Before(string tag) =>
        Paragraphs.Contains(tag) ? "\n\n"
        : tag == "li" ? "\n- "
        : tag is "tr" or "dt" or "dd" ? "\n"
        : tag is "td" or "th" ? " "
        : "";

    static void Write(INode node, StringBuilder text, bool lines)
    {
        foreach (var child in node.ChildNodes)
            switch (child)
            {
                case IText words:
                    text.Append(lines ? words.Data : words.Data.Replace('\n', ' '));
                    break;
                case IElement element when Silent.Contains(element.LocalName):
                    break;
                case IElement { LocalName: "br" or "hr" }:
                    text.Append('\n');
                    break;
                case IElement element:
                    text.Append(Before(element.LocalName));
                    Write(element, text, lines);
                    text.Append(Paragraphs.Contains(element.LocalName) ? "\n\n" : "");
                    break;
            }
    }
}
