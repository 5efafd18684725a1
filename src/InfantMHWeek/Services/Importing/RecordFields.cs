using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Services.Importing;

/// <summary>Reads the fields of one record. Of each that cannot be used it says why, in plain words and by its name.</summary>
sealed partial class RecordFields(string record, List<ImportProblem> problems)
{
    const int MostShown = 40;

    /// <summary>A direction of writing that is turned makes a name read as another.</summary>
    static readonly System.Buffers.SearchValues<char> Turning = System.Buffers.SearchValues.Create(
        "\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"
    );

    /// <summary>UTF-8 that was read as Windows letters and saved again: <c>CafÃ©</c>.</summary>
    [GeneratedRegex("[ÃÂ][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|ï¿½", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ReadWrongly { get; }

    /// <summary>Nothing was refused so far.</summary>
    public bool Sound { get; private set; } = true;

    public void Refuse(string field, string words)
    {
        Sound = false;
        problems.Add(new(record, field, words));
    }

    /// <summary>Only this field is left out.</summary>
    public void Tell(string field, string words) => problems.Add(new(record, field, words, LeftOut: false));

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
        var (said, raw) = (problems.Count, Raw(of, path, name, needed));
        return Line(path + name, raw, most, needed && problems.Count == said);
    }

    public string Text(JsonElement of, string path, string name, int most) => Text(path + name, Raw(of, path, name), most);

    /// <summary>One line; whatever begins like a formula is none of ours.</summary>
    public string Line(string field, string raw, int most, bool needed = false)
    {
        var text = Text(field, raw, most).Replace('\n', ' ');
        if (text.Length == 0 && needed && raw.Length == 0)
            Refuse(field, "It is empty.");
        return text;
    }

    public string Text(string field, string raw, int most)
    {
        raw = HtmlText.Plain(raw);
        if (raw.AsSpan().ContainsAny(Turning))
            return Refused("It holds marks that nobody sees and that turn the direction of writing. Please take them out.");
        if (raw.Contains('\uFFFD', StringComparison.Ordinal) || ReadWrongly.IsMatch(raw))
            return Refused($"Letters in it are broken ({Shown(raw)}): it was read or saved in the wrong encoding. Save it as UTF-8.");
        if (IsFormula(raw))
            return Refused($"It begins like a formula of a spreadsheet ({Shown(raw)}).");
        var text = UserText.Clean(TextSanitizer.Of(raw));
        return text.Length > most
            ? Refused(string.Create(CultureInfo.InvariantCulture, $"It has {text.Length:N0} letters; at most {most:N0} fit."))
            : text;

        string Refused(string words)
        {
            Refuse(field, words);
            return "";
        }
    }

    /// <summary>A telephone number begins with a plus, and a list with a dash.</summary>
    static bool IsFormula(string raw) =>
        raw.TrimStart() is [var first, .. var rest]
        && (
            first is '=' or '@' or '＝' or '＠'
            || (
                first is '+' or '-' or '＋' or '－'
                && (
                    rest.Contains('(', StringComparison.Ordinal) && rest.Contains('!', StringComparison.Ordinal)
                    || rest.Contains('|', StringComparison.Ordinal)
                )
            )
        );

    public string Link(string field, string raw)
    {
        var text = Line(field, raw, ServiceDetails.MaxLink);
        if (text.Length == 0 || UserText.TryLink(text, out var link) && (text = link) == link)
            return text;
        Refuse(field, $"{Shown(text)} is no address on the web.");
        return "";
    }

    public string Email(string field, string raw)
    {
        var text = Line(field, raw, EmailAddress.MaxLength);
        if (text.Length == 0 || EmailAddress.TryParse(text, null, out _))
            return text;
        Refuse(field, $"{Shown(text)} is no email address.");
        return "";
    }

    public string Phone(string field, string raw)
    {
        var text = Line(field, raw, ServiceDetails.MaxPhone);
        if (text.Length == 0 || text.Count(char.IsAsciiDigit) >= 3)
            return text;
        Refuse(field, $"{Shown(text)} is no telephone number.");
        return "";
    }

    public DateOnly? Day(string field, string raw)
    {
        if (raw.Length == 0)
            return null;
        if (DateOnly.TryParseExact(raw.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Refuse(field, $"{Shown(raw)} is no day of the calendar. A day is written like 2026-03-31.");
        return null;
    }

    public DateTime? Moment(string field, string raw)
    {
        if (raw.Length == 0)
            return null;
        if (
            raw.Length >= 10
            && char.IsAsciiDigit(raw[3])
            && DateTime.TryParse(
                raw,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
                out var moment
            )
        )
            return moment;
        Refuse(field, $"{Shown(raw)} is no time. A time is written like 2026-03-31T09:30:00Z.");
        return null;
    }

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

    public static string Shown(string text)
    {
        var clean = UserText.Clean(TextSanitizer.Of(text)).Replace('\n', ' ');
        return $"“{(clean.Length > MostShown ? clean[..MostShown] + "…" : clean)}”";
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
