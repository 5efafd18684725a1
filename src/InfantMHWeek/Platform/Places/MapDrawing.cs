namespace InfantMHWeek.Platform.Places;

/// <summary>
/// Where a point stands on the drawing of the country (<c>Shared/_Land.cshtml</c>); a degree of longitude is drawn as wide as it is at
/// 54 degrees north.
/// </summary>
static class MapDrawing
{
    public const int Width = 100,
        Height = 156;

    public static (double X, double Y) At(GeoPoint point) =>
        (Math.Round((point.Longitude + 8.7) * 9.4, 2), Math.Round((60.9 - point.Latitude) * 13.2, 2));
}
