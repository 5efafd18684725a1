using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>
/// What a text may have in it, so that it can be parsed. Judged by lines alone, because on a hostile text parsing is
/// what takes minutes, or all memory.
/// </summary>
sealed class ParseLimits(int firstLine, DiagnosticList faults)
{
    int line,
        start,
        length,
        marks,
        brackets,
        quotations,
        rows,
        columns,
        cells,
        fences,
        open;

    /// <returns>False when it is not to be parsed; the faults say why.</returns>
    public static bool Allow(string markdown, int firstLine, DiagnosticList faults)
    {
        var limits = new ParseLimits(firstLine, faults);
        // The parser's idea of a line and of an empty one, not .NET's: U+2028 ends no line, and a fixed space is no emptiness.
        for (var rest = markdown.AsSpan(); rest.Length > 0; limits.line++)
        {
            var end = rest.IndexOfAny('\r', '\n');
            var text = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + (rest[end..].StartsWith("\r\n") ? 2 : 1))..];
            if (!text.ContainsAnyExcept(' ', '\t'))
                limits.EndParagraph();
            else
            {
                limits.Count(text);
                if (!limits.AreKept())
                    return false;
            }
        }
        return true;
    }

    void EndParagraph()
    {
        cells += rows * columns;
        (start, length, marks, brackets, rows, columns) = (line + 1, 0, 0, 0, 0, 0);
    }

    void Count(ReadOnlySpan<char> text)
    {
        rows++;
        columns = Math.Max(columns, text.Count('|'));
        var lead = text.IndexOfAnyExcept('>', ' ', '\t');
        var opening = text.Count('[');
        quotations = (lead < 0 ? text : text[..lead]).Count('>');
        brackets = Math.Max(0, brackets + opening - text.Count(']'));
        marks += opening + text.Count('*') + text.Count('_');
        if (rows > 1 && !text.ContainsAnyExcept("=- \t"))
            fences++;
        if (text.IndexOf(":::") is >= 0 and var colons)
        {
            fences++;
            open = Math.Max(0, open + (text[colons..].ContainsAnyExcept(':', ' ', '\t') ? 1 : -1));
        }
        length += text.Length + 1;
    }

    bool AreKept()
    {
        if (length > Dialect.MaxParagraph)
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
            NestingFault.Add(faults, line + firstLine);
            return false;
        }
        // The parser fills up every row to the longest one.
        if (columns > Dialect.MaxColumns || cells + (rows * columns) > Dialect.MaxParts)
            return Say(DiagnosticKinds.TooLarge, start, "This table has too many cells.", "Take out columns or rows, or split the page.");
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
        return true;
    }

    bool Say(DiagnosticKind kind, int at, string message, string advice)
    {
        faults.Add(kind, at + firstLine, 1, "", message, advice);
        return false;
    }
}
