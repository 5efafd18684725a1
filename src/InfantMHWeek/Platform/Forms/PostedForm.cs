using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace InfantMHWeek.Platform.Forms;

/// <summary>What somebody sent with a form, as it was typed, for when it could not be taken.</summary>
/// <param name="Fields">Each name and value, in the order in which they came; nothing secret among them.</param>
/// <param name="HadFiles">Files came with it; a browser lets nobody fill them in again.</param>
sealed partial record PostedForm(IReadOnlyList<KeyValuePair<string, string>> Fields, bool HadFiles)
{
    const RegexOptions Safe = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    /// <summary>Passwords and codes are never shown or sent back. A postcode is no code.</summary>
    [GeneratedRegex("(^|[.\\]])(code|current)$|password|passkey|credential|recovery", RegexOptions.IgnoreCase | Safe)]
    private static partial Regex Secret { get; }

    /// <summary>Values that a page gave along and nobody typed: ids, ticks, stamps, signed texts.</summary>
    [GeneratedRegex("^([0-9a-fA-F-]{36}|true|false|[0-9]*|[A-Za-z0-9_+/=.-]{24,})$", Safe)]
    private static partial Regex Unspoken { get; }

    [GeneratedRegex("[a-z0-9][A-Z]", Safe)]
    private static partial Regex WordBorder { get; }

    public static bool IsSecret(string name) => Secret.IsMatch(name);

    /// <returns>Null when no form was sent, or when it cannot be read (any more).</returns>
    public static async Task<PostedForm?> ReadAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
            return null;
        try
        {
            var form = await request.ReadFormAsync(CancellationToken.None);
            return new(
                [.. form.SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? ""))).Where(f => !IsSecret(f.Key))],
                form.Files.Count > 0
            );
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What a person typed, to be read again.</summary>
    public IEnumerable<KeyValuePair<string, string>> Words => Fields.Where(IsTyped);

    static bool IsTyped(KeyValuePair<string, string> field) =>
        !field.Key.StartsWith("__", StringComparison.Ordinal) && !Unspoken.IsMatch(field.Value);

    /// <summary>A form that sends the same to the same address again. It needs nothing else of the site.</summary>
    /// <param name="action">The address, as a path.</param>
    public string Html(string action)
    {
        var html = HtmlEncoder.Default;
        var form = new System.Text.StringBuilder();
        form.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"{html.Encode(action)}\">");
        var number = 0;
        foreach (var field in Fields)
        {
            var (name, value) = (html.Encode(field.Key), html.Encode(field.Value));
            if (IsTyped(field))
                // A browser drops the first line break of a text.
                form.Append(
                    CultureInfo.InvariantCulture,
                    $"<p><label for=\"typed-{++number}\">{html.Encode(Label(field.Key))}</label><br><textarea id=\"typed-{number}\" "
                        + $"name=\"{name}\" cols=\"60\" rows=\"{Rows(field.Value)}\">\n{value}</textarea></p>"
                );
            else
                form.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        }
        return form.Append("<p><button>Send again</button></p></form>").ToString();
    }

    static int Rows(string value) => Math.Clamp(value.Length / 60 + value.AsSpan().Count('\n') + 1, 1, 20);

    /// <summary><c>Person.AccessNeeds</c> is labelled "Access needs".</summary>
    static string Label(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        var words = WordBorder
            .Replace(last, static border => $"{border.Value[0]} {border.Value[1]}")
            .Trim('[', ']', '_', ' ')
            .ToLowerInvariant();
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
