using System.Globalization;
using System.Text;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>How alike two spellings are, case and diacritics apart.</summary>
static class Spelling
{
    /// <summary>The word in small letters without diacritics, as the index compares it.</summary>
    public static string Fold(string word)
    {
        if (Ascii.IsValid(word))
            return word.ToLowerInvariant();

        var folded = new StringBuilder(word.Length);
        foreach (var letter in word.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                folded.Append(char.ToLowerInvariant(letter));
        return folded.ToString();
    }

    /// <summary>
    /// The letters of a folded word as a set of bits. One slip of the finger changes two bits at most, so that most
    /// words are ruled out without being looked at.
    /// </summary>
    public static ulong Letters(string folded)
    {
        var letters = 0UL;
        foreach (var letter in folded)
            letters |= 1UL << (letter & 63);
        return letters;
    }

    /// <summary>How many slips are forgiven in a word of this length.</summary>
    public static int SlipsForgiven(int length) => length switch { < 4 => 0, < 6 => 1, _ => 2 };

    /// <summary>
    /// The least number of letters left out, added, mistaken or swapped with their neighbour that turns one word into the
    /// other (Damerau-Levenshtein, optimal string alignment), or anything above <paramref name="most"/> once it is more.
    /// </summary>
    public static int Slips(ReadOnlySpan<char> from, ReadOnlySpan<char> to, int most)
    {
        if (Math.Abs(from.Length - to.Length) > most)
            return most + 1;

        Span<int> beforeLast = stackalloc int[to.Length + 1];
        Span<int> last = stackalloc int[to.Length + 1];
        Span<int> current = stackalloc int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
            last[j] = j;

        for (var i = 1; i <= from.Length; i++)
        {
            current[0] = i;
            var least = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var mistaken = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                var slips = Math.Min(mistaken, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    slips = Math.Min(slips, beforeLast[j - 2] + 1);
                current[j] = slips;
                least = Math.Min(least, slips);
            }

            if (least > most)
                return least;
            var spare = beforeLast;
            beforeLast = last;
            last = current;
            current = spare;
        }

        return last[to.Length];
    }
}
