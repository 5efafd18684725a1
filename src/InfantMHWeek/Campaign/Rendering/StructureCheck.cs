using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Platform.Text;
using Markdig.Extensions.Abbreviations;
using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>Asks whether a text can be shown as it was meant: it can be parsed, and its containers are whole.</summary>
static class StructureCheck
{
    public static void Run(string markdown, int firstLine, DiagnosticList faults)
    {
        if (!CanBeParsed(markdown, firstLine, faults))
            return;
        try
        {
            var document = Dialect.ParseWithoutIds(markdown);
            if (CanBeRendered(document, firstLine, faults))
                CheckContainers(document, markdown, firstLine, faults);
        }
        catch (ArgumentException)
        {
            SayTooDeep(firstLine, faults);
        }
    }

    /// <summary>Judges by lines alone, because on a hostile text parsing is what takes minutes, or all memory.</summary>
    static bool CanBeParsed(string markdown, int firstLine, DiagnosticList faults)
    {
        var (line, start, length, marks, brackets, rows, columns) = (0, 0, 0, 0, 0, 0, 0);
        var (cells, fences, open) = (0, 0, 0);
        // The parser's idea of a line and of an empty one, not .NET's: U+2028 ends no line, and a fixed space is no emptiness.
        for (var rest = markdown.AsSpan(); rest.Length > 0; line++)
        {
            var end = rest.IndexOfAny('\r', '\n');
            var text = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + (rest[end..].StartsWith("\r\n") ? 2 : 1))..];
            if (!text.ContainsAnyExcept(' ', '\t'))
            {
                cells += rows * columns;
                (start, length, marks, brackets, rows, columns) = (line + 1, 0, 0, 0, 0, 0);
                continue;
            }
            rows++;
            columns = Math.Max(columns, text.Count('|'));
            var lead = text.IndexOfAnyExcept('>', ' ', '\t');
            var (opening, quotations) = (text.Count('['), (lead < 0 ? text : text[..lead]).Count('>'));
            brackets = Math.Max(0, brackets + opening - text.Count(']'));
            marks += opening + text.Count('*') + text.Count('_');
            if (rows > 1 && !text.ContainsAnyExcept("=- \t"))
                fences++;
            if (text.IndexOf(":::") is >= 0 and var colons)
            {
                fences++;
                open = Math.Max(0, open + (text[colons..].ContainsAnyExcept(':', ' ', '\t') ? 1 : -1));
            }
            if ((length += text.Length + 1) > Dialect.MaxParagraph)
                return Say(
                    DiagnosticKinds.LongParagraph,
                    start,
                    $"This paragraph is longer than {Dialect.MaxParagraph:N0} characters.",
                    "Divide it with empty lines."
                );
            if (marks > Dialect.MaxMarks)
                return Say(
                    DiagnosticKinds.LongParagraph,
                    start,
                    $"This paragraph has more than {Dialect.MaxMarks:N0} brackets, stars and underscores.",
                    "Divide it with empty lines."
                );
            if (brackets > Dialect.MaxDepth || quotations > Dialect.MaxDepth)
            {
                SayTooDeep(line + firstLine, faults);
                return false;
            }
            // The parser fills up every row to the longest one.
            if (columns > Dialect.MaxColumns || cells + (rows * columns) > Dialect.MaxParts)
                return Say(
                    DiagnosticKinds.TooLarge,
                    start,
                    "This table has too many cells.",
                    "Take out columns or rows, or split the page."
                );
            // Every line is offered to every container that is open.
            if (open > Dialect.MaxDepth)
                return Say(
                    DiagnosticKinds.OpenContainer,
                    line,
                    "Many containers before this line are not closed.",
                    "Put a line with only ::: where each one ends."
                );
            if (fences > Dialect.MaxFences)
                return Say(
                    DiagnosticKinds.TooLarge,
                    line,
                    "This page has too many containers or underlined headings.",
                    "Split it into several pages."
                );
        }
        return true;

        bool Say(DiagnosticKind kind, int at, string message, string advice)
        {
            faults.Add(kind, at + firstLine, 1, "", message, advice);
            return false;
        }
    }

    /// <summary>
    /// A short text can become a long page: by a link or an abbreviation that is repeated, or by thousands of small parts.
    /// </summary>
    static bool CanBeRendered(MarkdownDocument document, int firstLine, DiagnosticList faults)
    {
        var parts = 0;
        var open = new Stack<(MarkdownObject Part, int Depth)>([(document, 0)]);
        while (open.TryPop(out var next))
        {
            var (part, depth) = next;
            if (depth > Dialect.MaxDepth)
            {
                SayTooDeep(part.Line + firstLine, faults);
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

    static void SayTooDeep(int line, DiagnosticList faults) =>
        faults.Add(
            DiagnosticKinds.TooDeep,
            line,
            1,
            "",
            "Lists, quotations or brackets are nested too deeply here to be shown.",
            "Take out levels; two are enough for any reader."
        );

    static void CheckContainers(MarkdownDocument document, string markdown, int firstLine, DiagnosticList faults)
    {
        foreach (var container in document.Descendants<CustomContainer>())
        {
            var written = LineAt(markdown, container.Span.Start);
            var name = Containers.NameOf(container);
            var outer = container.Parent as CustomContainer;
            if (name.Length == 0)
                Say(DiagnosticKinds.StrayColons, "These colons close nothing.", "Take the line out, or name a container: ::: notice");
            else if (container.OpeningFencedCharCount != 3)
                Say(DiagnosticKinds.StrayColons, "A container has exactly three colons.", $"Write: ::: {name}");
            else if (!Containers.Names.Contains(name))
                Say(
                    DiagnosticKinds.UnknownContainer,
                    $"There is no container \"{name}\".",
                    ClosestMatch.To(name, Containers.Names) is { } near
                        ? $"Did you mean \"{near}\"?"
                        : "There are: " + string.Join(", ", Containers.Names.Order(StringComparer.Ordinal)) + "."
                );
            // Inside an unclosed container everything looks nested: only the one that was left open is to blame.
            if (outer is { ClosingFencedCharCount: 0 } || name.Length == 0)
                continue;
            if (outer is null && container.ClosingFencedCharCount == 0)
                Say(
                    DiagnosticKinds.OpenContainer,
                    $"The container \"{name}\" is not closed, so it would swallow the rest of the page.",
                    "Put a line with only ::: where it ends."
                );
            else if (container.Parent is not MarkdownDocument)
                Say(
                    DiagnosticKinds.NestedContainer,
                    $"The container \"{name}\" stands inside another one or in a list.",
                    "Close the one before it first, and begin ::: at the start of the line."
                );

            void Say(DiagnosticKind kind, string message, string advice) =>
                faults.Add(kind, container.Line + firstLine, container.Column + 1, written, message, advice);
        }
    }

    static string LineAt(string text, int position)
    {
        var end = text.IndexOf('\n', Math.Clamp(position, 0, text.Length));
        return text[position..(end < 0 ? text.Length : end)].TrimEnd('\r');
    }
}
