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
    readonly RegisterOutline outline;

    RegisterText(string mark, List<string> lines, IReadOnlyList<YamlEntry> root) =>
        (this.mark, this.lines, outline) = (mark, lines, new(root, lines));

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
    public IReadOnlyList<string> Keys(params IReadOnlyList<string> path) => [.. outline.Children(path).Select(e => e.Key.Value)];

    public bool Has(params IReadOnlyList<string> path) => outline.Find(path) is not null;

    /// <summary>What stands at a place; empty where there is nothing.</summary>
    public string Value(params IReadOnlyList<string> path) => outline.Find(path)?.Value is YamlText text ? text.Value.Trim() : "";

    public IReadOnlyList<string> Items(params IReadOnlyList<string> path) =>
        outline.Find(path)?.Value is YamlList list ? [.. list.Items.OfType<YamlText>().Select(t => t.Value)] : [];

    /// <param name="order">The names of the place's neighbours, in the order in which they are usually written.</param>
    /// <returns>Null when the text is written in a way that a form cannot change.</returns>
    public RegisterText? With(IReadOnlyList<string> path, string typed, IReadOnlyList<string> order)
    {
        var value = YamlLine.OneLine(typed);
        if (value == Value(path) && (value.Length == 0 || Has(path)))
            return this;
        var written = new List<string>(lines);
        if (outline.Find(path) is { } there)
        {
            var (start, end) = outline.SpanOf(there);
            if (start == outline.ParentLine(path) || there.Value is not YamlText)
                return null;
            var (key, comment) = (YamlLine.KeyAsWritten(written[start], there.Key), YamlLine.CommentAfter(written[start]));
            written.RemoveRange(start, end - start);
            written.Insert(start, YamlLine.OfKey(key, value) + comment);
        }
        else if (outline.Place(path, order) is var (line, indent))
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
        if (outline.Find(path) is not { } there)
        {
            if (outline.Place(path, []) is not var (line, indent))
                return null;
            written.InsertRange(line, items.Select(i => indent + "  " + YamlLine.Item(i)).Prepend($"{indent}{YamlLine.KeyFor(path[^1])}:"));
        }
        else if (there.Value is YamlList { Items: var old })
        {
            var at = old.Select(i => i.Line - 1).ToList();
            if (at.Count == 0 || at[0] == there.Key.Line - 1)
                return null;
            Rewrite(written, at, Items(path), items);
        }
        else
            written.InsertRange(there.Key.Line, items.Select(i => YamlLine.Indent(lines[there.Key.Line - 1]) + "  " + YamlLine.Item(i)));
        return Checked(written, path);
    }

    /// <summary>Changes the lines of a list, and of these only those whose item changes.</summary>
    /// <param name="at">The line of each item.</param>
    static void Rewrite(List<string> written, List<int> at, IReadOnlyList<string> old, List<string> items)
    {
        var indent = YamlLine.Indent(written[at[0]]);
        foreach (
            var block in Differ
                .Instance.CreateDiffs(
                    string.Join('\n', old),
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

    /// <summary>A new entry, last among its neighbours, still without facts.</summary>
    /// <param name="value">For an entry that is nothing but a value.</param>
    public RegisterText? WithEntry(IReadOnlyList<string> path, string value = "")
    {
        if (Has(path))
            return null;
        var written = new List<string>(lines);
        var neighbours = outline.Children([.. path.SkipLast(1)]);
        if (outline.Place(path, []) is not var (line, indent))
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
        if (outline.Find(path) is not { } there)
            return this;
        var (start, end) = outline.SpanOf(there);
        if (start == outline.ParentLine(path))
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
        return Of(mark + string.Join('\n', written)) is { } now && outline.Elsewhere(name).SequenceEqual(now.outline.Elsewhere(name))
            ? now
            : null;
    }
}
