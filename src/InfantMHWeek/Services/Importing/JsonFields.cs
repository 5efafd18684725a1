using System.Globalization;
using System.Text.Json;

namespace InfantMHWeek.Services.Importing;

/// <summary>Reads the fields of one record in JSON.</summary>
sealed class JsonFields(string record, List<ImportProblem> problems) : RecordFields(record, problems)
{
    /// <summary>A field as text; empty where it is left out, or null where it may be.</summary>
    public string Raw(JsonElement of, string path, string name, bool needed = false)
    {
        var field = path + name;
        if (!of.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            if (needed)
                Refuse(field, value.ValueKind == JsonValueKind.Null ? "It is null, and every record needs one." : "It is missing.");
            return "";
        }
        try
        {
            if (value.ValueKind == JsonValueKind.String)
                return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Refuse(field, "It holds bytes that are no letters: it was saved in another encoding than UTF-8.");
            return "";
        }
        Refuse(field, $"It should be text, and is {KindOf(value)}.");
        return "";
    }

    public string Line(JsonElement of, string path, string name, int most, bool needed = false)
    {
        var (said, raw) = (Said, Raw(of, path, name, needed));
        return Line(path + name, raw, most, needed && Said == said);
    }

    public string Text(JsonElement of, string path, string name, int most) => Text(path + name, Raw(of, path, name), most);

    public double? Number(JsonElement of, string path, string name, double least, double most, string what)
    {
        if (!of.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most)
            return number;
        Refuse(path + name, $"{Shown(value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Safely(value))} is {what}.");
        return null;
    }

    public string OneOf(JsonElement of, string path, string name, IReadOnlyList<string> known, bool needed = false)
    {
        var text = Raw(of, path, name, needed);
        if (text.Length == 0 || known.Contains(text, StringComparer.Ordinal))
            return text;
        Refuse(path + name, $"{Shown(text)} is none of the words that the standard knows: {string.Join(", ", known)}.");
        return "";
    }

    /// <summary>The objects of a list, each with its path.</summary>
    public IEnumerable<(JsonElement Item, string Path)> Many(JsonElement of, string path, string name)
    {
        if (!of.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null)
            yield break;
        if (list.ValueKind != JsonValueKind.Array)
        {
            Refuse(path + name, $"It should be a list, and is {KindOf(list)}.");
            yield break;
        }
        foreach (var (number, item) in list.EnumerateArray().Index())
            if (item.ValueKind == JsonValueKind.Object)
                yield return (item, string.Create(CultureInfo.InvariantCulture, $"{path}{name}[{number}]."));
            else
                Refuse(string.Create(CultureInfo.InvariantCulture, $"{path}{name}[{number}]"), $"It is {KindOf(item)}.");
    }

    static string Safely(JsonElement value)
    {
        try
        {
            return value.ToString();
        }
        catch (InvalidOperationException)
        {
            return "?";
        }
    }

    static string KindOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => "null",
            JsonValueKind.Number => "a number",
            JsonValueKind.True or JsonValueKind.False => "yes or no",
            JsonValueKind.Array => "a list",
            JsonValueKind.Object => "an object",
            _ => "text",
        };
}
