using System.Text;
using Markdig.Extensions.Abbreviations;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>Markdown as the words a reader would hear.</summary>
static class PlainText
{
    public static string Of(ContainerInline? inlines)
    {
        if (inlines is null)
            return "";
        var words = new StringBuilder();
        Append(inlines, words);
        return words.ToString().Trim();
    }

    /// <summary>All text blocks, one a line.</summary>
    public static string Of(MarkdownDocument document)
    {
        var words = new StringBuilder();
        foreach (var leaf in document.Descendants<LeafBlock>())
        {
            if (leaf.Inline is null)
                continue;
            Append(leaf.Inline, words);
            // A heading or an item of a list is no sentence: without a stop it would run into the text below it.
            if (words.Length > 0 && char.IsLetterOrDigit(words[^1]))
                words.Append('.');
            words.Append('\n');
        }
        return words.ToString().Trim();
    }

    static void Append(ContainerInline inlines, StringBuilder words)
    {
        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    words.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    words.Append(code.Content);
                    break;
                case HtmlEntityInline entity:
                    words.Append(entity.Transcoded.AsSpan());
                    break;
                case AbbreviationInline abbreviation:
                    words.Append(abbreviation.Abbreviation.Label);
                    break;
                case AutolinkInline address:
                    words.Append(address.Url);
                    break;
                case LineBreakInline:
                    words.Append(' ');
                    break;
                case FootnoteLink:
                    break;
                case ContainerInline container:
                    Append(container, words);
                    break;
            }
        }
    }
}
