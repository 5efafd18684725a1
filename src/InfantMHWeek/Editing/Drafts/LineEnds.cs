using System.Text;
using DiffPlex;
using DiffPlex.Chunkers;

namespace InfantMHWeek.Editing.Drafts;

/// <summary>A browser sends every line end as CR LF, whatever the file had. What nobody changed must come back byte for byte.</summary>
static class LineEnds
{
    const char Mark = '\uFEFF';

    /// <summary>As a form shows it.</summary>
    public static string Plain(string text) => text.TrimStart(Mark).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    /// <param name="typed">As it came from the form.</param>
    /// <param name="from">The file that it was typed over; null for a new one.</param>
    public static string Restore(string typed, string? from)
    {
        var text = Plain(typed);
        if (from is not null && Plain(from) == text)
            return from;
        if (text.Length > 0 && text[^1] != '\n')
            text += "\n";
        if (from is null)
            return text;
        if (from.Contains('\r', StringComparison.Ordinal))
            text = WithEndsOf(from, text);
        return from.StartsWith(Mark) ? Mark + text : text;
    }

    static string WithEndsOf(string from, string text)
    {
        var before = LineEndingsPreservingChunker.Instance.Chunk(from.TrimStart(Mark));
        var usual = before.Count(l => l.EndsWith("\r\n", StringComparison.Ordinal)) * 2 >= before.Count ? "\r\n" : "\n";
        var lines = text.Split('\n');
        var ends = new string[lines.Length];
        Array.Fill(ends, usual);
        var plain = string.Join('\n', before.Select(l => l.TrimEnd('\r', '\n')));
        var changes = Differ.Instance.CreateDiffs(
            plain,
            text.TrimEnd('\n'),
            ignoreWhiteSpace: false,
            ignoreCase: false,
            LineChunker.Instance
        );
        int a = 0,
            b = 0;
        foreach (var block in changes.DiffBlocks)
        {
            for (; a < block.DeleteStartA; a++, b++)
                Take(a, b);
            for (var i = 0; i < Math.Min(block.DeleteCountA, block.InsertCountB); i++)
                Take(block.DeleteStartA + i, block.InsertStartB + i);
            (a, b) = (block.DeleteStartA + block.DeleteCountA, block.InsertStartB + block.InsertCountB);
        }
        for (; a < before.Count && b < lines.Length; a++, b++)
            Take(a, b);
        var restored = new StringBuilder(text.Length + lines.Length);
        for (var i = 0; i < lines.Length; i++)
            restored.Append(lines[i]).Append(i < lines.Length - 1 ? ends[i] : "");
        return restored.ToString();

        void Take(int old, int now)
        {
            if (old < before.Count && now < ends.Length && before[old].AsSpan().TrimEnd("\r\n").Length < before[old].Length)
                ends[now] = before[old][before[old].AsSpan().TrimEnd("\r\n").Length..];
        }
    }
}
