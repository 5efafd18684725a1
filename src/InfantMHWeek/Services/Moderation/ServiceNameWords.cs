namespace InfantMHWeek.Services.Moderation;

/// <summary>Which words of names tell services apart, and the digits of telephones, however they were typed.</summary>
static class ServiceNameWords
{
    /// <summary>Words that many names have, so that they tell nothing.</summary>
    static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "the",
        "and",
        "of",
        "for",
        "in",
        "at",
        "a",
        "with",
        "to",
        "on",
        "your",
        "service",
        "services",
        "team",
        "project",
        "nhs",
        "ltd",
        "cic",
        "charity",
    };

    /// <summary>Words by which two services of one organisation differ: a side of the town, a day, a number.</summary>
    static readonly HashSet<string> Telling = new(StringComparer.Ordinal)
    {
        "north",
        "south",
        "east",
        "west",
        "central",
        "upper",
        "lower",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "online",
        "phone",
        "dads",
        "dad",
        "fathers",
        "mums",
        "mum",
        "mothers",
        "twins",
    };

    /// <summary><c>+44 (0)113 496 0000</c> and <c>0113 4960000</c> are one number.</summary>
    public static string Digits(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        if (digits.StartsWith("0044", StringComparison.Ordinal))
            digits = digits[2..];
        if (digits.StartsWith("44", StringComparison.Ordinal) && digits.Length > 10)
            digits = digits[2..];
        return digits.TrimStart('0');
    }

    /// <summary>Whether many names have it, so that it tells nothing.</summary>
    public static bool IsCommon(string word) => Common.Contains(word);

    /// <summary>Whether services of one organisation differ by it.</summary>
    public static bool IsTelling(string word) => Telling.Contains(word) || word.Any(char.IsAsciiDigit);
}
