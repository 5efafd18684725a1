using System.Collections.Frozen;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>The closed list of containers, and how their opening line is read.</summary>
static class Containers
{
    public static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "statistics",
        "statistic",
        "quote",
        "notice",
        "warning",
        "content-note",
        "help",
        "action",
        "nation"
    );

    public static readonly FrozenSet<string> Nations = FrozenSet.Create(
        StringComparer.Ordinal,
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland"
    );

    public static string NameOf(CustomContainer container) => container.Info ?? "";

    /// <summary>The words after the name, as one text: <c>Northern Ireland</c>.</summary>
    public static string WordsOf(CustomContainer container) => container.Arguments?.Trim() ?? "";

    /// <summary>The words after the name, as a list of ids.</summary>
    public static IReadOnlyList<string> IdsOf(CustomContainer container) =>
        WordsOf(container).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The caption and the table of a <c>statistics</c> container, null where it lacks one.</summary>
    public static (ParagraphBlock Caption, Table Table)? StatisticsOf(CustomContainer container) =>
        container.OfType<ParagraphBlock>().FirstOrDefault() is { } caption
        && container.OfType<Table>().FirstOrDefault() is { Count: > 1 } table
            ? (caption, table)
            : null;

    /// <summary>A table's cells as plain words, header row first.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> CellsOf(Table table) =>
        [
            .. table
                .OfType<TableRow>()
                .Select(row =>
                    (IReadOnlyList<string>)
                        [.. row.OfType<TableCell>().Select(c => PlainText.Of(c.OfType<ParagraphBlock>().FirstOrDefault()?.Inline))]
                ),
        ];
}
