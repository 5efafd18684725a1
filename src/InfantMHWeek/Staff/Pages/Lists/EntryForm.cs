using System.Text.RegularExpressions;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Registers;

namespace InfantMHWeek.Staff.Pages.Lists;

/// <summary>What the form of one entry sends, and what it does to the register's text.</summary>
sealed partial class EntryForm
{
    /// <summary>The register's hash when it was opened.</summary>
    public string? Opened { get; set; }
    public int DraftStamp { get; set; }

    /// <summary>The name of a new entry.</summary>
    public string? Key { get; set; }
    public IDictionary<string, string?> Facts { get; set; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    public string this[RegisterFact fact] => Facts.TryGetValue(NameOf(fact), out var typed) ? typed ?? "" : "";

    /// <summary>What a fact is called in the form, where a name cannot be empty.</summary>
    public static string NameOf(RegisterFact fact) => fact.Name.Length == 0 ? "value" : fact.Name.Replace('/', '-');

    public void Fill(RegisterText text, RegisterPart part, string key)
    {
        foreach (var fact in part.Facts)
            Facts[NameOf(fact)] = Held(text, part, key, fact);
    }

    public static string Held(RegisterText text, RegisterPart part, string key, RegisterFact fact) =>
        fact.Shape == FactShape.Lines ? string.Join('\n', text.Items(part.PathOf(key, fact))) : text.Value(part.PathOf(key, fact));

    /// <summary>Takes over what a colleague changed and this person did not touch.</summary>
    /// <returns>The facts that both changed, with what the colleague wrote.</returns>
    public IReadOnlyList<(RegisterFact Fact, string Theirs)> TakeOver(RegisterText from, RegisterText theirs, RegisterPart part, string key)
    {
        var both = new List<(RegisterFact, string)>();
        foreach (var fact in part.Facts)
        {
            var (before, now, typed) = (Held(from, part, key, fact), Held(theirs, part, key, fact), LineEnds.Plain(this[fact]).Trim());
            if (now == before || now == typed)
                continue;
            if (typed == before)
                Facts[NameOf(fact)] = now;
            else
                both.Add((fact, now));
        }
        return both;
    }

    /// <summary>What is missing or cannot be a name, by the field's name.</summary>
    public IEnumerable<(string Field, string Words)> Problems(RegisterText text, RegisterPart part, bool fresh)
    {
        var key = Key?.Trim() ?? "";
        if (fresh && !IsKey(part, key))
            yield return (nameof(Key), part.Above.Count > 0 ? "Write the words to look for." : part.KeyHint + ".");
        else if (fresh && text.Has([.. part.Above, key]))
            yield return (nameof(Key), "There is one of this name already: change that one.");
        foreach (var fact in part.Facts.Where(f => f.Required && string.IsNullOrWhiteSpace(this[f])))
            yield return ($"Facts[{NameOf(fact)}]", $"Write something under “{fact.Label}”.");
    }

    static bool IsKey(RegisterPart part, string key) =>
        key.Length is > 0 and <= 200
        && YamlLine.OneLine(key) == key
        && part switch
        {
            { Above.Count: > 0 } => true,
            { Facts: [{ Name: "" }] } => key[0] == '/',
            _ => Slug().IsMatch(key),
        };

    /// <returns>Null when the register is written in a way that a form cannot change.</returns>
    public RegisterText? Apply(RegisterText text, RegisterPart part, string key, bool fresh)
    {
        RegisterText? now = text;
        if (fresh)
            now = text.WithEntry([.. part.Above, key], part.Facts is [{ Name: "" } only] ? this[only] : "");
        foreach (var fact in part.Facts)
        {
            if (now is null || (fresh && this[fact].Trim().Length == 0))
                continue;
            var path = part.PathOf(key, fact);
            now =
                fact.Shape == FactShape.Lines
                    ? now.WithItems(path, LineEnds.Plain(this[fact]).Split('\n'))
                    : now.With(path, this[fact], fact.Path.Count > 1 ? [] : part.Order);
        }
        return now;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Slug();
}
