using DiffPlex;
using DiffPlex.Chunkers;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Editing.Drafts;

namespace InfantMHWeek.Editing.Registers;

/// <summary>
/// A register's text as a form sees it. A change rewrites the lines of what it changes; every other line, comments
/// included, stays as it is. A path names a place: <c>prefer, victim, say</c>.
/// </summary>
sealed class RegisterText
{
    readonly string mark;
    readonly List<string> lines;
    readonly IReadOnlyList<YamlEntry> root;

    RegisterText(string mark, List<string> lines, IReadOnlyList<YamlEntry> root) =>
        (this.mark, this.lines, this.root) = (mark, lines, root);

    public string Text => mark + string.Join('\n', lines);

    /// <param name="text">With plain line ends.</param>
    /// <returns>Null when it cannot be read without a fault.</returns>
    public static RegisterText? Of(string text)
    {
        var (faults, bare) = (new DiagnosticList(""), text.TrimStart('\uFEFF'));
        var entries = YamlTree.Read(bare, faults);
        return faults.All.Count == 0 ? new(text[..^bare.Length], [.. bare.Split('\n')], entries) : null;
    }

    /// <summary>The names below a place, in the order of the file.</summary>
    public IReadOnlyList<string> Keys(params IReadOnlyList<string> path) => [.. Children(path).Select(e => e.Key.Value)];

    public bool Has(params IReadOnlyList<string> path) => Find(path) is not null;

    /// <summary>What stands at a place; empty where there is nothing.</summary>
    public string Value(params IReadOnlyList<string> path) => Find(path)?.Value is YamlText text ? text.Value.Trim() : "";

    public IReadOnlyList<string> Items(params IReadOnlyList<string> path) =>
        Find(path)?.Value is YamlList list ? [.. list.Items.OfType<YamlText>().Select(t => t.Value)] : [];

    /// <param name="order">The names of the place's neighbours, in the order in which they are usually written.</param>
    /// <returns>Null when the text is written in a way that a form cannot change.</returns>
    public RegisterText? With(IReadOnlyList<string> path, string typed, IReadOnlyList<string> order)
    {
        var value = YamlLine.OneLine(typed);
        if (value == Value(path) && (value.Length == 0 || Has(path)))
            return this;
        var written = new List<string>(lines);
        if (Find(path) is { } there)
        {
            var (start, end) = SpanOf(there);
            if (start == ParentLine(path) || there.Value is not YamlText)
                return null;
            var (key, comment) = (YamlLine.KeyAsWritten(written[start], there.Key), YamlLine.CommentAfter(written[start]));
            written.RemoveRange(start, end - start);
            written.Insert(start, YamlLine.OfKey(key, value) + comment);
        }
        else if (Place(path, order) is var (line, indent))
            written.Insert(line, indent + YamlLine.OfKey(YamlLine.KeyFor(path[^1]), value));
        else
            return null;
        return Checked(written, path);
    }

    /// <summary>A list below a name, one item a line.</summary>
    public RegisterText? WithItems(IReadOnlyList<string> path, IReadOnlyList<string> typed)
    {
        var items = typed.Select(YamlLine.OneLine).Where(i => i.Length > 0).ToList();
        if (items.SequenceEqual(Items(path), StringComparer.Ordinal))
            return this;
        var written = new List<string>(lines);
        if (Find(path) is not { } there)
        {
            if (Place(path, []) is not var (line, indent))
                return null;
            written.InsertRange(line, items.Select(i => indent + "  " + YamlLine.Item(i)).Prepend($"{indent}{YamlLine.KeyFor(path[^1])}:"));
        }
        else if (there.Value is YamlList { Items: var old })
        {
            var at = old.Select(i => i.Line - 1).ToList();
            if (at[0] == there.Key.Line - 1)
                return null;
            var indent = YamlLine.Indent(lines[at[0]]);
            foreach (
                var block in Differ
                    .Instance.CreateDiffs(
                        string.Join('\n', Items(path)),
                        string.Join('\n', items),
                        ignoreWhiteSpace: false,
                        ignoreCase: false,
                        LineChunker.Instance
                    )
                    .DiffBlocks.Reverse()
            )
            {
                var fresh = items.Skip(block.InsertStartB).Take(block.InsertCountB).Select(i => indent + YamlLine.Item(i));
                var place =
                    block.DeleteStartA < at.Count && (block.DeleteCountA > 0 || block.DeleteStartA == 0)
                        ? at[block.DeleteStartA]
                        : at[block.DeleteStartA - 1] + 1;
                for (var i = block.DeleteCountA - 1; i >= 0; i--)
                    written.RemoveAt(at[block.DeleteStartA + i]);
                written.InsertRange(place, fresh);
            }
        }
        else
            written.InsertRange(there.Key.Line, items.Select(i => YamlLine.Indent(lines[there.Key.Line - 1]) + "  " + YamlLine.Item(i)));
        return Checked(written, path);
    }

    /// <summary>A new entry, last among its neighbours, still without facts.</summary>
    /// <param name="value">For an entry that is nothing but a value.</param>
    public RegisterText? WithEntry(IReadOnlyList<string> path, string value = "")
    {
        if (Has(path))
            return null;
        var written = new List<string>(lines);
        var neighbours = Children([.. path.SkipLast(1)]);
        if (Place(path, []) is not var (line, indent))
            return null;
        // Where entries have a line between them, the new one has too.
        var apart = neighbours.Count > 1 && lines[neighbours[^1].Key.Line - 2].Trim().Length == 0;
        written.Insert(line, indent + YamlLine.OfKey(YamlLine.KeyFor(path[^1]), YamlLine.OneLine(value)));
        if (apart)
            written.Insert(line, "");
        return Checked(written, path);
    }

    public RegisterText? Without(IReadOnlyList<string> path)
    {
        if (Find(path) is not { } there)
            return this;
        var (start, end) = SpanOf(there);
        if (start == ParentLine(path))
            return null;
        var written = new List<string>(lines);
        written.RemoveRange(start, end - start);
        if (start < written.Count && written[start].Trim().Length == 0 && (start == 0 || written[start - 1].Trim().Length == 0))
            written.RemoveAt(start);
        return Checked(written, path);
    }

    /// <summary>Reads the result again: whatever is not at the place must say what it said before.</summary>
    RegisterText? Checked(List<string> written, IReadOnlyList<string> path)
    {
        var name = string.Join('\0', path);
        return Of(mark + string.Join('\n', written)) is { } now && Elsewhere(root, name).SequenceEqual(Elsewhere(now.root, name))
            ? now
            : null;
    }

    static IEnumerable<(string Path, string Value)> Elsewhere(IEnumerable<YamlEntry> entries, string but, string above = "") =>
        entries.SelectMany(e =>
        {
            var name = above + e.Key.Value;
            // What stands above the place may have been empty before.
            return name == but
                ? []
                : e.Value switch
                {
                    YamlMap map => Elsewhere(map.Entries, but, name + "\0"),
                    YamlList list => list.Items.Select(i => (name, (i as YamlText)?.Value ?? "\0")),
                    YamlText text when !but.StartsWith(name + "\0", StringComparison.Ordinal) => [(name, text.Value)],
                    _ => [],
                };
        });

    YamlEntry? Find(IReadOnlyList<string> path) =>
        path.Count == 0 ? null : Children([.. path.SkipLast(1)]).FirstOrDefault(e => e.Key.Value == path[^1]);

    IReadOnlyList<YamlEntry> Children(IReadOnlyList<string> path) =>
        path.Count == 0 ? root
        : Find(path)?.Value is YamlMap map ? map.Entries
        : [];

    /// <summary>
    /// Where a new name is written, and how far in. Null where what is above it is not there or stands on one line with it.
    /// </summary>
    (int Line, string Indent)? Place(IReadOnlyList<string> path, IReadOnlyList<string> order)
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

    int ParentLine(IReadOnlyList<string> path) => path.Count > 1 && Find([.. path.SkipLast(1)]) is { } above ? above.Key.Line - 1 : -1;

    /// <summary>The lines of an entry, without the empty lines and comments that follow it.</summary>
    (int Start, int End) SpanOf(YamlEntry entry)
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
}
