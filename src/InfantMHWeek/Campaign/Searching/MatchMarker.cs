using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>
/// Marks the words that were searched for where they stand in a text. FTS5's own <c>snippet</c> stems the whole page
/// twice for that, 0.1 ms a page: more than all the rest of a search.
/// </summary>
sealed class MatchMarker
{
    const int SnippetWords = 30;
    const int SnippetLength = 180;
    const int LengthBefore = 50;

    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> forms;
    readonly SearchValues<string> anyForm;
    readonly int words;

    /// <param name="found">For each word that was searched for, every spelling that counts as a find.</param>
    public MatchMarker(IReadOnlyList<IReadOnlyList<string>> found)
    {
        var bits = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var word = 0; word < found.Count; word++)
            foreach (var form in found[word])
                bits[form] = bits.GetValueOrDefault(form) | (1 << word);
        forms = bits.GetAlternateLookup<ReadOnlySpan<char>>();
        anyForm = SearchValues.Create([.. bits.Keys], StringComparison.OrdinalIgnoreCase);
        words = found.Count;
    }

    public List<TextRun> Mark(string text) => Runs(text, 0, text.Length);

    /// <summary>
    /// Some thirty words around the place that has most of what was searched for, or the summary when the text has none of it.
    /// </summary>
    public List<TextRun> Snippet(SearchDocument page)
    {
        var text = page.Text;
        var find = BestFind(text);
        return find < 0 && !string.IsNullOrWhiteSpace(page.Summary) ? Mark(page.Summary) : Around(text, Math.Max(find, 0));
    }

    // Where a stretch begins that is short enough to be shown and has most of the words, or -1.
    int BestFind(string text)
    {
        var (best, most) = (-1, 0);
        var near = new Queue<Find>();
        for (var find = Next(text, 0); find.Words != 0 && most < words; find = Next(text, find.End))
        {
            near.Enqueue(find);
            while (near.Peek().Start < find.Start - (SnippetLength - LengthBefore))
                near.Dequeue();
            var together = BitOperations.PopCount((uint)near.Aggregate(0, (all, one) => all | one.Words));
            if (together > most)
                (best, most) = (near.Peek().Start, together);
        }

        return best;
    }

    List<TextRun> Around(string text, int find)
    {
        var start = WordOrSentence(text, find - LengthBefore, find);
        var (end, missing) = EndAfter(text, start);
        if (missing > 0)
            start = WordOrSentence(text, start - (missing * SnippetLength / SnippetWords), start);

        var runs = Runs(text, start, end);
        if (start > 0)
            runs.Insert(0, new("…", Marked: false));
        if (end < text.Length)
            runs.Add(new("…", Marked: false));
        return runs;
    }

    // The first sentence, or else the first word, that begins between the two places.
    static int WordOrSentence(string text, int from, int to)
    {
        if (from <= 0)
            return 0;

        from += text.AsSpan(from, to - from).IndexOfAny(".!?\n") + 1;
        var reader = new WordReader(text.AsSpan(from, to - from));
        while (reader.Next())
            if (WordReader.IsBoundary(text, from + reader.Start))
                return from + reader.Start;
        return to;
    }

    // Where a snippet from here ends, and how many words it is short of when the text ends before.
    static (int End, int Missing) EndAfter(string text, int start)
    {
        var reader = new WordReader(text.AsSpan(start));
        for (var missing = SnippetWords; missing > 0; missing--)
            if (!reader.Next())
                return (text.Length, missing);
        var end = start + reader.End;
        return (reader.Next() ? end : text.Length, 0);
    }

    List<TextRun> Runs(string text, int start, int end)
    {
        var runs = new List<TextRun>();
        var plain = start;
        for (var find = Next(text, start); find.Words != 0 && find.End <= end; find = Next(text, find.End))
        {
            if (find.Start > plain)
                runs.Add(new(text[plain..find.Start], Marked: false));
            runs.Add(new(text[find.Start..find.End], Marked: true));
            plain = find.End;
        }

        if (plain < end)
            runs.Add(new(text[plain..end], Marked: false));
        return runs;
    }

    Find Next(string text, int from)
    {
        for (int next; (next = text.AsSpan(from).IndexOfAny(anyForm)) >= 0; from += next + 1)
        {
            var start = from + next;
            var reader = new WordReader(text.AsSpan(start));
            if (WordReader.IsBoundary(text, start) && reader.Next() && forms.TryGetValue(reader.Word, out var found))
                return new(start, start + reader.End, found);
        }

        return default;
    }

    /// <summary>A place in a text where something that was searched for stands.</summary>
    /// <param name="Words">The bits of the words it is a form of; none when nothing was found.</param>
    [StructLayout(LayoutKind.Auto)]
    readonly record struct Find(int Start, int End, int Words);
}
