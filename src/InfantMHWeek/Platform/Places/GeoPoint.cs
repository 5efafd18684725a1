namespace InfantMHWeek.Platform.Places;

/// <summary>A point on the Earth, in degrees (WGS84).</summary>
sealed record GeoPoint(double Latitude, double Longitude)
{
    public const double EarthKm = 6371.0088;
    public const double KmPerMile = 1.609344;

    /// <summary>The United Kingdom and the islands of the Crown, with some sea.</summary>
    public bool InUk => Latitude is > 49.1 and < 61 && Longitude is > -8.7 and < 1.9;

    public (double X, double Y, double Z) OnBall()
    {
        var (lat, lon) = (double.DegreesToRadians(Latitude), double.DegreesToRadians(Longitude));
        return (Math.Cos(lat) * Math.Cos(lon), Math.Cos(lat) * Math.Sin(lon), Math.Sin(lat));
    }

    /// <summary>The point of a vector, of whatever length: the mean of some is in their midst.</summary>
    public static GeoPoint OfBall(double x, double y, double z) =>
        new(double.RadiansToDegrees(Math.Atan2(z, Math.Sqrt(x * x + y * y))), double.RadiansToDegrees(Math.Atan2(y, x)));

    public double KmTo(GeoPoint other)
    {
        var (a, b) = (OnBall(), other.OnBall());
        var chord = Math.Sqrt(Square(a.X - b.X) + Square(a.Y - b.Y) + Square(a.Z - b.Z));
        return 2 * EarthKm * Math.Asin(Math.Min(1, chord / 2));

        static double Square(double x) => x * x;
    }

    public double MilesTo(GeoPoint other) => KmTo(other) / KmPerMile;

    /// <summary>Two points are within so many miles of each other if the product of their balls' vectors is at least this.</summary>
    public static double Nearness(double miles) => Math.Cos(miles * KmPerMile / EarthKm);

    /// <summary>To about a kilometre: all that a search needs to know of where somebody is.</summary>
    public GeoPoint Rounded() => new(Math.Round(Latitude, 2), Math.Round(Longitude, 2));
}

/// <summary>Squares of about 11 by 10 kilometres, numbered from 1.</summary>
static class Grid
{
    const double South = 49,
        West = -9,
        High = .1,
        Wide = .15;
    const int Columns = 100;

    public static int CellOf(GeoPoint point) =>
        Cell((int)Math.Floor((point.Latitude - South) / High), (int)Math.Floor((point.Longitude - West) / Wide));

    static int Cell(int row, int column) => 1 + row * Columns + column;

    /// <summary>Every square that a circle touches.</summary>
    public static IReadOnlyList<int> Around(GeoPoint centre, double miles)
    {
        // A hair more than the circle, so that rounding loses nobody at its edge.
        var km = miles * GeoPoint.KmPerMile + .05;
        var high = km / 111.1;
        var wide = km / (111.1 * Math.Cos(double.DegreesToRadians(Math.Min(61, Math.Abs(centre.Latitude) + high))));
        int Row(double latitude) => (int)Math.Floor((latitude - South) / High);
        int Column(double longitude) => Math.Clamp((int)Math.Floor((longitude - West) / Wide), 0, Columns - 1);
        var cells = new List<int>();
        for (var row = Math.Max(0, Row(centre.Latitude - high)); row <= Row(centre.Latitude + high); row++)
        for (var column = Column(centre.Longitude - wide); column <= Column(centre.Longitude + wide); column++)
            cells.Add(Cell(row, column));
        return cells;
    }
}
