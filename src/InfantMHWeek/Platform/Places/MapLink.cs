using System.Globalization;
using System.Text.RegularExpressions;

namespace InfantMHWeek.Platform.Places;

/// <summary>
/// Reads the point in a link that somebody copied from a map (Google, Apple, OpenStreetMap, Bing), or plain coordinates. The link is
/// never opened.
/// </summary>
static partial class MapLink
{
    public const int MaxLength = 2000;

    /// <returns>Null when there is no point in it, or one that is not in the UK.</returns>
    public static GeoPoint? Read(string text)
    {
        var plain = Uri.UnescapeDataString(text.Trim()).Replace('+', ' ');
        foreach (var form in (Regex[])[PlaceOfGoogle(), MarkerOfOpenStreetMap(), InQuery(), AfterAt(), InFragment(), Alone()])
            if (form.Match(plain) is { Success: true } found && PointOf(found) is { InUk: true } point)
                return point;
        return null;
    }

    static GeoPoint? PointOf(Match found) =>
        Degrees(found, "lat", out var latitude) && Degrees(found, "lon", out var longitude)
            ? new(Math.Round(latitude, 5), Math.Round(longitude, 5))
            : null;

    static bool Degrees(Match found, string group, out double degrees) =>
        double.TryParse(
            found.Groups[group].ValueSpan,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out degrees
        );

    const string Latitude = @"(?<lat>-?\d{1,2}(\.\d{1,15})?)",
        Longitude = @"(?<lon>-?\d{1,3}(\.\d{1,15})?)";
    const RegexOptions How = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    const int Patience = 200;

    // The place that was chosen, where the middle of the map ("@53.8,-1.5") is another.
    [GeneratedRegex("!3d" + Latitude + "!4d" + Longitude, How, Patience)]
    private static partial Regex PlaceOfGoogle();

    [GeneratedRegex("[?&]mlat=" + Latitude + "&mlon=" + Longitude, How, Patience)]
    private static partial Regex MarkerOfOpenStreetMap();

    [GeneratedRegex(
        @"[?&](q|ll|sll|query|center|destination|daddr|coordinate|cp)=(loc:)?" + Latitude + @"[,~]\s?" + Longitude,
        How,
        Patience
    )]
    private static partial Regex InQuery();

    [GeneratedRegex("[@/]" + Latitude + @",\s?" + Longitude, How, Patience)]
    private static partial Regex AfterAt();

    [GeneratedRegex(@"#map=\d{1,2}(\.\d{1,4})?/" + Latitude + "/" + Longitude, How, Patience)]
    private static partial Regex InFragment();

    [GeneratedRegex("^(geo:)?" + Latitude + @"(,\s?|\s)" + Longitude + @"($|[?;])", How, Patience)]
    private static partial Regex Alone();
}
