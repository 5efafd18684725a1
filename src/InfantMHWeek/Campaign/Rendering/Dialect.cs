using Markdig;
using Markdig.Extensions.Abbreviations;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Figures;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Syntax;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>
/// The one Markdown dialect of the site: CommonMark, pipe tables, footnotes, abbreviations, figures, containers.
/// An explicit list, because every further extension is a further way in; raw HTML and attributes are not in it.
/// </summary>
static class Dialect
{
    /// <summary>Inline parsing is quadratic in the longest paragraph and in its open marks on hostile input, so these are capped.</summary>
    public const int MaxParagraph = 16 * 1024,
        MaxMarks = 1000;

    /// <summary>What one page may hold; a table of 500 rows and 8 columns is inside. The renderer refuses more than 128 levels.</summary>
    public const int MaxParts = 15_000,
        MaxColumns = 250,
        MaxFences = 1000,
        MaxDepth = 100;

    public static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder
    {
        PreciseSourceLocation = true,
        Extensions =
        {
            new PipeTableExtension(),
            new FootnoteExtension(),
            new AbbreviationExtension(),
            new FigureExtension(),
            new ContainerExtension(),
        },
    }
        .DisableHtml()
        .Build();

    /// <summary>Parses a page's text and gives every heading its id.</summary>
    /// <exception cref="ArgumentException">The text nests deeper than Markdig allows (128).</exception>
    public static MarkdownDocument Parse(string markdown)
    {
        var document = ParseWithoutIds(markdown);
        HeadingIds.Assign(document);
        return document;
    }

    /// <summary>For those who ask about the structure only; naming the headings takes a third of the time.</summary>
    /// <exception cref="ArgumentException">The text nests deeper than Markdig allows (128).</exception>
    public static MarkdownDocument ParseWithoutIds(string markdown) => Markdown.Parse(markdown, Pipeline);

    /// <summary>Container blocks alone: the library's own extension would also turn "::" inside a sentence into markup.</summary>
    sealed class ContainerExtension : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.BlockParsers.Insert(0, new CustomContainerParser());

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) { }
    }
}
