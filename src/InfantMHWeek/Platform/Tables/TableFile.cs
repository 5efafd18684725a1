using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Text;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace InfantMHWeek.Platform.Tables;

/// <summary>
/// A table that somebody sent: CSV, or the first sheet of an xlsx file that is not hidden. Whatever is in it, reading it takes little
/// memory: what is packed is counted unpacked, and rows, columns and cells have their limits.
/// </summary>
/// <param name="Rows">Those with anything in them, the names of the columns first.</param>
/// <param name="Problem">Why there are none, in words.</param>
sealed partial record TableFile(IReadOnlyList<TableFile.Row> Rows, string? Problem)
{
    public const int MostBytes = 16 * 1024 * 1024,
        MostRows = 20_000,
        MostColumns = 100,
        MostInCell = 20_000;
    const long MostUnpacked = 128L * 1024 * 1024;
    const int MostParts = 200,
        MostRowNumber = 1_048_576;

    /// <summary>So many days later counts the other way, that of old spreadsheets of the Mac (ECMA-376, 18.17.4.1).</summary>
    const int DaysTo1904 = 1462;

    /// <param name="Number">As a spreadsheet counts.</param>
    public sealed record Row(int Number, IReadOnlyList<string> Cells);

    /// <summary>In words what of the file was not looked at; null where that is nothing.</summary>
    public string? Left { get; init; }

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
            var (tooLarge, from1904) = LookInside(file);
            if (tooLarge)
                return Refuse("This spreadsheet is far larger unpacked than it looks. Save it as “CSV UTF-8”, or split it.");
            file.Position = 0;
            var options = new OpenXmlConfiguration { EnableSharedStringCache = false };
            var shown = file.GetSheetInformations(options).Where(s => s.State == SheetState.Visible).Select(s => s.Name).ToList();
            var (rows, number, days) = (new List<Row>(), 0, from1904 ? DaysTo1904 : 0);
            foreach (
                IDictionary<string, object?> row in file.Query(
                    useHeaderRow: false,
                    sheetName: shown.FirstOrDefault(),
                    excelType: ExcelType.XLSX,
                    configuration: options
                )
            )
                // Rows with nothing in them are counted too: their numbers cost the sender nothing.
                if (++number > MostRowNumber)
                    return Refuse("This is no spreadsheet that we can read: it has more rows than a spreadsheet can have.");
                else if (Add(rows, number, row.Count <= MostColumns ? [.. row.Values.Select(c => InWords(c, days))] : null) is { } problem)
                    return Refuse(problem);
            return new(rows, null) { Left = LeftOut(shown) };
        }
        // A library for files of strangers throws whatever it meets; each means the same to whoever sent one.
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return Refuse("This is no spreadsheet that we can read. Open it and save it as xlsx or as “CSV UTF-8”.");
        }
    }

    static string? LeftOut(List<string> shown) =>
        shown.Count < 2
            ? null
            : $"Only the first sheet was read, “{Name(shown[0])}”. Not looked at: "
                + string.Join(", ", shown.Skip(1).Take(5).Select(s => $"“{Name(s)}”"))
                + (shown.Count > 6 ? " and others." : ".");

    static string Name(string sheet) => UserText.Clean(sheet.Length > 40 ? sheet[..40] + "…" : sheet);

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

    /// <summary>
    /// What the file says of its own size is not believed: it is unpacked and counted. The library that reads it does not look at the day
    /// from which it counts.
    /// </summary>
    static (bool TooLarge, bool From1904) LookInside(Stream file)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Count > MostParts)
            return (true, false);
        var (left, buffer, from1904) = (MostUnpacked, new byte[81920], false);
        foreach (var part in archive.Entries)
        {
            using var unpacked = part.Open();
            var isBook = part.FullName.Equals("xl/workbook.xml", StringComparison.OrdinalIgnoreCase);
            for (
                var start = true;
                unpacked.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is > 0 and var count;
                start = false
            )
            {
                if ((left -= count) < 0)
                    return (true, false);
                from1904 |= isBook && start && Date1904().IsMatch(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        return (false, from1904);
    }

    [GeneratedRegex("\\sdate1904\\s*=\\s*[\"'](1|true|on)[\"']", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Date1904();

    /// <param name="later">So many days later than the file's numbers seem to say.</param>
    static string InWords(object? cell, int later) =>
        cell switch
        {
            null => "",
            // A time of day alone counts from the day on which spreadsheets begin.
            DateTime { Year: < 1901 } time => ToMinute(time).ToString("HH:mm", CultureInfo.InvariantCulture),
            TimeSpan time => ToMinute(DateTime.UnixEpoch + time).ToString("HH:mm", CultureInfo.InvariantCulture),
            DateTime moment when ToMinute(moment).AddDays(later) is var said => said.ToString(
                said.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm",
                CultureInfo.InvariantCulture
            ),
            double number => number.ToString("0.##########", CultureInfo.InvariantCulture),
            bool yes => yes ? "yes" : "no",
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => cell.ToString() ?? "",
        };

    /// <summary>A spreadsheet keeps a time as a part of a day, which is nearly never a whole number of minutes.</summary>
    static DateTime ToMinute(DateTime time) =>
        new((time.Ticks + TimeSpan.TicksPerMinute / 2) / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute);
}
