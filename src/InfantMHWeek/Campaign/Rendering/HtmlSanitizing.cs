using Ganss.Xss;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>
/// The second wall: whatever the renderer wrote, only these elements and attributes come out. It does not rely on the
/// first wall, nor the content policy on either.
/// </summary>
static class HtmlSanitizing
{
    const string Elements =
        "a abbr blockquote br caption circle code div em figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre rect "
        + "section span strong sub sup svg table tbody td th thead tr ul";
    const string Attributes =
        "alt aria-hidden aria-label aria-labelledby class colspan cx cy focusable height href id loading "
        + "preserveaspectratio preserveAspectRatio r rowspan scope src start stroke-dasharray title viewbox viewBox width";

    static readonly HtmlSanitizer Sanitizer = Build();

    public static string Clean(string html) => Sanitizer.Sanitize(html);

    static HtmlSanitizer Build()
    {
        var sanitizer = new HtmlSanitizer(
            new HtmlSanitizerOptions
            {
                AllowedTags = Set(Elements),
                AllowedAttributes = Set(Attributes),
                AllowedSchemes = Set("https http mailto tel sms"),
                UriAttributes = Set("href src"),
                AllowedCssProperties = Set(""),
            }
        );
        // A picture from elsewhere would tell elsewhere who reads what.
        sanitizer.FilterUrl += (_, address) =>
        {
            if (address.Tag.LocalName == "img" && !IsOwnPicture(address.OriginalUrl))
                address.SanitizedUrl = null;
        };
        return sanitizer;
    }

    static bool IsOwnPicture(string address) =>
        address.StartsWith('/')
        && !address.StartsWith("//", StringComparison.Ordinal)
        && address.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.');

    static HashSet<string> Set(string names) =>
        new(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
