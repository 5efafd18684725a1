using System.Text;

namespace InfantMHWeek.Events.Importing;

/// <summary>A property of an entry, as its line says it.</summary>
/// <param name="Zone">The clock that it goes by, as it is named there.</param>
/// <param name="Later">It is said of all dates from this one on.</param>
sealed record CalendarLine(string Name, string Zone, string Type, string Value, bool Later)
{
    public bool DayOnly => Type == "DATE" || Value.Length == 8 && Value.All(char.IsAsciiDigit);
}

/// <summary>What a calendar file holds: the lines of each of its entries, and the offsets of the clocks that it describes.</summary>
/// <param name="Cancels">The whole file takes back what it names.</param>
sealed record CalendarText(
    IReadOnlyList<IReadOnlyList<CalendarLine>> Entries,
    IReadOnlyDictionary<string, (string? Standard, string? Daylight)> Clocks,
    bool Cancels,
    string? Problem
)
{
    const int MostEntries = 5000,
        MostLines = 250_000,
        MostInLine = 100_000,
        MostInEntry = 400,
        MostDepth = 10;

    /// <summary>Only these reach the library that reads what is in them.</summary>
    static readonly HashSet<string> Understood = new(StringComparer.Ordinal)
    {
        "UID",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
        "SUMMARY",
        "DESCRIPTION",
        "X-ALT-DESC",
        "LOCATION",
        "URL",
        "STATUS",
        "CLASS",
    };

    public static CalendarText Read(string text)
    {
        var (entries, clocks, open) = (new List<IReadOnlyList<CalendarLine>>(), new ClockReader(), new Stack<string>());
        var (cancels, current) = (false, (List<CalendarLine>?)null);
        foreach (var line in Lines(text))
        {
            if (line is null)
                return Refuse("This file has far too many lines, or one that is far too long.");
            if (Split(line) is not { } property)
                continue;
            if (property.Name == "BEGIN")
            {
                open.Push(property.Value.ToUpperInvariant());
                if (open.Count > MostDepth)
                    return Refuse("This file is nested too deeply to be a calendar.");
                if (open is { Count: 2 } && open.Peek() == "VEVENT")
                    entries.Add(current = []);
                if (entries.Count > MostEntries)
                    return Refuse($"This calendar has more than {MostEntries} entries. Please split it, or leave out what is past.");
            }
            else if (property.Name == "END")
                open.TryPop(out _);
            else if (open.Count == 1 && property.Name == "METHOD")
                cancels = property.Value.Equals("CANCEL", StringComparison.OrdinalIgnoreCase);
            else if (open.Contains("VTIMEZONE"))
                clocks.Add(open.Peek(), property);
            // What stands inside an alarm or another part of the event is not about the event.
            else if (
                open.Count == 2
                && open.Peek() == "VEVENT"
                && current is { Count: < MostInEntry }
                && Understood.Contains(property.Name)
            )
                current.Add(property);
        }
        if (open.Count > 0 && entries.Count > 0)
            return Refuse("This calendar breaks off before its end: it was not saved whole. Save it or download it again.");
        return new(entries, clocks.Offsets, cancels, entries.Count == 0 ? "This calendar has no events." : null);
    }

    static CalendarText Refuse(string words) => new([], new ClockReader().Offsets, false, words);

    sealed class ClockReader
    {
        string id = "";
        public Dictionary<string, (string? Standard, string? Daylight)> Offsets { get; } = new(StringComparer.Ordinal);

        public void Add(string part, CalendarLine line)
        {
            if (part == "VTIMEZONE" && line.Name == "TZID")
                id = line.Value;
            else if (line.Name == "TZOFFSETTO" && Offsets.Count < 1000)
            {
                var known = Offsets.GetValueOrDefault(id);
                Offsets[id] = part == "DAYLIGHT" ? (known.Standard, line.Value) : (line.Value, known.Daylight);
            }
        }
    }

    /// <summary>
    /// Whole lines: a break that is followed by a space or tab is none. Null for a line, or a number of lines, beyond all reason.
    /// </summary>
    static IEnumerable<string?> Lines(string text)
    {
        var (line, number) = (new StringBuilder(), 0);
        foreach (var part in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (++number > MostLines || line.Length + part.Length > MostInLine)
            {
                yield return null;
                yield break;
            }
            if (part.Length > 0 && part[0] is ' ' or '\t')
                line.Append(part, 1, part.Length - 1);
            else
            {
                if (line.Length > 0)
                    yield return line.ToString();
                line.Clear().Append(part);
            }
        }
        if (line.Length > 0)
            yield return line.ToString();
    }

    /// <summary><c>DTSTART;TZID=Europe/London:20270614T103000</c>; a colon between quotation marks belongs to a parameter.</summary>
    static CalendarLine? Split(string line)
    {
        var (quoted, colon) = (false, -1);
        for (var i = 0; i < line.Length && colon < 0; i++)
        {
            if (line[i] == '"')
                quoted = !quoted;
            // Exchange names a clock by an address: TZID=tzone://Microsoft/Utc.
            else if (line[i] == ':' && !quoted && !line.AsSpan(i + 1).StartsWith("//"))
                colon = i;
        }
        if (colon <= 0)
            return null;
        var head = line[..colon].Split(';');
        string Parameter(string name) =>
            Array.Find(head, h => h.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim('"') ?? "";
        return new(
            head[0].Trim().ToUpperInvariant(),
            Parameter("TZID"),
            Parameter("VALUE").ToUpperInvariant(),
            line[(colon + 1)..].Trim(),
            Parameter("RANGE").Length > 0
        );
    }
}
