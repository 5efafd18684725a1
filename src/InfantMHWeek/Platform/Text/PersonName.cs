using System.Text;
using System.Text.RegularExpressions;

namespace InfantMHWeek.Platform.Text;

/// <summary>
/// What somebody typed as a name, where it is read by somebody else. The first mail to an address may go to a stranger of whoever
/// typed it, so only what looks like a name is greeted: an address, a sentence or an offer is not, whatever the field was called.
/// </summary>
static partial class PersonName
{
    const int MostLetters = 50,
        MostWords = 4;

    // In a name of three words and more these may be written small; any other small word makes a sentence of it.
    static readonly HashSet<string> Particles = new(
        [
            "de",
            "del",
            "della",
            "di",
            "da",
            "do",
            "dos",
            "das",
            "du",
            "la",
            "le",
            "van",
            "von",
            "der",
            "den",
            "ten",
            "ter",
            "bin",
            "ibn",
            "binti",
            "al",
            "el",
            "ap",
            "ab",
            "ferch",
            "y",
            "e",
            "und",
            "zu",
            "mac",
            "nic",
            "ní",
            "ó",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    // Nobody is called so; bait is.
    static readonly HashSet<string> NeverNames = new(
        [
            "you",
            "your",
            "the",
            "this",
            "that",
            "is",
            "are",
            "to",
            "here",
            "now",
            "click",
            "call",
            "free",
            "win",
            "won",
            "please",
            "urgent",
            "prize",
            "money",
            "account",
            "password",
            "bank",
            "visit",
            "buy",
            "dot",
            "com",
            "www",
            "http",
            "https",
            "and",
            "or",
            "my",
            "we",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <returns>The name in its usual form, or null when it does not look like one.</returns>
    public static string? Of(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > 2 * MostLetters)
            return null;
        string name;
        try
        {
            name = typed.Trim().Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a pair of letters.
            return null;
        }
        if (name.Length > MostLetters || !Shape().IsMatch(name))
            return null;
        var words = name.Split(' ');
        if (words.Length > MostWords || words.Any(w => NeverNames.Contains(w)))
            return null;
        return words.Length <= 2 || words.All(w => !char.IsLower(w[0]) || Particles.Contains(w)) ? name : null;
    }

    const string Letter = @"\p{L}[\p{Mn}\p{Mc}]{0,2}";

    // Words of letters; hyphens and apostrophes between letters; a full stop after an initial or a title.
    const string Word = $@"(?:{Letter}(?:{Letter}){{0,2}}\.|{Letter}(?:[-'’ʼ]?{Letter}){{0,24}})";

    [GeneratedRegex($@"^{Word}(?: {Word})*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
