using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Content;

/// <summary>Slips of the pen in YAML, in an editor's words.</summary>
static class YamlSlips
{
    public static (string Message, string Advice) Explain(string written)
    {
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        if (written.Contains('\t', StringComparison.Ordinal))
            return ("This line is indented with a tab.", "Use spaces.");
        if (colon < 0)
            return ("This line has no colon.", "Write: key: value");
        var value = written[(colon + 1)..].Trim();
        if (
            value.Length > 0
            && value[0] is '"' or '\''
            && (value.Length == 1 || value[^1] != value[0] || value.Count(c => c == value[0]) != 2)
        )
            return (
                "The quotation marks do not pair up.",
                $"Write: {written[..colon]}: \"…\" with no other double quotation marks inside."
            );
        if (value.Length > 0 && !value.Contains('"', StringComparison.Ordinal))
            return (
                "This value needs quotation marks, because of a colon or sign inside it.",
                $"Write: {written[..colon]}: \"{value.Trim('\'')}\""
            );
        return ("This line cannot be read.", "Write: key: \"value\"");
    }

    /// <summary>YAML drops everything after " #" without a word: a hashtag or a title would lose its end.</summary>
    public static void ReportCutValues(string[] lines, int firstLine, DiagnosticList faults)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var hash = line.IndexOf(" #", StringComparison.Ordinal);
            if (hash < 0 || line.TrimStart().StartsWith('#') || IsQuoted(line))
                continue;
            faults.Add(
                DiagnosticKinds.CutByHash,
                i + firstLine,
                hash + 2,
                line[(hash + 1)..].TrimEnd('\r'),
                "Everything after # would be dropped here.",
                "Put the whole value in double quotation marks; write hashtags without #."
            );
        }
    }

    static bool IsQuoted(string line) =>
        line[(line.IndexOf(": ", StringComparison.Ordinal) + 1)..].TrimStart(' ', '-', ':').StartsWith('"')
        || line.Contains(": '", StringComparison.Ordinal);
}
