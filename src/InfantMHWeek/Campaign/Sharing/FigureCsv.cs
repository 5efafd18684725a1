using System.Text;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Rendering;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>A table of figures as CSV (RFC 4180), with where it comes from in the last columns.</summary>
public static class FigureCsv
{
    public static string Write(Figure figure, IReadOnlyDictionary<string, Source> sources)
    {
        var from = figure.Sources.Select(id => sources.GetValueOrDefault(id)).OfType<Source>().ToList();
        var source = string.Join("; ", from.Select(s => s.Publisher is null ? s.Title : $"{s.Title}, {s.Publisher}"));
        var csv = new StringBuilder();
        // The mark at the start makes spreadsheets read the file as UTF-8.
        csv.Append('\uFEFF');
        Row([.. figure.Columns, "Figure", "Source"]);
        foreach (var row in figure.Rows) Row([.. row, figure.Caption, source]);
        return csv.ToString();

        void Row(IEnumerable<string> cells) => csv.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
    }

    /// <summary>A cell that a spreadsheet would take for a formula gets an apostrophe in front, which shows it as text.</summary>
    static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
