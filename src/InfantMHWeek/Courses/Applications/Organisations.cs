using System.Globalization;
using System.Text;

namespace InfantMHWeek.Courses.Applications;

/// <summary>
/// Which of those who apply belong to the same organisation: its name or its charity number is the same. One who leaves the
/// number out still has the name, and one who writes the name otherwise still has the number.
/// </summary>
sealed class Organisations
{
    const int ShortestNumber = 5;

    /// <summary>What says nothing about which organisation it is.</summary>
    static readonly HashSet<string> Dropped = new(["THE", "LTD", "LIMITED", "CIC", "CIO", "SCIO", "PLC", "AND"], StringComparer.Ordinal);

    readonly Dictionary<string, string> same = new(StringComparer.Ordinal);

    /// <param name="known">The keys of all that are compared.</param>
    public Organisations(IEnumerable<(string Name, string? Number)> known)
    {
        foreach (var (name, number) in known)
            if (number is not null)
                same[Root("name " + name)] = Root("number " + number);
    }

    /// <returns>The same text for the same organisation.</returns>
    public string Of(string name) => Root("name " + name);

    string Root(string of)
    {
        while (same.TryGetValue(of, out var next) && next != of)
            of = next;
        return of;
    }

    /// <summary>A name for comparing: without accents, capitals, punctuation and words such as "Ltd".</summary>
    public static string NameKey(string name)
    {
        var words = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(letter))
                words.Append(letter);
            else if (char.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark && letter is not ('\'' or '’' or '.'))
                words.Append(' ');
        }
        var all = words.ToString().ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var key = string.Concat(all.Where(w => !Dropped.Contains(w)));
        if (key.Length == 0)
            key = string.Concat(all);
        if (key.Length == 0)
            key = name.ToUpperInvariant();
        return key.Length <= Application.OrganisationMaxLength ? key : key[..Application.OrganisationMaxLength];
    }

    /// <summary>A charity number for comparing, or null where there is none worth the name.</summary>
    public static string? NumberKey(string? number)
    {
        var key = string.Concat((number ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return key.Count(char.IsAsciiDigit) >= ShortestNumber ? key : null;
    }
}
