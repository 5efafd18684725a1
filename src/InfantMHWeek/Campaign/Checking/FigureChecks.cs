using System.Text;
using System.Text.RegularExpressions;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Rendering;
using InfantMHWeek.Platform.Text;
using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>Does every figure say where it comes from, and is it the same figure everywhere?</summary>
static partial class FigureChecks
{
    // Shorter sentences ("97%") say too little to be the same statement on two pages.
    const int LeastWordsOfAStatement = 5;

    public static void Run(CheckedPage page, CheckedSite site)
    {
        foreach (var container in page.Document.Descendants<CustomContainer>())
        {
            var name = Containers.NameOf(container);
            if (name is "statistics" or "statistic")
                CheckFigure(page, container, name, site.Registers);
            else if (name == "nation" && !Containers.Nations.Contains(Containers.WordsOf(container)))
                page.Say(
                    DiagnosticKinds.ContainerWords,
                    container,
                    $"\"{Containers.WordsOf(container)}\" is not a nation of the United Kingdom.",
                    "Write: ::: nation Scotland (or England, Wales, Northern Ireland)."
                );
            else if (name == "help")
                CheckHelp(page, container, site.Registers);
        }
        foreach (var id in page.Page.Sources.Where(id => !site.Registers.Sources.ContainsKey(id)))
            page.SayOfFact(
                DiagnosticKinds.UnknownSource,
                "sources",
                $"There is no source \"{id}\" in sources.yml.",
                Suggest(id, site.Registers)
            );
        foreach (
            var prose in page.Prose.Where(p => p.ContainerName is not ("statistics" or "statistic") && !p.HasFootnote && !p.InFootnote)
        )
        foreach (var match in Percentage().EnumerateMatches(prose.Text))
            page.Say(
                DiagnosticKinds.UnsourcedPercentage,
                prose,
                match.Index,
                prose.Text.Substring(match.Index, match.Length),
                "This percentage does not say where it comes from.",
                "Add a footnote in the same paragraph, or use a statistic container."
            );
    }

    static void CheckFigure(CheckedPage page, CustomContainer container, string name, Registers registers)
    {
        var ids = Containers.IdsOf(container);
        if (ids.Count == 0)
            page.Say(
                DiagnosticKinds.NoSource,
                container,
                "These figures have no source.",
                $"Write: ::: {name} source-id, with an id from sources.yml."
            );
        foreach (var id in ids.Where(id => !registers.Sources.ContainsKey(id)))
            page.Say(DiagnosticKinds.UnknownSource, container, $"There is no source \"{id}\" in sources.yml.", Suggest(id, registers));
        if (name == "statistics" && Containers.StatisticsOf(container) is null)
            page.Say(
                DiagnosticKinds.FigureShape,
                container,
                "A statistics container needs a line that says what is shown, and a table.",
                "Write the line, leave an empty line, then the table."
            );
        if (
            name == "statistic"
            && !container.Descendants<EmphasisInline>().Any(e => e.DelimiterCount == 2 && PlainText.Of(e).Any(char.IsDigit))
        )
            page.Say(DiagnosticKinds.FigureShape, container, "A statistic needs its figure in bold.", "Write: **84%** of the public …");
    }

    static void CheckHelp(CheckedPage page, CustomContainer container, Registers registers)
    {
        foreach (var id in Containers.IdsOf(container).Where(id => registers.AllSupport.All(s => s.Id != id)))
            page.Say(
                DiagnosticKinds.ContainerWords,
                container,
                $"There is no service \"{id}\" in support.yml.",
                ClosestMatch.To(id, registers.AllSupport.Select(s => s.Id)) is { } near
                    ? $"Did you mean \"{near}\"?"
                    : "Use an id from support.yml."
            );
    }

    static string Suggest(string id, Registers registers) =>
        ClosestMatch.To(id, registers.Sources.Keys) is { } near
            ? $"Did you mean \"{near}\"?"
            : "Add it to sources.yml, or use an id from there.";

    /// <summary>
    /// Finds one statement with two values. A statement is known by its words without the numbers: of a sentence, or of
    /// a table's caption, row and column.
    /// </summary>
    public static void Compare(IEnumerable<CheckedPage> pages)
    {
        var known = new Dictionary<string, (string Value, CheckedPage Page, int Line)>(StringComparer.Ordinal);
        foreach (var page in pages)
        {
            foreach (var (statement, value, line) in Statements(page))
            {
                if (known.TryAdd(statement, (value, page, line)) || known[statement] is var first && first.Value == value)
                    continue;
                page.Say(
                    DiagnosticKinds.FiguresDisagree,
                    line,
                    0,
                    page.LineText(line),
                    $"{value} here, but {first.Value} in {first.Page.Faults.File} on line {first.Line + first.Page.Page.MarkdownLine}, "
                        + "for the same statement.",
                    "Find out which is right and change the other."
                );
            }
        }
    }

    static IEnumerable<(string Statement, string Value, int Line)> Statements(CheckedPage page)
    {
        foreach (var container in page.Document.OfType<CustomContainer>().Where(c => Containers.NameOf(c) == "statistics"))
        {
            if (Containers.StatisticsOf(container) is not var (caption, table))
                continue;
            var cells = Containers.CellsOf(table);
            for (var row = 1; row < cells.Count; row++)
            for (var column = 1; column < Math.Min(cells[row].Count, cells[0].Count); column++)
                yield return (
                    Normal($"{PlainText.Of(caption.Inline)}|{cells[row][0]}|{cells[0][column]}"),
                    cells[row][column],
                    table[row].Line
                );
        }
        foreach (var prose in page.Prose.Where(p => p.ContainerName != "statistics" && p.Text.Contains('%', StringComparison.Ordinal)))
        {
            foreach (var (index, sentence) in prose.Sentences())
            {
                var values = Percentage().Matches(sentence);
                var statement = Normal(Percentage().Replace(sentence, " "));
                if (values.Count == 1 && statement.Count(c => c == ' ') + 1 >= LeastWordsOfAStatement)
                    yield return (statement, values[0].Value, prose.LineOf(index));
            }
        }
    }

    /// <summary>Lower-case words only, so that a comma or a capital does not hide a contradiction.</summary>
    static string Normal(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter) || letter == '|')
                words.Append(char.ToLowerInvariant(letter));
            else if (words.Length > 0 && words[^1] != ' ')
                words.Append(' ');
        }
        return words.ToString().Trim();
    }

    [GeneratedRegex(
        @"\d+([.,]\d+)?\s?(%|per ?cent\b)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex Percentage();
}
