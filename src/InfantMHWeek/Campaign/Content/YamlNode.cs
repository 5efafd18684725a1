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

/// <summary>Makes nodes of what the parser finds; only plain YAML, and not too deep.</summary>
static class YamlNodeReader
{
    // Our deepest file has three levels; a bomb of brackets has thousands.
    const int MaxDepth = 6;

    /// <param name="linesBefore">How many lines of the file stand before what is parsed.</param>
    public static YamlNode Read(Parser parser, int linesBefore, int depth = 0)
    {
        var start = parser.Current!.Start;
        var (line, column) = ((int)start.Line + linesBefore, (int)start.Column);
        if (depth > MaxDepth || parser.Current is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false } or AnchorAlias)
            throw new YamlException(start, parser.Current.End, "not plain");
        if (parser.TryConsume<Scalar>(out var scalar))
            return new YamlText(scalar.Value, line, column);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Read(parser, linesBefore, depth + 1));
            return new YamlList(items, line, column);
        }
        parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var keyStart = parser.Current!;
            if (Read(parser, linesBefore, depth + 1) is not YamlText key)
                throw new YamlException(keyStart.Start, keyStart.End, "key is not text");
            entries.Add(new(key, Read(parser, linesBefore, depth + 1)));
        }
        return new YamlMap(entries, line, column);
    }
}
