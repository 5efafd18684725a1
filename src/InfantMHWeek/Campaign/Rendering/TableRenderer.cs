using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>Tables whose headers say what they head; no inline styles, which the content policy would refuse.</summary>
sealed class TableRenderer : HtmlObjectRenderer<Table>
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.WriteLine("<div class=\"table-wrap\"><table>");
        WriteRows(renderer, table, (cell, _) => Inline(renderer, cell));
        renderer.WriteLine("</table></div>");
    }

    /// <summary>Writes head and body. <paramref name="writeValue"/> gets each value cell and its column.</summary>
    internal static void WriteRows(HtmlRenderer renderer, Table table, Action<TableCell, int> writeValue, string? valueClass = null)
    {
        var rows = table.OfType<TableRow>().ToList();
        renderer.Write("<thead><tr>");
        foreach (var cell in rows[0].OfType<TableCell>())
        {
            renderer.Write("<th scope=\"col\">");
            Inline(renderer, cell);
            renderer.Write("</th>");
        }
        renderer.WriteLine("</tr></thead>").Write("<tbody>");
        foreach (var row in rows.Skip(1))
        {
            renderer.Write("<tr>");
            foreach (var (column, cell) in row.OfType<TableCell>().Index())
            {
                renderer.Write(
                    column == 0 ? "<th scope=\"row\">"
                    : valueClass is null ? "<td>"
                    : $"<td class=\"{valueClass}\">"
                );
                if (column == 0)
                    Inline(renderer, cell);
                else
                    writeValue(cell, column);
                renderer.Write(column == 0 ? "</th>" : "</td>");
            }
            renderer.WriteLine("</tr>");
        }
        renderer.WriteLine("</tbody>");
    }

    internal static void Inline(HtmlRenderer renderer, TableCell cell)
    {
        foreach (var paragraph in cell.OfType<LeafBlock>())
            if (paragraph.Inline is not null)
                renderer.WriteChildren(paragraph.Inline);
    }
}
