using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Editing.Drafts;

/// <summary>
/// A page's file as a form sees it: facts and text. Changing a fact rewrites that one line; every other line, comments
/// included, stays as it is.
/// </summary>
sealed class PageText
{
    readonly List<string> lines;
    readonly Dictionary<string, int> lineOf;
    readonly Dictionary<string, string> values;

    PageText(List<string> lines, Dictionary<string, int> lineOf, Dictionary<string, string> values, string body)
    {
        (this.lines, this.lineOf, this.values) = (lines, lineOf, values);
        Body = body;
    }

    /// <summary>The lines between the two <c>---</c>, with them.</summary>
    public string Front => string.Join('\n', lines) + "\n";
    public string Body { get; }
    public string? this[string fact] => values.GetValueOrDefault(fact);

    /// <summary>Null when the facts cannot be shown as fields without losing something: no front matter, broken lines, lists.</summary>
    /// <param name="text">With plain line ends.</param>
    public static PageText? Of(string text)
    {
        var all = text.Split('\n');
        if (all[0].TrimEnd() != "---")
            return null;
        var end = Array.FindIndex(all, 1, l => l.TrimEnd() is "---" or "...");
        if (end < 0)
            return null;
        var faults = new DiagnosticList("");
        var entries = YamlTree.Read(string.Join('\n', all[1..end]), faults, firstLine: 2);
        var statements = all[1..end].Count(l => l.Trim().Length > 0 && !l.TrimStart().StartsWith('#'));
        if (faults.All.Count > 0 || statements != entries.Count || entries.Any(e => e.Value is not YamlText))
            return null;
        return new(
            [.. all[..(end + 1)]],
            entries.ToDictionary(e => e.Key.Value, e => e.Key.Line - 1, StringComparer.Ordinal),
            entries.ToDictionary(e => e.Key.Value, e => ((YamlText)e.Value).Value, StringComparer.Ordinal),
            string.Join('\n', all[(end + 1)..])
        );
    }

    /// <summary>The whole text with these facts; an empty one is taken out. The order of new ones is the schema's.</summary>
    public string With(PageKind kind, IReadOnlyDictionary<string, string> facts, string body)
    {
        var written = new List<string>(lines);
        var added = new List<(int After, string Line)>();
        var last = 0;
        foreach (var fact in PageSchema.For(kind))
        {
            var there = lineOf.TryGetValue(fact.Name, out var line);
            if (there)
                last = line;
            if (!facts.TryGetValue(fact.Name, out var typed))
                continue;
            var value = YamlLine.OneLine(typed);
            if (value == YamlLine.OneLine(values.GetValueOrDefault(fact.Name) ?? ""))
                continue;
            if (!there)
                added.Add((last, YamlLine.Of(fact.Name, value)));
            else
                written[line] = value.Length == 0 ? "\0" : YamlLine.Of(fact.Name, value);
        }
        foreach (var (after, line) in Enumerable.Reverse(added))
            written.Insert(after + 1, line);
        return string.Join('\n', written.Where(l => l != "\0")) + "\n" + body;
    }
}
