using System.Text.RegularExpressions;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Rendering;
using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>
/// What the editor writes into a box that somebody inserts, so that they see what belongs there. Left as it is, it is an
/// error: readers would take it for true.
/// </summary>
static partial class ContainerSamples
{
    const string Mark = "Write here";

    /// <summary>Samples of earlier editors and of those that stand in no box.</summary>
    static readonly string[] Lines =
    [
        "What the figures show",
        "What was said.",
        "Who said it",
        "[Where it leads](/path)",
        "Source name",
        "| One  | 1        |",
        "| One | 1 |",
    ];

    /// <summary>The text inside a box of a kind.</summary>
    public static string Inside(string box) =>
        box.Split(' ')[0] switch
        {
            "quote" => $"{Mark} what was said.\n\n{Mark} who said it",
            "action" => $"[{Mark} where it leads](/path)",
            "statistic" => "**0%** of …",
            "statistics" =>
                $"{Mark} what the figures show\n\n| Who said so | How many |\n|-------------|---------:|\n| {Mark} who | 0%       |",
            "help" => "",
            _ => $"{Mark} what readers should know.",
        };

    internal static void Run(CheckedPage page)
    {
        var boxes = page.Document.Descendants<CustomContainer>().OrderBy(c => c.Line).ToList();
        for (var line = 0; line < page.LineCount; line++)
        {
            var text = page.LineText(line);
            var box = boxes.LastOrDefault(b => b.Line < line && line <= EndOf(b, page));
            if (text.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at && box is not null)
                Say(line, at, text[at..]);
            else if (text.IndexOf("**important words**", StringComparison.Ordinal) is >= 0 and var bold)
                Say(line, bold, "important words");
            else if (
                Lines.Contains(text.Trim(), StringComparer.Ordinal) && (box is not null || text.Contains('|', StringComparison.Ordinal))
            )
                Say(line, text.Length - text.TrimStart().Length, text.Trim());
            else if (
                box is not null
                && Containers.NameOf(box) is "statistics" or "statistic"
                && Nought().Match(text) is { Success: true } nought
            )
                page.Say(
                    DiagnosticKinds.SampleLeft,
                    line,
                    nought.Index,
                    nought.Value,
                    "0% is the sample figure of this box.",
                    "Write the figure of the source. If it really is nought, write 0.0%."
                );
        }

        void Say(int line, int column, string words) =>
            page.Say(
                DiagnosticKinds.SampleLeft,
                line,
                column,
                words,
                $"\"{words}\" is the sample that the editor put there.",
                "Write your own words in its place, or take the box out."
            );
    }

    /// <summary>The last line inside a box.</summary>
    static int EndOf(CustomContainer box, CheckedPage page)
    {
        var line = box.Line + 1;
        while (line < page.LineCount && !page.LineText(line).StartsWith(":::", StringComparison.Ordinal))
            line++;
        return line - 1;
    }

    [GeneratedRegex(@"(?<![\d.,])0\s?%", RegexOptions.None, 1000)]
    private static partial Regex Nought();
}
