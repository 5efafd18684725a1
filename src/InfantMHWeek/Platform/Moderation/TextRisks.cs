using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Platform.Moderation;

/// <summary>What a moderator should look at twice in what strangers typed. Each is a hint in plain words, never a decision.</summary>
static class TextRisks
{
    static readonly string[] FreeMail = ["gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "yahoo.co.uk", "icloud.com"];

    /// <param name="delicate">Words, or beginnings of words, that need a second look.</param>
    public static IEnumerable<string> Of(string text, IEnumerable<string> delicate)
    {
        if (delicate.FirstOrDefault(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)) is { } word)
            yield return $"It says “{word}”";
        if (
            text.Contains("http", StringComparison.OrdinalIgnoreCase)
            || text.Contains("www.", StringComparison.OrdinalIgnoreCase)
            || text.Contains('@', StringComparison.Ordinal)
        )
            yield return "Addresses in the text";
    }

    /// <summary>Whether anybody can have an address there, so that it says nothing of who writes.</summary>
    public static bool IsFree(EmailAddress address) => FreeMail.Any(m => address.Key.EndsWith("@" + m, StringComparison.Ordinal));
}
