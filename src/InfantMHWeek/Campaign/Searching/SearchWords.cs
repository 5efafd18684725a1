namespace InfantMHWeek.Campaign.Searching;

/// <summary>What someone typed into the search, and the FTS5 expressions made of it.</summary>
static class SearchWords
{
    public const int MaxLength = 200;
    public const int MaxWords = 10;
    static readonly string[] Small =
    [
        "a",
        "an",
        "and",
        "are",
        "at",
        "for",
        "i",
        "in",
        "is",
        "me",
        "my",
        "near",
        "of",
        "on",
        "the",
        "to",
        "with",
    ];

    /// <summary>
    /// The words to search for. They hold nothing but letters, numbers and their marks, so that no sign of FTS5's
    /// language can be among them.
    /// </summary>
    public static List<string> In(ReadOnlySpan<char> typed)
    {
        typed = typed[..Math.Min(typed.Length, MaxLength)];
        var words = new List<string>();
        var reader = new WordReader(typed);
        while (words.Count < MaxWords && reader.Next())
            if (!IsPossessive(typed, reader.Start, reader.Word))
                words.Add(reader.Word.ToString());
        return words;
    }

    /// <summary>Without the small words of every question: where all words must be found, they would hide what is meant.</summary>
    public static string WithoutSmall(string typed) =>
        string.Join(' ', In(typed).Where(word => !Small.Contains(word, StringComparer.OrdinalIgnoreCase)));

    /// <summary>This very word, in any of the forms that share its stem.</summary>
    public static string Exactly(string word) => $"\"{word}\"";

    /// <summary>Any word that begins like this.</summary>
    public static string Beginning(string word) => $"\"{word}\" *";

    public static string AnyOf(IEnumerable<string> expressions) => $"({string.Join(" OR ", expressions)})";

    public static string AllOf(IEnumerable<string> expressions) => string.Join(" AND ", expressions);

    // "baby's sleep" asks about babies and sleep, and not for pages with a lone s.
    static bool IsPossessive(ReadOnlySpan<char> typed, int start, ReadOnlySpan<char> word) =>
        start > 1 && typed[start - 1] is '\'' or '’' && word is "s" or "S";
}
