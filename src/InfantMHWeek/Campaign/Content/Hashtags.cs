namespace InfantMHWeek.Campaign.Content;

/// <summary>A hashtag is one word of letters and digits; the site writes the one # before it.</summary>
static class Hashtags
{
    /// <summary>
    /// The hashtags in a line with commas, without #, spaces and signs that would end them: <c>"#IMHAW 2026, ##Babies"</c> is
    /// <c>IMHAW2026, Babies</c>.
    /// </summary>
    public static IReadOnlyList<string> In(string written) =>
        [
            .. written
                .Split([',', ';', '#'])
                .Select(tag => string.Concat(tag.Where(c => char.IsLetterOrDigit(c) || c == '_')))
                .Where(tag => tag.Length > 0)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
}
