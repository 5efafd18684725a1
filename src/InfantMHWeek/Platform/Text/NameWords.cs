using System.Globalization;
using System.Text;

namespace InfantMHWeek.Platform.Text;

/// <summary>The words of names, however they were typed, and how like two names are.</summary>
static class NameWords
{
    const double LeastOfWord = .6;

    public static List<string> Of(string text)
    {
        var letters = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormD).ToLowerInvariant())
            if (char.IsLetterOrDigit(letter))
                letters.Append(letter);
            else if (letter is not ('\'' or '’') && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                letters.Append(' ');
        return [.. letters.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    public static string Key(string text) => string.Concat(Of(text));

    /// <summary>From 0 to 1. Words of one or the other that no word of the other is like count against it.</summary>
    public static double Likeness(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        var (few, many) = one.Count <= other.Count ? (one, other) : (other, one);
        if (few.Count == 0)
            return 0;
        var left = many.ToList();
        double found = 0;
        foreach (var word in few)
        {
            var (best, likeness) = (-1, .0);
            for (var i = 0; i < left.Count; i++)
                if (Likeness(word, left[i]) is var like && like > likeness)
                    (best, likeness) = (i, like);
            if (likeness < LeastOfWord)
                continue;
            found += likeness;
            left.RemoveAt(best);
        }
        var byWords = 2 * found / (few.Count + many.Count);
        return Math.Max(byWords, Likeness(string.Concat(one), string.Concat(other)));
    }

    /// <summary>From 0 to 1, by the letters alone.</summary>
    public static double Likeness(string one, string other)
    {
        if (one == other)
            return 1;
        var longest = Math.Max(one.Length, other.Length);
        var most = longest / 3;
        return longest == 0 || EditDistance.Between(one, other, most) is var slips && slips > most ? 0 : 1 - (double)slips / longest;
    }
}
