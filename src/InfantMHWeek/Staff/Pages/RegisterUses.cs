using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Staff.Pages;

/// <summary>Which pages name an entry of a register, so that it is not taken away from under them.</summary>
public sealed class RegisterUses(PageLibrary library)
{
    const int Most = 20;

    public IReadOnlyList<string> Of(string register, string key) => register != "sources" || key.Length == 0 ? [] :
        [.. library.Contents.Files.Values.Where(f => f.Name.EndsWith(".md", StringComparison.Ordinal) && f.Text is { } text && Names(text, key)).Select(f => f.Name).Order(StringComparer.Ordinal).Take(Most)];

    static bool Names(string text, string key)
    {
        for (var at = text.IndexOf(key, StringComparison.Ordinal); at >= 0; at = text.IndexOf(key, at + 1, StringComparison.Ordinal))
            if ((at == 0 || !IsPart(text[at - 1])) && (at + key.Length == text.Length || !IsPart(text[at + key.Length]))) return true;
        return false;
    }

    static bool IsPart(char letter) => letter == '-' || char.IsLetterOrDigit(letter);
}
