using static System.Math;

namespace InfantMHWeek.Platform.Places;

/// <summary>
/// Eastings and northings of the British National Grid (OSGB36) as latitude and longitude (WGS84), to about five metres: Ordnance
/// Survey, "A guide to coordinate systems in Great Britain", annexes B and C.
/// </summary>
static class NationalGrid
{
    // Airy 1830, and the grid's origin.
    const double A = 6377563.396,
        B = 6356256.909,
        Scale = .9996012717,
        E0 = 400000,
        N0 = -100000;
    const double A84 = 6378137,
        B84 = 6356752.3141;
    static readonly double Lat0 = double.DegreesToRadians(49),
        Lon0 = double.DegreesToRadians(-2);

    public static GeoPoint ToPoint(double east, double north)
    {
        var (e2, n) = (1 - B * B / (A * A), (A - B) / (A + B));
        var lat = Lat0 + (north - N0) / (A * Scale);
        for (var turn = 0; turn < 10; turn++)
            lat += (north - N0 - Arc(lat, n)) / (A * Scale);
        var (sin, cos, tan) = (Sin(lat), Cos(lat), Tan(lat));
        var nu = A * Scale / Sqrt(1 - e2 * sin * sin);
        var rho = A * Scale * (1 - e2) / Pow(1 - e2 * sin * sin, 1.5);
        var (eta2, t2, d) = (nu / rho - 1, tan * tan, east - E0);
        var latitude =
            lat
            - tan / (2 * rho * nu) * d * d
            + tan / (24 * rho * Pow(nu, 3)) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2) * Pow(d, 4)
            - tan / (720 * rho * Pow(nu, 5)) * (61 + 90 * t2 + 45 * t2 * t2) * Pow(d, 6);
        var longitude =
            Lon0
            + d / (cos * nu)
            - (nu / rho + 2 * t2) / (6 * cos * Pow(nu, 3)) * Pow(d, 3)
            + (5 + 28 * t2 + 24 * t2 * t2) / (120 * cos * Pow(nu, 5)) * Pow(d, 5);
        return ToWgs84(latitude, longitude, e2);
    }

    static double Arc(double lat, double n) =>
        B
        * Scale
        * (
            (1 + n + 1.25 * n * n + 1.25 * n * n * n) * (lat - Lat0)
            - (3 * n + 3 * n * n + 2.625 * n * n * n) * Sin(lat - Lat0) * Cos(lat + Lat0)
            + (1.875 * n * n + 1.875 * n * n * n) * Sin(2 * (lat - Lat0)) * Cos(2 * (lat + Lat0))
            - 35 / 24d * n * n * n * Sin(3 * (lat - Lat0)) * Cos(3 * (lat + Lat0))
        );

    /// <summary>The published shift between the two bodies: three distances, three turns, one scale.</summary>
    static GeoPoint ToWgs84(double lat, double lon, double e2)
    {
        var nu = A / Sqrt(1 - e2 * Sin(lat) * Sin(lat));
        var (x, y, z) = (nu * Cos(lat) * Cos(lon), nu * Cos(lat) * Sin(lon), (1 - e2) * nu * Sin(lat));
        var (rx, ry, rz) = (
            double.DegreesToRadians(.1502 / 3600),
            double.DegreesToRadians(.2470 / 3600),
            double.DegreesToRadians(.8421 / 3600)
        );
        const double Stretch = 1 - 20.4894e-6;
        var (x2, y2, z2) = (
            446.448 + Stretch * x - rz * y + ry * z,
            -125.157 + rz * x + Stretch * y - rx * z,
            542.060 - ry * x + rx * y + Stretch * z
        );
        var f2 = 1 - B84 * B84 / (A84 * A84);
        var flat = Sqrt(x2 * x2 + y2 * y2);
        var latitude = Atan2(z2, flat * (1 - f2));
        for (var turn = 0; turn < 10; turn++)
            latitude = Atan2(z2 + f2 * A84 / Sqrt(1 - f2 * Sin(latitude) * Sin(latitude)) * Sin(latitude), flat);
        return new(double.RadiansToDegrees(latitude), double.RadiansToDegrees(Atan2(y2, x2)));
    }
}
