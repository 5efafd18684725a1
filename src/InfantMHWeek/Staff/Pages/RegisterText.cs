namespace InfantMHWeek.Staff.Pages;

/// <summary>Changes one fact of one entry in a register's text; every other line stays as it is.</summary>
public static class RegisterText
{
    /// <param name="text">With plain line ends.</param>
    /// <returns>Null when there is no such entry.</returns>
    public static string? With(string text, string entry, string fact, string value)
    {
        var lines = text.Split('\n').ToList();
        var start = lines.FindIndex(l => l.TrimEnd() == entry + ":");
        if (start < 0) return null;
        var end = lines.FindIndex(start + 1, l => l.Length > 0 && l[0] is not (' ' or '#'));
        if (end < 0) end = lines.Count;
        var line = lines.FindIndex(start + 1, end - start - 1, l => l.TrimStart().StartsWith(fact + ":", StringComparison.Ordinal));
        var indent = lines[start + 1][..(lines[start + 1].Length - lines[start + 1].TrimStart().Length)];
        if (line >= 0) lines[line] = PageText.Line(fact, value, indent);
        else
        {
            var last = end - 1;
            while (last > start && lines[last].Trim().Length == 0) last--;
            lines.Insert(last + 1, PageText.Line(fact, value, indent.Length > 0 ? indent : "  "));
        }
        return string.Join('\n', lines);
    }
}
