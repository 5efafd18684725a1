using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Campaign.Content;

/// <summary>The facts of one entry; a key that is not known is a fault with a suggestion.</summary>
sealed class RegisterFields
{
    readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
    readonly DiagnosticList faults;

    public RegisterFields(IReadOnlyList<YamlEntry> entries, string[] keys, DiagnosticList faults)
    {
        this.faults = faults;
        foreach (var (key, value) in entries)
        {
            if (keys.Contains(key.Value, StringComparer.Ordinal))
            {
                if (!values.TryAdd(key.Value, value))
                    faults.Add(
                        DiagnosticKinds.RepeatedKey,
                        key.Line,
                        key.Column,
                        key.Value,
                        $"\"{key.Value}\" was already said on line {values[key.Value].Line}.",
                        "Keep one of them."
                    );
                else if (value is YamlText text && !FrontMatter.IsOneLine(text.Value.Trim()))
                    faults.Add(
                        DiagnosticKinds.BadValue,
                        text.Line,
                        text.Column,
                        key.Value,
                        $"\"{key.Value}\" holds invisible signs.",
                        "Write it on one line."
                    );
            }
            else
                faults.Add(
                    DiagnosticKinds.UnknownKey,
                    key.Line,
                    key.Column,
                    key.Value,
                    $"\"{key.Value}\" is not known here.",
                    ClosestMatch.To(key.Value, keys) is { } near
                        ? $"Did you mean \"{near}\"?"
                        : "Known here: " + string.Join(", ", keys) + "."
                );
        }
    }

    public string? Line(string key) =>
        Of<YamlText>(key, "Write its value on one line.") is { } text && text.Value.Trim() is { Length: > 0 } value ? value : null;

    public YamlMap? Map(string key) => Of<YamlMap>(key, "Write its facts on the lines below it, indented with two spaces.");

    public IReadOnlyList<string> Lines(string key) =>
        Of<YamlList>(key, "Write one a line below it, each after a hyphen and a space.") is { } list
            ? [.. list.Items.OfType<YamlText>().Select(t => t.Value).Where(v => v.Length > 0)]
            : [];

    /// <summary>The value if it has the shape that is asked for; nothing written is nothing wrong.</summary>
    T? Of<T>(string key, string advice)
        where T : YamlNode
    {
        if (values.GetValueOrDefault(key) is not { } value || value is YamlText { Value.Length: 0 })
            return null;
        if (value is T right)
            return right;
        faults.Add(DiagnosticKinds.NotFlat, value.Line, value.Column, key, $"\"{key}\" is not written as it should be.", advice);
        return null;
    }

    public bool Yes(string key)
    {
        var written = Line(key);
        if (written is not (null or "yes" or "no"))
            faults.Add(
                DiagnosticKinds.BadValue,
                values[key].Line,
                values[key].Column,
                written,
                $"\"{key}\" cannot be \"{written}\".",
                "Write yes or no."
            );
        return written == "yes";
    }

    /// <summary>An address that a reader may be sent to: nothing that a browser would run.</summary>
    public string? Link(string key)
    {
        if (Line(key) is not { } written)
            return null;
        if (Uri.TryCreate(written, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")
            return written;
        faults.Add(
            DiagnosticKinds.BadValue,
            values[key].Line,
            values[key].Column,
            written,
            $"\"{key}\" is not an address this site links to.",
            "Write a whole address that begins with https://."
        );
        return null;
    }

    public string Required(string key, YamlText id)
    {
        if (Line(key) is { } value)
            return value;
        faults.Add(DiagnosticKinds.MissingKey, id.Line, id.Column, id.Value, $"\"{id.Value}\" has no \"{key}\".", $"Add a line: {key}: …");
        return "";
    }

    /// <summary>A date as written, checked to be one.</summary>
    public string? Date(string key, DiagnosticList faults)
    {
        if (Line(key) is not { } written)
            return null;
        if (FrontMatter.TryDate(written, out _))
            return written;
        var at = values[key];
        faults.Add(
            DiagnosticKinds.BadValue,
            at.Line,
            at.Column,
            written,
            $"\"{key}\" cannot be \"{written}\".",
            "Write dates as year-month-day: 2026-06-08 is 8 June 2026."
        );
        return null;
    }

    /// <summary>The entries of a register, each with its facts.</summary>
    public static IEnumerable<(YamlText Id, RegisterFields Fields)> Blocks(
        IReadOnlyList<YamlEntry> entries,
        string[] keys,
        DiagnosticList faults
    )
    {
        foreach (var (id, value) in entries)
        {
            if (value is YamlMap map)
                yield return (id, new RegisterFields(map.Entries, keys, faults));
            else
                faults.Add(
                    DiagnosticKinds.BadValue,
                    id.Line,
                    id.Column,
                    id.Value,
                    $"\"{id.Value}\" needs its facts on the lines below it.",
                    $"Indent them with two spaces: {string.Join(", ", keys)}."
                );
        }
    }

    /// <summary>Whether it is a path of this site.</summary>
    public static bool IsPath(string value) =>
        value.StartsWith('/')
        && !value.StartsWith("//", StringComparison.Ordinal)
        && !value.AsSpan().ContainsAnyInRange('\0', ' ')
        && !value.AsSpan().ContainsAny('\\', '\u007f');
}
