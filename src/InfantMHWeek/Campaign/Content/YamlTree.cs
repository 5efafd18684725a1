using InfantMHWeek.Campaign.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace InfantMHWeek.Campaign.Content;

/// <summary>
/// Reads YAML into a small tree with an editor's words for every fault. When the whole cannot be read, each top-level
/// entry is read alone, so that one slip does not hide the others.
/// </summary>
sealed class YamlTree
{
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
        YamlSlips.ReportCutValues(tree.lines, firstLine, faults);
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
        var root = YamlNodeReader.Read(parser, linesBefore + firstLine - 1);
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

    void Explain(YamlException problem, int linesBefore)
    {
        var index = Math.Clamp((int)problem.Start.Line + linesBefore - 1, 0, lines.Length - 1);
        var written = lines[index].TrimEnd('\r');
        // The parser notices many slips one line late: blame the line that holds something.
        if (written.Trim().Length == 0)
            (index, written) = (linesBefore, lines[linesBefore].TrimEnd('\r'));
        var (message, advice) = YamlSlips.Explain(written);
        Say(DiagnosticKinds.NotYaml, index + firstLine, Math.Min((int)problem.Start.Column, written.Length + 1), message, advice, written);
    }

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
