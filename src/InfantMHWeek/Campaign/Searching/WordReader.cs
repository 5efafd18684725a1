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
        while (at < text.Length && (IsLetterOrNumber(text, at, out var length) || IsMark(text[at])))
            at += length;
        End = at;
        return End > Start;
    }

    /// <summary>Whether a new word can begin here, rather than one go on.</summary>
    public static bool IsBoundary(ReadOnlySpan<char> text, int at) =>
        at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || char.IsLowSurrogate(text[at - 1]) || IsMark(text[at - 1]));

    static bool IsLetterOrNumber(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 1;
        var first = text[at];
        return first < 128 ? char.IsAsciiLetterOrDigit(first) : IsLetterOrNumberBeyondAscii(text[at..], out length);
    }

    static bool IsLetterOrNumberBeyondAscii(ReadOnlySpan<char> text, out int length) =>
        Rune.DecodeFromUtf16(text, out var rune, out length) == OperationStatus.Done
        && (Rune.IsLetter(rune) || Rune.IsNumber(rune));

    static bool IsMark(char sign) =>
        sign >= 128
        && char.GetUnicodeCategory(sign) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
