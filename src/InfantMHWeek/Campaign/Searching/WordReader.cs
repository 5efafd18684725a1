using System.Buffers;
using System.Globalization;
using System.Text;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>
/// Reads a text word by word: letters and numbers, with the marks that belong to them. Anything else parts two words,
/// half a surrogate pair included.
/// </summary>
ref struct WordReader(ReadOnlySpan<char> text)
{
    readonly ReadOnlySpan<char> text = text;

    public int Start { get; private set; }
    public int End { get; private set; }
    public readonly ReadOnlySpan<char> Word => text[Start..End];

    public bool Next()
    {
        var at = End;
        while (at < text.Length && !IsLetterOrNumber(text, at, out var length))
            at += length;
        Start = at;
        while (at < text.Length && (IsLetterOrNumber(text, at, out var length) || IsMark(text, at, out length)))
            at += length;
        End = at;
        return End > Start;
    }

    /// <summary>Whether a word can begin here: what stands before does not belong to one.</summary>
    public static bool IsBoundary(ReadOnlySpan<char> text, int at) =>
        Rune.DecodeLastFromUtf16(text[..at], out var before, out _) != OperationStatus.Done
        || !(IsLetterOrNumber(before) || IsMark(before));

    static bool IsLetterOrNumber(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 1;
        var first = text[at];
        return first < 128
            ? char.IsAsciiLetterOrDigit(first)
            : Rune.DecodeFromUtf16(text[at..], out var rune, out length) == OperationStatus.Done && IsLetterOrNumber(rune);
    }

    static bool IsMark(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 1;
        return text[at] >= 128 && Rune.DecodeFromUtf16(text[at..], out var rune, out length) == OperationStatus.Done && IsMark(rune);
    }

    static bool IsLetterOrNumber(Rune rune) => Rune.IsLetter(rune) || Rune.IsNumber(rune);

    static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
