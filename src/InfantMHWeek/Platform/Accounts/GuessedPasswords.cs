namespace InfantMHWeek.Platform.Accounts;

/// <summary>What people try first: words that everybody uses, dressed up or not, keys that lie side by side, dates, own names.</summary>
static class GuessedPasswords
{
    /// <summary>Below this length a password may not consist of nothing but words that everybody tries.</summary>
    const int LongEnough = 20;

    static readonly Lazy<HashSet<string>> Common = new(ReadCommon);
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

    /// <param name="own">Names and addresses of whoever chooses it.</param>
    public static bool Hold(string text, string?[] own)
    {
        var small = text.ToLowerInvariant();
        if (small.Distinct().Count() < 4 || Common.Value.Contains(small))
            return true;
        if (Repeats(small))
            return true;
        if (small.Length < 12 && small.All(c => char.IsDigit(c) || char.IsPunctuation(c)))
            return true;
        var words = PasswordChoice.WordsOf(own).ToHashSet(StringComparer.Ordinal);
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
        using var stream = typeof(GuessedPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    }
}
