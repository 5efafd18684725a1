using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>The town or postcode in what was typed, if it asks for what is near.</summary>
static partial class PlaceInSearch
{
    const int MostWordsInATown = 3;
    static readonly string[] Before = ["in", "near", "at", "around", "to"];

    [GeneratedRegex(
        @"\b[a-z]{1,2}\d[a-z\d]?(\s*\d[a-z]{2})?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        100
    )]
    private static partial Regex MaybePostcode { get; }

    /// <param name="asksForEvents">
    /// Whether the other words ask for something to go to. Bath, Reading and Deal are towns, and words: alone, or so, they are meant.
    /// </param>
    public static string? Of(string typed, bool asksForEvents)
    {
        if (MaybePostcode.Match(typed) is { Success: true } found && IsPostcode(found.Value))
            return found.Value.ToUpperInvariant();
        if (TownOf(typed) is { } whole)
            return whole;
        var words = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var count = Math.Min(MostWordsInATown, words.Length - 1); count > 0; count--)
        {
            var said = Before.Contains(words[^(count + 1)], StringComparer.OrdinalIgnoreCase);
            if ((said || asksForEvents) && TownOf(string.Join(' ', words[^count..])) is { } town)
                return town;
        }
        return null;
    }

    static string? TownOf(string text) => Gazetteer.Default.Towns.NameOf(text);

    static bool IsPostcode(string text) =>
        Postcode.TryParse(text, null, out var postcode)
            ? Gazetteer.Default.Areas.ContainsKey(postcode.Outward[..Postcode.AreaLength(postcode.Outward)])
            : Gazetteer.Default.Districts.ContainsKey(text.ToUpperInvariant());
}
