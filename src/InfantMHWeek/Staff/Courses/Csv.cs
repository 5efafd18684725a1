using System.Text;

namespace InfantMHWeek.Staff.Courses;

/// <summary>Comma-separated text that a spreadsheet opens as text: no cell can become a formula there.</summary>
public static class Csv
{
    public static string Write(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string?>> rows)
    {
        // The mark at the beginning tells spreadsheets that this is UTF-8.
        var text = new StringBuilder("\uFEFF");
        foreach (var row in rows.Prepend(head)) text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    static string Cell(string? value)
    {
        var text = value ?? "";
        // An apostrophe in front keeps it text.
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n') text = "'" + text;
        return "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
