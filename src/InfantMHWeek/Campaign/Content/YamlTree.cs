using InfantMHWeek.Campaign.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace InfantMHWeek.Campaign.Content;

/// <summary>
/// A node of YAML and where it stands in its file (from 1). Values stay text: what they mean is decided by our own rules.
/// </summary>
abstract record YamlNode(int Line, int Column);

sealed record YamlText(string Value, int Line, int Column) : YamlNode(Line, Column);

sealed record YamlList(IReadOnlyList<YamlNode> Items, int Line, int Column) : YamlNode(Line, Column);

sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, int Line, int Column) : YamlNode(Line, Column);

sealed record YamlEntry(YamlText Key, YamlNode Value);

/// <summary>
/// Reads YAML into a small tree with an editor's words for every fault. When the whole cannot be read, each top-level
/// entry is read alone, so that one slip does not hide the others.
/// </summary>
sealed class YamlTree
{
    // Our deepest file has three levels; a bomb of brackets has thousands.
    const int MaxDepth = 6;

    // Nobody mends more than this before looking again, and each one costs an exception.
    const int MaxFaults = 100;

    readonly DiagnosticList faults;
    readonly int firstLine;
    readonly string[] lines;

    YamlTree(string yaml, DiagnosticList faults, int firstLine)
    {
        this.faults = faults;
        this.firstLine = firstLine;
        lines = yaml.Split('\n');
    }

    /// <summary>The entries of a mapping. <paramref name="firstLine"/> is the line of the file on which the YAML starts.</summary>
    public static IReadOnlyList<YamlEntry> Read(string yaml, DiagnosticList faults, int firstLine = 1)
    {
        // YAML ends lines at these three as well; editors do not, and our line numbers are theirs.
        yaml = yaml.Replace('\u0085', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ');
        var tree = new YamlTree(yaml, faults, firstLine);
        var entries = tree.TryReadAll(yaml) ?? tree.ReadEntryByEntry();
        tree.ReportCutValues();
        return tree.WithoutRepeats(entries);
    }

    List<YamlEntry>? TryReadAll(string yaml)
    {
        try
        {
            return ReadDocument(yaml, 0);
        }
        catch (YamlException)
        {
            return null;
        }
    }

    List<YamlEntry> ReadEntryByEntry()
    {
        var entries = new List<YamlEntry>();
        for (var start = 0; start < lines.Length && faults.All.Count < MaxFaults; )
        {
            var end = start + 1;
            while (end < lines.Length && !StartsEntry(lines[end]))
                end++;
            try
            {
                entries.AddRange(ReadDocument(string.Join('\n', lines[start..end]), start));
            }
            catch (YamlException problem)
            {
                Explain(problem, start);
            }
            start = end;
        }
        return entries;
    }

    static bool StartsEntry(string line) => line.Length > 0 && line[0] is not (' ' or '\t' or '#' or '\r' or '-');

    List<YamlEntry> ReadDocument(string yaml, int linesBefore)
    {
        try
        {
            return ReadMapping(yaml, linesBefore);
        }
        catch (Exception problem) when (problem is not (YamlException or OutOfMemoryException))
        {
            // On some broken texts the library fails in ways that are not its own exception: "[" twice is enough.
            throw new YamlException("not readable", problem);
        }
    }

    List<YamlEntry> ReadMapping(string yaml, int linesBefore)
    {
        var parser = new Parser(new StringReader(yaml));
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
            return [];
        var root = ReadNode(parser, linesBefore, 0);
        parser.Consume<DocumentEnd>();
        if (!parser.TryConsume<StreamEnd>(out _))
            throw new YamlException(parser.Current!.Start, parser.Current.End, "second document");
        if (root is YamlMap map)
            return [.. map.Entries];
        if (root is YamlText { Value.Length: 0 })
            return [];
        Say(
            DiagnosticKinds.NotYaml,
            root.Line,
            root.Column,
            "This is not a list of facts.",
            "Write one fact a line: key, colon, space, value."
        );
        return [];
    }

    YamlNode ReadNode(Parser parser, int linesBefore, int depth)
    {
        var start = parser.Current!.Start;
        var (line, column) = ((int)start.Line + linesBefore + firstLine - 1, (int)start.Column);
        if (depth > MaxDepth || parser.Current is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false } or AnchorAlias)
            throw new YamlException(start, parser.Current.End, "not plain");
        if (parser.TryConsume<Scalar>(out var scalar))
            return new YamlText(scalar.Value, line, column);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(ReadNode(parser, linesBefore, depth + 1));
            return new YamlList(items, line, column);
        }
        parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var keyStart = parser.Current!;
            if (ReadNode(parser, linesBefore, depth + 1) is not YamlText key)
                throw new YamlException(keyStart.Start, keyStart.End, "key is not text");
            entries.Add(new(key, ReadNode(parser, linesBefore, depth + 1)));
        }
        return new YamlMap(entries, line, column);
    }

    void Explain(YamlException problem, int linesBefore)
    {
        var index = Math.Clamp((int)problem.Start.Line + linesBefore - 1, 0, lines.Length - 1);
        var written = lines[index].TrimEnd('\r');
        // The parser notices many slips one line late: blame the line that holds something.
        if (written.Trim().Length == 0)
            (index, written) = (linesBefore, lines[linesBefore].TrimEnd('\r'));
        var (message, advice) = Diagnose(written);
        Say(DiagnosticKinds.NotYaml, index + firstLine, Math.Min((int)problem.Start.Column, written.Length + 1), message, advice, written);
    }

    static (string Message, string Advice) Diagnose(string written)
    {
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        if (written.Contains('\t', StringComparison.Ordinal))
            return ("This line is indented with a tab.", "Use spaces.");
        if (colon < 0)
            return ("This line has no colon.", "Write: key: value");
        var value = written[(colon + 1)..].Trim();
        if (
            value.Length > 0
            && value[0] is '"' or '\''
            && (value.Length == 1 || value[^1] != value[0] || value.Count(c => c == value[0]) != 2)
        )
            return (
                "The quotation marks do not pair up.",
                $"Write: {written[..colon]}: \"…\" with no other double quotation marks inside."
            );
        if (value.Length > 0 && !value.Contains('"', StringComparison.Ordinal))
            return (
                "This value needs quotation marks, because of a colon or sign inside it.",
                $"Write: {written[..colon]}: \"{value.Trim('\'')}\""
            );
        return ("This line cannot be read.", "Write: key: \"value\"");
    }

    /// <summary>YAML drops everything after " #" without a word: a hashtag or a title would lose its end.</summary>
    void ReportCutValues()
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var hash = line.IndexOf(" #", StringComparison.Ordinal);
            if (hash < 0 || line.TrimStart().StartsWith('#') || IsQuoted(line))
                continue;
            Say(
                DiagnosticKinds.CutByHash,
                i + firstLine,
                hash + 2,
                "Everything after # would be dropped here.",
                "Put the whole value in double quotation marks; write hashtags without #.",
                line[(hash + 1)..].TrimEnd('\r')
            );
        }
    }

    static bool IsQuoted(string line) =>
        line[(line.IndexOf(": ", StringComparison.Ordinal) + 1)..].TrimStart(' ', '-', ':').StartsWith('"')
        || line.Contains(": '", StringComparison.Ordinal);

    List<YamlEntry> WithoutRepeats(List<YamlEntry> entries)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var kept = new List<YamlEntry>();
        foreach (var entry in entries)
        {
            if (seen.TryAdd(entry.Key.Value, entry.Key.Line))
                kept.Add(entry);
            else
                Say(
                    DiagnosticKinds.RepeatedKey,
                    entry.Key.Line,
                    entry.Key.Column,
                    $"\"{entry.Key.Value}\" was already said on line {seen[entry.Key.Value]}.",
                    "Keep one of them.",
                    entry.Key.Value
                );
        }
        return kept;
    }

    void Say(DiagnosticKind kind, int line, int column, string message, string advice, string text = "") =>
        faults.Add(kind, line, column, text, message, advice);
}
