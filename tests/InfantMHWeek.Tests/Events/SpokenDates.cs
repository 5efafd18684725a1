using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InfantMHWeek.Tests.Events;

/// <summary>Reads what the site says of a moment, without the site's own code.</summary>
static partial class SpokenDates
{
    public static DateTime Utc(JsonNode text) => Utc(text.GetValue<string>());

    public static DateTime Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;

    /// <summary>The moments that words mean, read as a person would: by the clock on the wall.</summary>
    public static List<(DateTime Starts, DateTime Ends)> Words(string text) =>
        [
            .. Spoken()
                .Matches(text)
                .Select(m =>
                    (
                        Moment(m.Groups["day"].Value, m.Groups["starts"].Value, m.Groups["first"].Value),
                        Moment(
                            m.Groups["last"].Success ? m.Groups["last"].Value : m.Groups["day"].Value,
                            m.Groups["ends"].Value,
                            m.Groups["second"].Value
                        )
                    )
                ),
        ];

    static DateTime Moment(string day, string time, string which)
    {
        var local = DateTime.ParseExact($"{day} {time}", "dddd d MMMM yyyy HH:mm", CultureInfo.GetCultureInfo("en-GB"));
        var london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        Assert.Equal(london.IsAmbiguousTime(local), which.Length > 0);
        if (which.Length == 0)
            return TimeZoneInfo.ConvertTimeToUtc(local, london);
        var offsets = london.GetAmbiguousTimeOffsets(local);
        return DateTime.SpecifyKind(local - (which == "first" ? offsets.Max() : offsets.Min()), DateTimeKind.Utc);
    }

    [GeneratedRegex(
        @"(?<day>\w+ \d{1,2} \w+ \d{4}), (?<starts>\d\d:\d\d)(?: \(the (?<first>first|second)[^)]*\))?"
            + @"(?: to |, to (?<last>\w+ \d{1,2} \w+ \d{4}), )(?<ends>\d\d:\d\d)(?: \(the (?<second>first|second)[^)]*\))?",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex Spoken();
}
