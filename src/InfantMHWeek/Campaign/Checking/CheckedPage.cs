using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Rendering;
using Markdig.Extensions.CustomContainers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>A page with its syntax tree, while it is being checked.</summary>
sealed class CheckedPage
{
    readonly string[] lines;

    public CheckedPage(Page page, string printedName)
    {
        Page = page;
        Faults = new DiagnosticList(printedName);
        Document = Dialect.Parse(page.Markdown);
        lines = page.Markdown.Split('\n');
        Prose = [.. Document.Descendants<LeafBlock>().Where(b => b.Inline is not null).Select(b => new Prose(b))];
        Headings = [.. Document.Descendants<HeadingBlock>()];
        Anchors = [.. Headings.Select(h => h.GetAttributes().Id!), "main", "text", "content-note", "notes"];
    }

    public Page Page { get; }
    public DiagnosticList Faults { get; }
    public MarkdownDocument Document { get; }
    public IReadOnlyList<Prose> Prose { get; }
    public IReadOnlyList<HeadingBlock> Headings { get; }

    /// <summary>What a link may name behind #.</summary>
    public HashSet<string> Anchors { get; }

    /// <summary>The sources that a page names for its figures.</summary>
    public static IReadOnlyList<string> SourcesIn(Page page) =>
        page.Markdown.Contains("::: statistic", StringComparison.Ordinal)
            ?
            [
                .. Dialect
                    .Parse(page.Markdown)
                    .Descendants<CustomContainer>()
                    .Where(c => Containers.NameOf(c) is "statistics" or "statistic")
                    .SelectMany(Containers.IdsOf)
                    .Distinct(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>A line of the text as it was typed; lines count from 0 here, as in the syntax tree.</summary>
    public string LineText(int line) => line >= 0 && line < lines.Length ? lines[line].TrimEnd('\r') : "";

    public int LineCount => lines.Length;

    // The parser counts the lines of an underlined heading from its underline, which can lead beyond the end.
    public void Say(DiagnosticKind kind, int line, int column, string text, string message, string advice) =>
        Faults.Add(kind, Math.Min(line, LineCount - 1) + Page.MarkdownLine, column + 1, text, message, advice);

    public void Say(DiagnosticKind kind, MarkdownObject at, string message, string advice) =>
        Say(kind, at.Line, at.Column, LineText(at.Line), message, advice);

    /// <summary>Says something about words, at the place where they were typed.</summary>
    public void Say(DiagnosticKind kind, Prose prose, int index, string words, string message, string advice)
    {
        var line = prose.LineOf(index);
        Say(kind, line, Math.Max(0, LineText(line).IndexOf(words, StringComparison.OrdinalIgnoreCase)), words, message, advice);
    }

    public void SayOfFact(DiagnosticKind kind, string fact, string message, string advice)
    {
        var (line, column) = Page.Facts.PlaceOf(fact);
        Faults.Add(kind, line, column, Page.Facts.Line(fact) ?? "", message, advice);
    }
}
