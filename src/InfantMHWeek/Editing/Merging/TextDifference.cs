using DiffPlex;
using DiffPlex.Chunkers;

namespace InfantMHWeek.Editing.Merging;

enum TextChange
{
    Same,
    Removed,
    Added,
}

/// <summary>A stretch of words that two texts share, or that one of them lacks.</summary>
sealed record TextPiece(TextChange Change, string Text);

/// <summary>What differs between two texts, word by word; line by line where they are too long for that.</summary>
static class TextDifference
{
    const int LongestByWords = 120_000;

    public static IReadOnlyList<TextPiece> Between(string before, string after)
    {
        IChunker chunker =
            before.Length + after.Length > LongestByWords
                ? LineEndingsPreservingChunker.Instance
                : new DelimiterChunker([' ', '\t', '\n', '.', ',', ';', ':', '(', ')', '[', ']', '*', '"', '|', '/']);
        var found = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, chunker);
        var pieces = new List<TextPiece>();
        var at = 0;
        foreach (var block in found.DiffBlocks)
        {
            Add(TextChange.Same, found.PiecesOld, at, block.DeleteStartA);
            Add(TextChange.Removed, found.PiecesOld, block.DeleteStartA, block.DeleteStartA + block.DeleteCountA);
            Add(TextChange.Added, found.PiecesNew, block.InsertStartB, block.InsertStartB + block.InsertCountB);
            at = block.DeleteStartA + block.DeleteCountA;
        }
        Add(TextChange.Same, found.PiecesOld, at, found.PiecesOld.Count);
        return pieces;

        void Add(TextChange kept, IReadOnlyList<string> words, int from, int to)
        {
            if (to > from)
                pieces.Add(new(kept, string.Concat(words.Skip(from).Take(to - from))));
        }
    }
}
