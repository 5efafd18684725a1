using InfantMHWeek.Campaign.Searching;

namespace InfantMHWeek.Tests.Campaign.Searching;

/// <summary>Pages to search in, and what was found as a test reads it.</summary>
static class SearchPages
{
    public static SearchDocument Page(string path, string title = "", string summary = "", string text = "") =>
        new(path, title, summary, text, Hash: $"{title}|{summary}|{text}");

    public static List<string> Paths(this SearchIndex index, string words, int take = 20, int skip = 0) =>
        index.Find(words, take, skip).Hits.Select(hit => hit.Path).ToList();

    public static string Marked(IEnumerable<TextRun> runs) => string.Concat(runs.Select(run => run.Marked ? $"[{run.Text}]" : run.Text));

    public static string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => Invariant($"word{i}")));

    public static string Characters(int first, int count) => new(Enumerable.Range(first, count).Select(sign => (char)sign).ToArray());

    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
