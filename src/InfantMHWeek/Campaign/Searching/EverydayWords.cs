using System.Runtime.CompilerServices;
using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>
/// What people type in their own words, and the pages that answer it although they say it otherwise. The list is the charity's:
/// <c>words.yml</c>.
/// </summary>
sealed class EverydayWords
{
    const int MostLed = 3;
    static readonly ConditionalWeakTable<Wording, EverydayWords> Made = [];
    readonly IReadOnlyList<(EverydayPhrase Phrase, List<string> Stems)> phrases;

    EverydayWords(Wording wording) => phrases = [.. wording.Everyday.Select(p => (p, StemsOf(p.Phrase))).Where(p => p.Item2.Count > 0)];

    public static EverydayWords Of(Wording wording) => Made.GetValue(wording, static w => new(w));

    /// <summary>The phrases that stand in what was typed, the closest first; of each page one.</summary>
    public IReadOnlyList<EverydayPhrase> In(string typed)
    {
        var stems = StemsOf(typed);
        return
        [
            .. phrases
                .Select(p => (p.Phrase, Score: Score(p.Stems, stems)))
                .Where(p => p.Score > 0)
                .OrderByDescending(p => p.Phrase.Crisis)
                .ThenByDescending(p => p.Score)
                .Select(p => p.Phrase)
                .DistinctBy(p => p.Path, StringComparer.Ordinal)
                .Take(MostLed),
        ];
    }

    /// <summary>
    /// Whole and in its order a phrase counts most; all its words anywhere count less; one word alone must be the word itself.
    /// </summary>
    static int Score(List<string> phrase, List<string> typed)
    {
        if (phrase.Count > typed.Count)
            return 0;
        for (var at = 0; at + phrase.Count <= typed.Count; at++)
            if (typed.Skip(at).Take(phrase.Count).SequenceEqual(phrase, StringComparer.Ordinal))
                return 10 * phrase.Count + (phrase.Count == typed.Count ? 5 : 0);
        return phrase.Count > 1 && phrase.TrueForAll(typed.Contains) ? 6 * phrase.Count : 0;
    }

    static List<string> StemsOf(string text)
    {
        // "won't" is one word, with whichever apostrophe or none.
        var joined = text.Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal);
        var stems = new List<string>();
        var reader = new WordReader(joined);
        while (reader.Next() && stems.Count < SearchWords.MaxLength)
            stems.Add(Stem(Spelling.Fold(reader.Word.ToString())));
        return stems;
    }

    /// <summary>So little of English that "cries", "cried" and "crying" are the same, and "hit" is "hitting".</summary>
    static string Stem(string word)
    {
        var stem = word switch
        {
            { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
            { Length: > 4 } when word.EndsWith("ied", StringComparison.Ordinal) => word[..^3] + "y",
            { Length: > 5 } when word.EndsWith("ing", StringComparison.Ordinal) => word[..^3],
            { Length: > 4 } when word.EndsWith("ed", StringComparison.Ordinal) => word[..^2],
            { Length: > 3 } when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) => word[..^1],
            _ => word,
        };
        return stem.Length > 3 && stem.Length < word.Length && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's') ? stem[..^1] : stem;
    }
}
