using System.Text.RegularExpressions;
using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>Is the text built so that everybody can follow it: headings in order, real lists, no stray markup?</summary>
static partial class TextChecks
{
    public static void Run(CheckedPage page)
    {
        CheckHeadings(page);
        CheckBullets(page);
        foreach (var prose in page.Prose)
        {
            foreach (var tag in Tag().EnumerateMatches(prose.Text))
                Say(page, prose, tag, DiagnosticKinds.RawHtml, "HTML is shown as text here, not obeyed.", "Use Markdown, or a container.");
            foreach (var attributes in Attributes().EnumerateMatches(prose.Text))
                Say(
                    page,
                    prose,
                    attributes,
                    DiagnosticKinds.RawHtml,
                    "Attributes in braces are shown as text here.",
                    "Take them out; a container gives a box its look."
                );
            foreach (var mark in FootnoteMark().EnumerateMatches(prose.Text))
                Say(
                    page,
                    prose,
                    mark,
                    DiagnosticKinds.UndefinedFootnote,
                    "This footnote has no text.",
                    $"Add a line: {prose.Text.AsSpan(mark.Index, mark.Length)}: where it comes from."
                );
        }
    }

    static void Say(CheckedPage page, Prose prose, ValueMatch match, DiagnosticKind kind, string message, string advice) =>
        page.Say(kind, prose, match.Index, prose.Text.Substring(match.Index, match.Length), message, advice);

    static void CheckHeadings(CheckedPage page)
    {
        var level = 1;
        foreach (var heading in page.Headings)
        {
            if (heading.Level == 1)
                page.Say(
                    DiagnosticKinds.FirstHeading,
                    heading,
                    "The title of the page is its only heading of level 1.",
                    "Begin this heading with ##."
                );
            else if (heading.Level > level + 1)
                page.Say(
                    DiagnosticKinds.SkippedHeading,
                    heading,
                    $"This heading skips from level {level} to level {heading.Level}.",
                    $"Begin it with {new string('#', level + 1)}."
                );
            level = Math.Max(heading.Level, 2);
        }
    }

    static void CheckBullets(CheckedPage page)
    {
        for (var line = 0; line < page.LineCount; line++)
        {
            var text = page.LineText(line);
            var start = text.Length - text.TrimStart().Length;
            if (start < text.Length && "•◦▪●‣∙·".Contains(text[start], StringComparison.Ordinal))
                page.Say(
                    DiagnosticKinds.PastedBullet,
                    line,
                    start,
                    text,
                    "This bullet was pasted and makes no list.",
                    "Begin the line with a hyphen and a space."
                );
        }
    }

    [GeneratedRegex(@"</?[A-Za-z][^<>]{0,200}>|<!--", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\{[.#:][^{}]{1,200}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"\[\^[^\]\s]{1,100}\]", RegexOptions.NonBacktracking)]
    private static partial Regex FootnoteMark();
}
