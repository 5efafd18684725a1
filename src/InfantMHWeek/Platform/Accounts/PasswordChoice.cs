using System.Globalization;
using System.Text;
using Zxcvbn.Matcher;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>
/// Whether a password may be chosen. No rules about kinds of characters; instead, what people try first is refused: words
/// that everybody uses, dressed up or not, keys that lie side by side, dates, and the person's own name. Rules of our own know the
/// charity's words; zxcvbn counts how many guesses the rest would take, from lists that it brings along. Nobody is asked.
/// </summary>
static class PasswordChoice
{
    public const int Least = 8,
        Advised = 15,
        Most = 256;

    /// <summary>Below this length a password may not consist of nothing but words that everybody tries.</summary>
    const int LongEnough = 20;

    /// <summary>Fewer bits than these are guessed too soon. Four words by chance from a list of 7,776 have at least 34.</summary>
    const double LeastEntropy = 30;

    /// <summary>No more is measured: what is longer takes time, and is long enough.</summary>
    const int Measured = 60;

    const string Advice = "Choose another one: a few words that do not belong together are easy to remember.";
    static readonly Lazy<HashSet<string>> Common = new(ReadCommon);
    static readonly Lazy<Zxcvbn.Zxcvbn> Guesses = new(() => new());
    static readonly Lock OneAtATime = new();
    static readonly string[] OurWords =
    [
        "infant",
        "mental",
        "health",
        "awareness",
        "week",
        "infantmentalhealth",
        "aimh",
        "imhw",
        "charity",
        "babies",
        "staff",
    ];
    static readonly string[] Rows =
    [
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "abcdefghijklmnopqrstuvwxyz",
        "azertyuiop",
        "qwertzuiop",
        "01234567890",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
        "q1w2e3r4t5y6u7i8o9p0",
    ];

    /// <returns>What is wrong with it, fit to be shown; null when it is good.</returns>
    public static string? Problem(string? password, params string?[] own)
    {
        var text = (password ?? "").Normalize(NormalizationForm.FormC);
        var length = new StringInfo(text).LengthInTextElements;
        if (length == 0)
            return "Choose a password.";
        if (length < Least)
            return $"Your password must have at least {Least} characters. {Advised} or more are better: a few words that do not belong "
                + "together are easy to remember.";
        if (text.Length > Most)
            return $"Your password must have at most {Most} characters.";
        var why = TooFewGuesses(text, own) ?? (IsGuessed(text, own) ? "it is made of what people use most" : null);
        return why is null ? null : $"This password is among the first that anybody would try: {why}. {Advice}";
    }

    /// <returns>Why it is guessed soon; null when it is not.</returns>
    static string? TooFewGuesses(string text, string?[] own)
    {
        var theirs = own.SelectMany(o =>
                (o ?? "").ToLowerInvariant().Split([' ', '@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries)
            )
            .Where(w => w.Length > 2);
        Zxcvbn.Result found;
        lock (OneAtATime)
            found = Guesses.Value.EvaluatePassword(text.Length <= Measured ? text : text[..Measured], theirs.Concat(OurWords));
        return found.Entropy >= LeastEntropy
            ? null
            : found.MatchSequence.OrderByDescending(m => m.Token.Length).FirstOrDefault() switch
            {
                DictionaryMatch { DictionaryName: "passwords" } => "many people have chosen it, or nearly the same",
                DictionaryMatch { DictionaryName: "user_inputs" } => "it is made of your name, your address or ours",
                DictionaryMatch => "it is one common word or name with little around it",
                SpatialMatch => "its keys lie side by side",
                RepeatMatch or SequenceMatch => "it repeats itself or counts up",
                DateMatch => "it is a date",
                _ => "it is too short for how simple it is",
            };
    }

    /// <summary>The rules of our own.</summary>
    internal static bool IsGuessed(string text, string?[] own)
    {
        var small = text.ToLowerInvariant();
        if (small.Distinct().Count() < 4 || Common.Value.Contains(small))
            return true;
        if (Repeats(small))
            return true;
        if (small.Length < 12 && small.All(c => char.IsDigit(c) || char.IsPunctuation(c)))
            return true;
        var words = own.SelectMany(o =>
                (o ?? "").ToLowerInvariant().Split([' ', '@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries)
            )
            .Where(w => w.Length > 2)
            .ToHashSet(StringComparer.Ordinal);
        return Dressings(small).Any(core => core.Length == 0 || (core.Length < LongEnough && IsMadeOf(core, words)));
    }

    /// <summary>The same without what people hang on to it, and with letters for the signs that stand for them.</summary>
    static IEnumerable<string> Dressings(string text)
    {
        foreach (var plain in new[] { text, Undo(text, 'i'), Undo(text, 'l') })
        {
            var letters = string.Concat(plain.Where(c => !char.IsWhiteSpace(c) && !char.IsPunctuation(c) && !char.IsSymbol(c)));
            yield return letters;
            yield return letters.Trim("0123456789".ToCharArray());
        }
    }

    static string Undo(string text, char one) =>
        string.Concat(
            text.Select(c =>
                c switch
                {
                    '0' => 'o',
                    '1' or '!' => one,
                    '3' => 'e',
                    '4' or '@' => 'a',
                    '5' or '$' => 's',
                    '7' => 't',
                    '8' => 'b',
                    _ => c,
                }
            )
        );

    /// <summary>Whether it is nothing but common words, own words, keys in a row, years and short remains.</summary>
    static bool IsMadeOf(string text, HashSet<string> own)
    {
        // The fewest characters that none of these explain, from each place to the end.
        var left = new int[text.Length + 1];
        for (var at = text.Length - 1; at >= 0; at--)
        {
            left[at] = 1 + left[at + 1];
            for (var end = at + 3; end <= text.Length; end++)
            {
                var part = text[at..end];
                if (part.All(char.IsDigit) || Common.Value.Contains(part) || own.Contains(part) || (part.Length > 3 && IsRow(part)))
                    left[at] = Math.Min(left[at], left[end]);
            }
        }
        return left[0] <= 2;
    }

    static bool IsRow(string part)
    {
        var back = string.Concat(part.Reverse());
        return Rows.Any(row => row.Contains(part, StringComparison.Ordinal) || row.Contains(back, StringComparison.Ordinal));
    }

    static bool Repeats(string text)
    {
        for (var unit = 1; unit <= Math.Min(4, text.Length / 2); unit++)
            if (Enumerable.Range(unit, text.Length - unit).All(i => text[i] == text[i - unit]))
                return true;
        return false;
    }

    static HashSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordChoice).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    }
}
