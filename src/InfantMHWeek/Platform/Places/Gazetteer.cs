using System.Collections.Frozen;

namespace InfantMHWeek.Platform.Places;

/// <summary>
/// The places that come with the program, so that a fresh machine can find what is near: postcode districts, the sectors of
/// England, and towns. A postcode file (<c>places import</c>) makes it exact.
/// </summary>
sealed class Gazetteer
{
    /// <summary>What the owners of the figures want to be shown wherever a place was used.</summary>
    public const string Attribution =
        "Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal Mail copyright and database right. "
        + "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.";

    public sealed record District(string Code, string Town, GeoPoint Point, Region Region);

    static readonly Lazy<Gazetteer> Read = new(GazetteerReader.ReadEmbedded);
    public static Gazetteer Default => Read.Value;

    public FrozenDictionary<string, District> Districts { get; }

    /// <summary>By the letters with which the codes of several districts begin: <c>LS</c>.</summary>
    public FrozenDictionary<string, District> Areas { get; }

    /// <summary>By codes like <c>LS6 3</c>.</summary>
    public FrozenDictionary<string, GeoPoint> Sectors { get; }
    public TownNames Towns { get; }

    public Gazetteer(IReadOnlyCollection<District> districts, IReadOnlyDictionary<string, GeoPoint> sectors, IEnumerable<Town> towns)
    {
        Districts = districts.ToFrozenDictionary(d => d.Code, StringComparer.Ordinal);
        Areas = districts
            .GroupBy(d => d.Code[..Postcode.AreaLength(d.Code)], StringComparer.Ordinal)
            .ToFrozenDictionary(
                g => g.Key,
                g => g.First() with { Code = g.Key, Point = Middle(g.Select(d => d.Point)) },
                StringComparer.Ordinal
            );
        Sectors = sectors.ToFrozenDictionary(StringComparer.Ordinal);
        Towns = new(towns, districts);
    }

    /// <summary>The postcode district whose middle is nearest.</summary>
    public District DistrictNear(GeoPoint point)
    {
        var (x, y, z) = point.OnBall();
        return Districts
            .Values.Select(d => (District: d, Ball: d.Point.OnBall()))
            .MaxBy(d => d.Ball.X * x + d.Ball.Y * y + d.Ball.Z * z)
            .District;
    }

    public static GeoPoint Middle(IEnumerable<GeoPoint> points)
    {
        var all = points.ToList();
        return new(Math.Round(all.Average(p => p.Latitude), 4), Math.Round(all.Average(p => p.Longitude), 4));
    }
}
