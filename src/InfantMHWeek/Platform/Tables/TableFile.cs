using System.Globalization;
using System.IO.Compression;
using InfantMHWeek.Platform.Text;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace InfantMHWeek.Platform.Tables;

/// <summary>
/// A table that somebody sent: CSV, or the first sheet of an xlsx file. Whatever is in it, reading it takes little memory: what is
/// packed is counted unpacked, and rows, columns and cells have their limits.
/// </summary>
/// <param name="Rows">Those with anything in them, the names of the columns first.</param>
/// <param name="Problem">Why there are none, in words.</param>
sealed record TableFile(IReadOnlyList<TableFile.Row> Rows, string? Problem)
{
    public const int MostBytes = 16 * 1024 * 1024,
        MostRows = 20_000,
        MostColumns = 100,
        MostInCell = 20_000;
    const long MostUnpacked = 128L * 1024 * 1024;
    const int MostParts = 200;

    /// <param name="Number">As a spreadsheet counts.</param>
    public sealed record Row(int Number, IReadOnlyList<string> Cells);

    public static TableFile Read(ReadOnlyMemory<byte> bytes) =>
        bytes.Length == 0 ? Refuse("This file is empty.")
        : bytes.Length > MostBytes ? Refuse($"This file has more than {MostBytes / 1024 / 1024} MB. Please split it.")
        : IsSpreadsheet(bytes.Span) ? OfSheet(bytes)
        : bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xd0, 0xcf, 0x11, 0xe0])
            ? Refuse("This is a spreadsheet in the old form (xls). Open it and save it as xlsx or as “CSV UTF-8”.")
        : bytes.Span.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) ? Refuse("This is an archive. Unpack it first.")
        : OfText(bytes.Span);

    public static bool IsSpreadsheet(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK"u8);

    static TableFile Refuse(string words) => new([], words);

    static TableFile OfText(ReadOnlySpan<byte> bytes)
    {
        var (text, unreadable) = TextDecoder.Read(bytes);
        if (unreadable is not null)
            return Refuse(unreadable);
        var rows = new List<Row>();
        using var table = TableReader.OfText(text, MostInCell * 5);
        try
        {
            for (var number = 1; table.Read(); number++)
                if (Add(rows, number, table.Columns <= MostColumns ? table.Row() : null) is { } problem)
                    return Refuse(problem);
        }
        catch (FormatException)
        {
            return Refuse("A line of this file is far too long, or a quotation mark in it is never closed.");
        }
        return table.NeverClosed ? Refuse("A quotation mark in this file is never closed.") : new(rows, null);
    }

    static TableFile OfSheet(ReadOnlyMemory<byte> bytes)
    {
        using var file = new MemoryStream(bytes.ToArray(), writable: false);
        try
        {
            if (IsTooLargeUnpacked(file))
                return Refuse("This spreadsheet is far larger unpacked than it looks. Save it as “CSV UTF-8”, or split it.");
            file.Position = 0;
            var (rows, number) = (new List<Row>(), 0);
            var options = new OpenXmlConfiguration { EnableSharedStringCache = false };
            foreach (IDictionary<string, object?> row in file.Query(useHeaderRow: false, excelType: ExcelType.XLSX, configuration: options))
                if (Add(rows, ++number, row.Count <= MostColumns ? [.. row.Values.Select(InWords)] : null) is { } problem)
                    return Refuse(problem);
            return new(rows, null);
        }
        // A library for files of strangers throws whatever it meets; each means the same to whoever sent one.
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return Refuse("This is no spreadsheet that we can read. Open it and save it as xlsx or as “CSV UTF-8”.");
        }
    }

    static string? Add(List<Row> rows, int number, IReadOnlyList<string>? cells)
    {
        if (cells is null)
            return $"Row {number} has more than {MostColumns} columns.";
        if (cells.Any(c => c.Length > MostInCell))
            return string.Create(CultureInfo.InvariantCulture, $"A cell in row {number} has more than {MostInCell:N0} letters.");
        if (cells.Any(c => c.Length > 0))
            rows.Add(new(number, cells));
        return rows.Count > MostRows + 1
            ? string.Create(CultureInfo.InvariantCulture, $"This file has more than {MostRows:N0} rows. Please split it.")
            : null;
    }

    /// <summary>What the file says of its own size is not believed: it is unpacked and counted.</summary>
    static bool IsTooLargeUnpacked(Stream file)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Count > MostParts)
            return true;
        var (left, buffer) = (MostUnpacked, new byte[81920]);
        foreach (var part in archive.Entries)
        {
            using var unpacked = part.Open();
            while (unpacked.Read(buffer) is > 0 and var count)
                if ((left -= count) < 0)
                    return true;
        }
        return false;
    }

    static string InWords(object? cell) =>
        cell switch
        {
            null => "",
            // A time of day alone counts from the day on which spreadsheets begin.
            DateTime { Year: < 1901 } time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
            TimeSpan time => time.ToString(@"hh\:mm", CultureInfo.InvariantCulture),
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime moment => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            double number => number.ToString("0.##########", CultureInfo.InvariantCulture),
            bool yes => yes ? "yes" : "no",
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => cell.ToString() ?? "",
        };
}
