using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Pages;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>The town or postcode in what was typed, if it asks for what is near.</summary>
public static partial class PlaceInSearch
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
    public static string? Of(string typed, PublicPlaces places, bool asksForEvents)
    {
        if (MaybePostcode.Match(typed) is { Success: true } found && places.IsPostcode(found.Value))
            return found.Value.ToUpperInvariant();
        if (places.TownOf(typed) is { } whole)
            return whole;
        var words = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var count = Math.Min(MostWordsInATown, words.Length - 1); count > 0; count--)
        {
            var said = Before.Contains(words[^(count + 1)], StringComparer.OrdinalIgnoreCase);
            if ((said || asksForEvents) && places.TownOf(string.Join(' ', words[^count..])) is { } town)
                return town;
        }
        return null;
    }
}
