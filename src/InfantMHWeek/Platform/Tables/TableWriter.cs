using CsvHelper;
using MiniExcelLibs;

namespace InfantMHWeek.Platform.Tables;

/// <summary>
/// Writes a table as comma-separated text (RFC 4180). A spreadsheet takes its cells for text: none can become a formula there.
/// </summary>
static class TableWriter
{
    const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    /// <param name="always">
    /// Every cell between quotation marks, for what strangers wrote: a spreadsheet that goes by semicolons would begin another cell
    /// inside one without.
    /// </param>
    public static string Write(IEnumerable<string> head, IEnumerable<IEnumerable<string?>> rows, bool always)
    {
        using var text = new StringWriter();
        // The mark at the beginning tells spreadsheets that this is UTF-8.
        text.Write('\uFEFF');
        var quoting = always ? CsvQuoting.Always : CsvQuoting.WhenNeeded;
        using (
            var table = CsvWriter.Create(
                text,
                new()
                {
                    NewLine = "\r\n",
                    HasHeader = false,
                    Quoting = quoting,
                },
                leaveOpen: true
            )
        )
            foreach (var row in rows.Prepend(head))
                table.WriteRecord([.. row.Select(Harmless)]);
        return text.ToString();
    }

    /// <summary>The same as a spreadsheet (xlsx): every cell is text, and text is never run.</summary>
    public static byte[] Spreadsheet(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var file = new MemoryStream();
        file.SaveAs(
            rows.Select(row => head.Zip(row).ToDictionary(c => c.First, object? (c) => c.Second ?? "", StringComparer.Ordinal)).ToList()
        );
        return file.ToArray();
    }

    /// <summary>
    /// A spreadsheet runs what begins with one of these, wide ones too, which the library does not know; an apostrophe makes it text.
    /// </summary>
    static string Harmless(string? cell) =>
        cell is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal) ? "'" + cell : cell ?? "";
}
