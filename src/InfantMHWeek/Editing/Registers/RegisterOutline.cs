using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Editing.Drafts;

namespace InfantMHWeek.Editing.Registers;

/// <summary>Which lines of a register hold what. A path names a place: <c>prefer, victim, say</c>.</summary>
sealed class RegisterOutline(IReadOnlyList<YamlEntry> root, IReadOnlyList<string> lines)
{
    public YamlEntry? Find(IReadOnlyList<string> path) =>
        path.Count == 0 ? null : Children([.. path.SkipLast(1)]).FirstOrDefault(e => e.Key.Value == path[^1]);

    public IReadOnlyList<YamlEntry> Children(IReadOnlyList<string> path) =>
        path.Count == 0 ? root
        : Find(path)?.Value is YamlMap map ? map.Entries
        : [];

    /// <summary>
    /// Where a new name is written, and how far in. Null where what is above it is not there or stands on one line with it.
    /// </summary>
    public (int Line, string Indent)? Place(IReadOnlyList<string> path, IReadOnlyList<string> order)
    {
        var above = path.Count > 1 ? Find([.. path.SkipLast(1)]) : null;
        if (path.Count > 1 && above is null)
            return null;
        var neighbours = Children([.. path.SkipLast(1)]);
        if (neighbours.Count > 0 && neighbours[0].Key.Line - 1 == ParentLine(path))
            return null;
        var indent =
            neighbours.Count > 0 ? YamlLine.Indent(lines[neighbours[0].Key.Line - 1])
            : above is null ? ""
            : YamlLine.Indent(lines[above.Key.Line - 1]) + "  ";
        var before = order.TakeWhile(name => name != path[^1]).ToHashSet(StringComparer.Ordinal);
        var after = order.Count == 0 && neighbours.Count > 0 ? neighbours[^1] : neighbours.LastOrDefault(n => before.Contains(n.Key.Value));
        if (after is not null)
            return (SpanOf(after).End, indent);
        return (above?.Key.Line ?? lines.Count - (lines[^1].Length == 0 ? 1 : 0), indent);
    }

    public int ParentLine(IReadOnlyList<string> path) =>
        path.Count > 1 && Find([.. path.SkipLast(1)]) is { } above ? above.Key.Line - 1 : -1;

    /// <summary>The lines of an entry, without the empty lines and comments that follow it.</summary>
    public (int Start, int End) SpanOf(YamlEntry entry)
    {
        var (start, indent) = (entry.Key.Line - 1, entry.Key.Column - 1);
        var last = entry.Value is YamlText { Value.Length: 0 } ? start : LastLine(entry.Value) - 1;
        // A value may go on over several lines, which stand further in.
        for (
            var i = Math.Max(start, last) + 1;
            i < lines.Count && (YamlLine.IsEmpty(lines[i]) || YamlLine.Indent(lines[i]).Length > indent);
            i++
        )
            if (!YamlLine.IsEmpty(lines[i]))
                last = i;
        return (start, Math.Max(start, last) + 1);
    }

    static int LastLine(YamlNode node) =>
        node switch
        {
            YamlMap { Entries: [.., var last] } => LastLine(last.Value) is var line && line > last.Key.Line ? line : last.Key.Line,
            YamlList { Items: [.., var last] } => LastLine(last),
            _ => node.Line,
        };

    /// <summary>What every place says, but one.</summary>
    /// <param name="but">The path, with a zero between its names.</param>
    public IEnumerable<(string Path, string Value)> Elsewhere(string but) => Without(root, but);

    static IEnumerable<(string Path, string Value)> Without(IEnumerable<YamlEntry> entries, string but, string above = "") =>
        entries.SelectMany(e =>
        {
            var name = above + e.Key.Value;
            // What stands above the place may have been empty before.
            return name == but
                ? []
                : e.Value switch
                {
                    YamlMap map => Without(map.Entries, but, name + "\0"),
                    YamlList list => list.Items.Select(i => (name, (i as YamlText)?.Value ?? "\0")),
                    YamlText text when !but.StartsWith(name + "\0", StringComparison.Ordinal) => [(name, text.Value)],
                    _ => [],
                };
        });
}
