using System.Globalization;
using System.Text;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>Words as the search compares them, case and diacritics apart.</summary>
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
    public static int SlipsForgiven(int length) =>
        length switch
        {
            < 4 => 0,
            < 6 => 1,
            _ => 2,
        };
}
