using System.Text;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>The words of one block, with the line breaks that were typed, so that any place in them has a line.</summary>
sealed class Prose
{
    public Prose(LeafBlock block)
    {
        Block = block;
        var words = new StringBuilder();
        Append(block.Inline!, words);
        Text = words.ToString();
    }

    public LeafBlock Block { get; }
    public string Text { get; }
    public bool HasFootnote => Block.Inline!.Descendants<FootnoteLink>().Any(l => !l.IsBackLink);

    /// <summary>The name of the container it stands in; empty outside.</summary>
    public string ContainerName => Ancestors.OfType<CustomContainer>().FirstOrDefault()?.Info ?? "";
    public bool InFootnote => Ancestors.OfType<Footnote>().Any();

    IEnumerable<ContainerBlock> Ancestors
    {
        get
        {
            for (var parent = Block.Parent; parent is not null; parent = parent.Parent)
                yield return parent;
        }
    }

    public int LineOf(int index) => Block.Line + Text.AsSpan(0, Math.Clamp(index, 0, Text.Length)).Count('\n');

    /// <summary>The sentences and where each begins. A line break inside a sentence becomes a space.</summary>
    public IEnumerable<(int Index, string Sentence)> Sentences()
    {
        var start = 0;
        for (var i = 0; i < Text.Length; i++)
        {
            var ends = Text[i] is '.' or '?' or '!' && (i + 1 == Text.Length || char.IsWhiteSpace(Text[i + 1]));
            if (!ends && i + 1 < Text.Length)
                continue;
            var sentence = Text[start..(i + 1)];
            var lead = sentence.Length - sentence.TrimStart().Length;
            if (sentence.Trim().Length > 0)
                yield return (start + lead, sentence.Trim().Replace('\n', ' '));
            start = i + 1;
        }
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
                case HtmlEntityInline entity:
                    words.Append(entity.Transcoded.AsSpan());
                    break;
                case LineBreakInline:
                    words.Append('\n');
                    break;
                case Markdig.Extensions.Abbreviations.AbbreviationInline abbreviation:
                    words.Append(abbreviation.Abbreviation.Label);
                    break;
                case FootnoteLink or CodeInline:
                    break;
                case ContainerInline container:
                    Append(container, words);
                    break;
            }
        }
    }
}
