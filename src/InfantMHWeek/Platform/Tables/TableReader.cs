using System.Text;
using CsvHelper;

namespace InfantMHWeek.Platform.Tables;

/// <summary>
/// Reads a table row by row (RFC 4180): cells between quotation marks may hold line breaks, and empty lines are passed over.
/// What partners write by hand is forgiven: a mark inside a cell is a mark.
/// </summary>
public sealed class TableReader : IDisposable
{
    readonly CsvReader rows;
    readonly string name;
    readonly int mostBytesInRow;

    TableReader(string name, TextReader text, char separator, int mostBytesInRow, bool breaksInCells)
    {
        (this.name, this.mostBytesInRow) = (name, mostBytesInRow);
        var options = new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            MaxRecordSize = mostBytesInRow,
            AllowLineBreaksInQuotes = breaksInCells,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = malformed => NeverClosed |= malformed.Reason == CsvMalformedReason.UnterminatedQuote,
        };
        rows = CsvReader.Create(text, options);
    }

    /// <summary>Reads text with commas or semicolons, whichever its first line has more of.</summary>
    public static TableReader OfText(string text, int mostBytesInRow)
    {
        var firstLine = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : text.Length);
        return new(
            "The text",
            new StringReader(text),
            firstLine.Count(';') > firstLine.Count(',') ? ';' : ',',
            mostBytesInRow,
            breaksInCells: true
        );
    }

    /// <summary>Reads a file of any size, with commas, a row a line, in UTF-8 or as its first bytes say.</summary>
    public static TableReader OfLines(string file, int mostBytesInRow) =>
        new(
            file,
            new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 20),
            ',',
            mostBytesInRow,
            breaksInCells: false
        );

    /// <summary>Whether a quotation mark was opened and never closed.</summary>
    public bool NeverClosed { get; private set; }

    /// <summary>How many cells the row has.</summary>
    public int Columns => rows.FieldCount;

    public string this[int column] => rows.GetString(column);

    /// <summary>The cell as UTF-8, without a copy; good until the next row is read.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => rows.GetSpan(column);

    public IReadOnlyList<string> Row() => [.. Enumerable.Range(0, Columns).Select(rows.GetString)];

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="FormatException">The row is longer than any that was expected.</exception>
    public bool Read()
    {
        try
        {
            return rows.Read();
        }
        catch (CsvFormatException problem)
        {
            throw new FormatException($"{name} has a row of more than {mostBytesInRow} bytes: this is no table of ours.", problem);
        }
    }

    public void Dispose() => rows.Dispose();
}
