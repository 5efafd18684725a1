using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Events.Importing;

/// <summary>A place that stands in one line: <c>Village hall, High Street, Leeds LS1 4AP, UK</c>.</summary>
static partial class AddressText
{
    static readonly string[] Countries = ["uk", "u.k.", "united kingdom", "great britain", "gb", "england", "scotland", "wales", "cymru"],
        Elsewhere = ["zoom", "online", "microsoft teams", "teams meeting", "google meet", "webinar", "virtual"];

    public static bool IsOnline(string text) =>
        text.StartsWith("http", StringComparison.OrdinalIgnoreCase)
        || Elsewhere.Any(e => text.Contains(e, StringComparison.OrdinalIgnoreCase)) && ReadPostcode(text).Postcode.Length == 0;

    public static (string Venue, string Street, string Town, string Postcode) Read(string text)
    {
        var (postcode, rest) = ReadPostcode(text);
        var parts = rest.Split([',', '\n', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Trim('(', ')', '.', ' '))
            .Where(p => p.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        // A country is no town; Northern Ireland is a part of the address that people expect.
        while (parts.Count > 1 && Countries.Contains(parts[^1], StringComparer.OrdinalIgnoreCase))
            parts.RemoveAt(parts.Count - 1);
        string Fit(string line) => EventFile.Fit(line, EventDetails.MaxLine);
        return (
            Fit(parts.FirstOrDefault("")),
            Fit(parts.Count > 2 ? string.Join(", ", parts[1..^1]) : ""),
            Fit(parts.Count > 1 ? parts[^1] : ""),
            postcode
        );
    }

    /// <summary>The last one in a text, and the text without it.</summary>
    static (string Postcode, string Without) ReadPostcode(string text)
    {
        foreach (var found in Code().Matches(text).Reverse())
            if (Postcode.TryParse(found.Value, null, out var postcode))
                return (postcode.ToString(), text.Remove(found.Index, found.Length));
        return ("", text);
    }

    [GeneratedRegex(
        @"\b[A-Z]{1,2}[0-9][A-Z0-9]?[ \u00a0]{0,2}[0-9][A-Z]{2}\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Code();
}
