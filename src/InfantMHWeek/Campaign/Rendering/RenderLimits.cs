using InfantMHWeek.Campaign.Diagnostics;
using Markdig.Extensions.Abbreviations;
using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>
/// What a page may have in it, so that it can be rendered. A short text can become a long page: by a link or an
/// abbreviation that is repeated, or by thousands of small parts.
/// </summary>
static class RenderLimits
{
    public static bool Allow(MarkdownDocument document, int firstLine, DiagnosticList faults)
    {
        var parts = 0;
        var open = new Stack<(MarkdownObject Part, int Depth)>([(document, 0)]);
        while (open.TryPop(out var next))
        {
            var (part, depth) = next;
            if (depth > Dialect.MaxDepth)
            {
                NestingFault.Add(faults, part.Line + firstLine);
                return false;
            }
            if ((parts += WeightOf(part)) > Dialect.MaxParts)
            {
                faults.Add(
                    DiagnosticKinds.TooLarge,
                    firstLine,
                    1,
                    "",
                    "This page has too many parts: paragraphs, list items, cells, links.",
                    "Split it into several pages."
                );
                return false;
            }
            if (part is ContainerBlock blocks)
                foreach (var block in blocks)
                    open.Push((block, depth + 1));
            else if (part is LeafBlock { Inline: { } words })
                open.Push((words, depth + 1));
            else if (part is ContainerInline inlines)
                foreach (var inline in inlines)
                    open.Push((inline, depth + 1));
        }
        return true;
    }

    static int WeightOf(MarkdownObject part) =>
        part switch
        {
            LinkInline link => 1 + (((link.Url?.Length ?? 0) + (link.Title?.Length ?? 0)) / 16),
            AbbreviationInline abbreviation => 1 + (abbreviation.Abbreviation.Text.Length / 16),
            CustomContainer => 100,
            _ => 1,
        };
}

/// <summary>What is nested too deeply, for the parser or for the page.</summary>
static class NestingFault
{
    public static void Add(DiagnosticList faults, int line) =>
        faults.Add(
            DiagnosticKinds.TooDeep,
            line,
            1,
            "",
            "Lists, quotations or brackets are nested too deeply here to be shown.",
            "Take out levels; two are enough for any reader."
        );
}
