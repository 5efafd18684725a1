using System.Globalization;
using InfantMHWeek.Campaign.Content;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>
/// Writes figures, with a bar or a ring beside each number and their sources. They are gathered on the way, for their CSV files.
/// </summary>
sealed class FigureRenderer(Page page, Registers registers, List<Figure> figures, List<KeyFact> facts, Dictionary<string, int> usedIds)
{
    public void WriteTable(HtmlRenderer renderer, CustomContainer container, ParagraphBlock caption, Table table)
    {
        var captionWords = PlainText.Of(caption.Inline);
        var id = HeadingIds.Unique(HeadingIds.Slug(captionWords), usedIds);
        var cells = Containers.CellsOf(table);
        var sources = Containers.IdsOf(container);
        figures.Add(new(id, captionWords, cells[0], [.. cells.Skip(1)], sources));

        // A figure without a name of its own would be called by all that is written under it.
        var title = HeadingIds.Unique(id + "-title", usedIds);
        renderer.Write(
            $"<figure class=\"statistics\" id=\"{Encode(id)}\" aria-labelledby=\"{Encode(title)}\"><table><caption id=\"{Encode(title)}\">"
        );
        renderer.WriteChildren(caption.Inline!);
        renderer.WriteLine("</caption>");
        // Once for each column: the longest bar would otherwise be looked for again in every cell.
        var largest = cells[0]
            .Select((_, column) => cells.Skip(1).Select(row => Number(row.ElementAtOrDefault(column) ?? "")).Max() ?? 0)
            .ToList();
        TableRenderer.WriteRows(
            renderer,
            table,
            (cell, column) => WriteBar(renderer, cell, largest.ElementAtOrDefault(column)),
            "bar-cell"
        );
        renderer.WriteLine("</table><figcaption>");
        foreach (var block in container.Where(b => b != caption && b != table))
            renderer.Write(block);
        SourceLines.Write(renderer, SourcesOf(sources), withGaps: true);
        renderer.Write(
            $"<p><a class=\"data-link\" href=\"{Encode(page.Path.TrimEnd('/'))}/{Encode(id)}.csv\">These figures as a CSV "
                + "file</a></p></figcaption></figure>"
        );
    }

    /// <summary>
    /// The number as text, and beside it a bar from zero. Percentages are always out of 100; other numbers out of the column's
    /// largest.
    /// </summary>
    static void WriteBar(HtmlRenderer renderer, TableCell cell, double largest)
    {
        var written = PlainText.Of(cell.OfType<ParagraphBlock>().FirstOrDefault()?.Inline);
        renderer.Write("<span class=\"bar-value\">");
        TableRenderer.Inline(renderer, cell);
        renderer.Write("</span>");
        if (Number(written) is not { } value)
            return;
        var whole = written.Contains('%', StringComparison.Ordinal) ? 100 : largest;
        if (whole <= 0)
            return;
        var width = Math.Clamp(value / whole * 100, 0, 100).ToString("0.##", CultureInfo.InvariantCulture);
        renderer
            .Write(" <svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">")
            .Write(
                $"<rect class=\"bar-track\" width=\"100\" height=\"10\"></rect><rect class=\"bar-fill\" width=\"{width}\" "
                    + "height=\"10\"></rect></svg>"
            );
    }

    public static double? Number(string written) =>
        double.TryParse(
            written.Trim().TrimEnd('%').Trim(),
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture,
            out var value
        )
            ? value
            : null;

    public void WriteOne(HtmlRenderer renderer, CustomContainer container)
    {
        var title = HeadingIds.Unique("fact", usedIds);
        container.OfType<ParagraphBlock>().FirstOrDefault()?.GetAttributes().Id = title;
        renderer.Write($"<figure class=\"statistic\" aria-labelledby=\"{Encode(title)}\">");
        var sources = Containers.IdsOf(container);
        var number = container.Descendants<EmphasisInline>().FirstOrDefault() is { } figure ? PlainText.Of(figure) : "";
        WriteRing(renderer, number);
        renderer.WriteChildren(container);
        renderer.Write("<figcaption>");
        SourceLines.Write(renderer, SourcesOf(sources), withGaps: false);
        if (page.Path != "/" && number.Length > 0)
        {
            var words = string.Join(' ', container.OfType<ParagraphBlock>().Select(p => PlainText.Of(p.Inline)));
            facts.Add(new(number, words.Replace(number, "", StringComparison.Ordinal).Trim(), sources));
            renderer.Write(
                $"<p><a class=\"data-link\" href=\"/share{Encode(page.Path)}/fact-{facts.Count}.png\">Picture of this fact to share</a></p>"
            );
        }
        renderer.Write("</figcaption></figure>");
    }

    /// <summary>A share of a hundred as part of a circle, round the number itself.</summary>
    static void WriteRing(HtmlRenderer renderer, string written)
    {
        if (!written.EndsWith('%') || Number(written) is not { } share || share is < 0 or > 100)
            return;
        const double radius = 43,
            round = 2 * Math.PI * radius;
        var part = (share / 100 * round).ToString("0.#", CultureInfo.InvariantCulture);
        renderer.Write(
            "<svg class=\"ring\" width=\"160\" height=\"160\" viewBox=\"0 0 100 100\" aria-hidden=\"true\" focusable=\"false\">"
        );
        renderer.Write($"<circle class=\"ring-track\" cx=\"50\" cy=\"50\" r=\"{radius}\"></circle>");
        renderer.Write(
            $"<circle class=\"ring-value\" cx=\"50\" cy=\"50\" r=\"{radius}\" stroke-dasharray=\"{part} {round:0}\"></circle></svg>"
        );
    }

    IEnumerable<Source> SourcesOf(IReadOnlyList<string> ids) => ids.Select(id => registers.Sources.GetValueOrDefault(id)).OfType<Source>();

    static string Encode(string text) => System.Net.WebUtility.HtmlEncode(text);
}
