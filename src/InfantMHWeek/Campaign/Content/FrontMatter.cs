using System.Globalization;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Campaign.Content;

/// <summary>The facts at the top of a page, checked against its folder's schema. A fact that is absent or empty reads as null.</summary>
sealed class FrontMatter
{
    readonly Dictionary<string, YamlText> values = new(StringComparer.Ordinal);

    FrontMatter() { }

    /// <summary>Splits a file into facts and text. Null when there is no front matter that can be used; the faults say why.</summary>
    public static (FrontMatter Facts, string Markdown, int MarkdownLine)? Split(string text, PageKind kind, DiagnosticList faults)
    {
        var end = LineEnd(text, 0);
        if (text.AsSpan(0, end).TrimEnd().SequenceEqual("---"))
        {
            for (int start = end + 1, line = 2; start < text.Length; line++)
            {
                var stop = LineEnd(text, start);
                if (text.AsSpan(start, stop - start).TrimEnd() is "---" or "...")
                    return (Read(text[(end + 1)..start], kind, faults), stop + 1 < text.Length ? text[(stop + 1)..] : "", line + 1);
                start = stop + 1;
            }
            faults.Add(
                DiagnosticKinds.OpenFrontMatter,
                1,
                1,
                "---",
                "The facts at the top are not closed.",
                "Put a line with only --- after the last fact."
            );
        }
        else if (text.TrimStart().StartsWith("---", StringComparison.Ordinal))
            faults.Add(
                DiagnosticKinds.LateFrontMatter,
                1,
                1,
                "",
                "There is something before the first ---, even if it is only an empty line or a space.",
                "Make --- the very first line of the file."
            );
        else
            faults.Add(
                DiagnosticKinds.NoFrontMatter,
                1,
                1,
                text.Split('\n', 2)[0].TrimEnd(),
                "This page has no facts at the top.",
                "Begin the file with ---, then title: and summary:, then --- again."
            );
        return null;
    }

    static int LineEnd(string text, int start) => text.IndexOf('\n', start) is >= 0 and var end ? end : text.Length;

    static FrontMatter Read(string yaml, PageKind kind, DiagnosticList faults)
    {
        var facts = new FrontMatter();
        var schema = PageSchema.For(kind);
        foreach (var (key, value) in YamlTree.Read(yaml, faults, firstLine: 2))
        {
            var fact = schema.FirstOrDefault(f => f.Name == key.Value);
            if (fact is null)
                FactRules.ReportUnknown(key, kind, faults);
            else if (value is YamlText text)
                facts.Keep(fact, text, faults);
            else
                faults.Add(
                    DiagnosticKinds.NotFlat,
                    value.Line,
                    value.Column,
                    key.Value,
                    $"\"{key.Value}\" holds a list or a block.",
                    "Write its value on one line, with commas between several."
                );
        }
        foreach (var missing in schema.Where(f => f.Required && facts.Line(f.Name) is null))
            faults.Add(DiagnosticKinds.MissingKey, 1, 1, "", $"\"{missing.Name}\" is missing.", $"Add a line: {missing.Name}: …");
        return facts;
    }

    void Keep(Fact fact, YamlText written, DiagnosticList faults)
    {
        var value = written.Value.Trim();
        if (value.Length == 0)
            return;
        if (FactRules.Problem(fact, value) is { } problem)
            faults.Add(
                DiagnosticKinds.BadValue,
                written.Line,
                written.Column,
                value,
                $"\"{fact.Name}\" cannot be \"{Short(value)}\".",
                problem
            );
        else if (value.Length > fact.Max)
            faults.Add(
                DiagnosticKinds.TooLong,
                written.Line,
                written.Column,
                value,
                $"\"{fact.Name}\" has {value.Length} characters; {fact.Max} is the most.",
                "Shorten it."
            );
        values[fact.Name] = written with { Value = value };
    }

    static string Short(string value) => value.Length > 40 ? value[..40] + "…" : value;

    /// <summary>
    /// Whether a text can stand in a title, a feed and a header line: no control characters, nothing that XML cannot hold.
    /// </summary>
    internal static bool IsOneLine(string value) =>
        !value.AsSpan().ContainsAnyInRange('\0', '\u001f')
        && !value.AsSpan().ContainsAnyInRange('\u007f', '\u009f')
        && !value.AsSpan().ContainsAnyInRange('\ufffe', '\uffff');

    public string? Line(string key) => values.TryGetValue(key, out var text) && text.Value.Length > 0 ? text.Value : null;

    public bool Yes(string key) => Line(key) == "yes";

    public DateOnly? Date(string key) => Line(key) is { } text && TryDate(text, out var date) ? date : null;

    public DateTime? MomentUtc(string key) =>
        Line(key) is { } text && TryWallClock(text, out var wallClock) ? UkTime.ToUtc(wallClock).Utc : null;

    public int? Number(string key) =>
        int.TryParse(Line(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public IReadOnlyList<string> List(string key) => Line(key) is { } text ? Items(text) : [];

    /// <summary>Where a fact was written, for faults about it; line 1 when it was not.</summary>
    public (int Line, int Column) PlaceOf(string key) => values.TryGetValue(key, out var text) ? (text.Line, text.Column) : (1, 1);

    internal static string[] Items(string value) =>
        value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static bool TryDate(string value, out DateOnly date) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    internal static bool TryWallClock(string value, out DateTime wallClock) =>
        DateTime.TryParseExact(
            value,
            ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out wallClock
        );
}
