using System.Text;
using CsvHelper;

namespace InfantMHWeek.Platform.Tables;

/// <summary>
/// Reads a table row by row (RFC 4180): cells between quotation marks may hold line breaks, and empty lines are passed over.
/// What partners write by hand is forgiven: a mark inside a cell is a mark.
/// </summary>
sealed class TableReader : IDisposable
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

    const string Separators = ",;\t|";
    const int LinesLookedAt = 20;

    /// <summary>Reads text with whichever separator it goes by, or says that it does: <c>sep=;</c>.</summary>
    public static TableReader OfText(string text, int mostBytesInRow)
    {
        var separator = SeparatorOf(text);
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 4 && Separators.Contains(text[4]))
            (separator, text) = (text[4], text[5..].TrimStart('"').TrimStart('\r', '\n'));
        return new("The text", new StringReader(text), separator, mostBytesInRow, breaksInCells: true);
    }

    /// <summary>The one that the same number of times stands in the most lines.</summary>
    static char SeparatorOf(string text)
    {
        var lines = new StringReader(text);
        var counts = Separators.Select(_ => new List<int>()).ToList();
        for (var read = 0; read < LinesLookedAt && lines.ReadLine() is { } line; read++)
            foreach (var (index, separator) in Separators.Index())
                if (Count(line, separator) is > 0 and var count)
                    counts[index].Add(count);
        return Separators[counts.Index().MaxBy(c => Score(c.Item)).Index];
    }

    static (int Lines, int Columns) Score(List<int> counts) =>
        counts.Count == 0 ? (0, 0) : counts.GroupBy(c => c).Select(g => (g.Count(), g.Key)).Max();

    /// <summary>What stands between quotation marks does not separate.</summary>
    static int Count(string line, char separator)
    {
        var (count, quoted, begins) = (0, false, true);
        foreach (var letter in line)
        {
            if (letter == '"' && (quoted || begins))
                quoted = !quoted;
            else if (letter == separator && !quoted)
                count++;
            begins = letter == separator;
        }
        return count;
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
