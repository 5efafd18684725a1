using System.Globalization;
using System.Text;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Editing.Drafts;

/// <summary>
/// One line of YAML: how a name and a value are written so that they read back as they are, and what somebody wrote round them.
/// </summary>
static class YamlLine
{
    /// <summary>What was typed, on one line.</summary>
    public static string OneLine(string value) =>
        string.Join(' ', value.Split(['\r', '\n', '\u0085', '\u2028', '\u2029', '\0'], StringSplitOptions.RemoveEmptyEntries)).Trim();

    /// <summary>Plain where it can be, quoted where it must.</summary>
    public static string Of(string key, string value)
    {
        if (value.Length == 0)
            return key + ":";
        var plain = $"{key}: {value}";
        return ReadsAs(plain, value) ? plain : $"{key}: {Quoted(value)}";
    }

    /// <param name="key">As it is to be written, with what it stands in by.</param>
    public static string OfKey(string key, string value) => key + (value.Length == 0 ? ":" : ": " + Scalar(value));

    public static string Item(string value) => "- " + Scalar(value);

    public static string KeyFor(string key) =>
        ReadsAs(key + ": x", "x") && YamlTree.Read(key + ": x", new(""))[0].Key.Value == key ? key : Quoted(key);

    public static bool IsEmpty(string line) => line.AsSpan().Trim() is [] or ['#', ..];

    public static string Indent(string line) => line[..(line.Length - line.TrimStart(' ').Length)];

    /// <summary>The name as it stands in a line, with what it stands in by and its quotation marks.</summary>
    public static string KeyAsWritten(string line, YamlText key)
    {
        var from = line.Length - line.TrimStart(' ').Length;
        var to =
            line[from] is '"' or '\'' ? line.IndexOf(line[from], from + 1) + 1
            : line.IndexOf(": ", from, StringComparison.Ordinal) is > 0 and var colon ? colon
            : line.TrimEnd().Length - 1;
        return line[..from] + (ReadsAs(line[from..to] + ": x", "x") ? line[from..to] : KeyFor(key.Value));
    }

    /// <summary>What somebody wrote behind a value in quotation marks.</summary>
    public static string CommentAfter(string line) =>
        line.LastIndexOf(" #", StringComparison.Ordinal) is > 0 and var hash && line[..hash].TrimEnd() is [.., '"' or '\'']
            ? line[line[..hash].TrimEnd().Length..]
            : "";

    static bool ReadsAs(string line, string value)
    {
        var faults = new DiagnosticList("");
        return YamlTree.Read(line, faults) is [{ Value: YamlText read }] && faults.All.Count == 0 && read.Value == value;
    }

    static string Scalar(string value) => Of("x", value)[3..];

    static string Quoted(string value)
    {
        var text = new StringBuilder("\"", value.Length + 8);
        foreach (var letter in value)
        {
            if (letter is '"' or '\\')
                text.Append('\\').Append(letter);
            else if (char.IsControl(letter))
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                text.Append(letter);
        }
        return text.Append('"').ToString();
    }
}
