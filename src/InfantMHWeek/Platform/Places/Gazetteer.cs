using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace InfantMHWeek.Platform.Places;

/// <summary>
/// The places that come with the program: postcode districts and towns, written from general knowledge and rounded, so that
/// a fresh machine can find what is near. A postcode file (<c>places import</c>) makes it exact.
/// </summary>
public sealed class Gazetteer
{
    public sealed record District(string Code, string Town, GeoPoint Point, Region Region);

    public sealed record Town(string Name, GeoPoint Point, Region Region);

    static readonly Lazy<Gazetteer> Read = new(ReadEmbedded);
    public static Gazetteer Default => Read.Value;

    public FrozenDictionary<string, District> Districts { get; }
    public FrozenDictionary<string, District> Areas { get; }
    public FrozenDictionary<string, Town> Towns { get; }

    public Gazetteer(IReadOnlyCollection<District> districts, IEnumerable<Town> towns)
    {
        Districts = districts.ToFrozenDictionary(d => d.Code, StringComparer.Ordinal);
        Areas = districts
            .GroupBy(d => d.Code[..Postcode.AreaLength(d.Code)], StringComparer.Ordinal)
            .ToFrozenDictionary(
                g => g.Key,
                g => g.First() with { Code = g.Key, Point = Middle(g.Select(d => d.Point)) },
                StringComparer.Ordinal
            );
        // A town named in several lines is in the middle of the first one's districts; a town of its own line stands where that says.
        Towns = towns
            .Concat(districts.GroupBy(d => d.Town, StringComparer.Ordinal).Select(g => new Town(g.Key, g.First().Point, g.First().Region)))
            .GroupBy(t => KeyOf(t.Name), StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
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

    /// <summary>How a name is looked up: <c>St. Andrews</c>, <c>st andrews</c> and <c>St-Andrew's</c> are the same.</summary>
    public static string KeyOf(string name)
    {
        var key = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
            if (char.IsLetterOrDigit(letter))
                key.Append(char.ToLowerInvariant(letter));
        return key.ToString();
    }

    static Gazetteer ReadEmbedded()
    {
        var (districts, towns) = (new List<District>(), new List<Town>());
        foreach (
            var name in typeof(Gazetteer)
                .Assembly.GetManifestResourceNames()
                .Where(n => n.StartsWith("places/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var reader = new StreamReader(typeof(Gazetteer).Assembly.GetManifestResourceStream(name)!);
            Add(name, reader, districts, towns);
        }
        return new(districts, towns);
    }

    /// <summary>
    /// A line <c>= yorkshire</c> names the region of those below; <c>HG1-HG3 Harrogate 53.99 -1.54</c> gives districts;
    /// <c>Ilkley 53.93 -1.82</c>, below <c>= towns yorkshire</c>, gives a town.
    /// </summary>
    internal static void Add(string file, TextReader reader, List<District> districts, List<Town> towns)
    {
        var (region, townsHere, number) = (Region.None, false, 0);
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
                continue;
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "=")
            {
                townsHere = words[1] == "towns";
                region = Regions.Find(words[^1]);
                if (region == Region.None)
                    throw new FormatException($"{file}, line {number}: no region \"{words[^1]}\".");
                continue;
            }
            if (words.Length < 3 || !Number(words[^2], out var latitude) || !Number(words[^1], out var longitude))
                throw new FormatException($"{file}, line {number}: no coordinate in \"{line}\".");
            var point = new GeoPoint(latitude, longitude);
            if (townsHere)
                towns.Add(new(string.Join(' ', words[..^2]), point, region));
            else
                foreach (var code in Codes(words[0]))
                    districts.Add(new(code, string.Join(' ', words[1..^2]), point, region));
        }
    }

    /// <summary><c>HG1-HG3,HG5</c> is HG1, HG2, HG3 and HG5.</summary>
    static IEnumerable<string> Codes(string text)
    {
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            var letters = Postcode.AreaLength(ends[0]);
            if (ends.Length == 1)
                yield return part;
            else
                for (
                    var n = int.Parse(ends[0].AsSpan(letters), CultureInfo.InvariantCulture);
                    n <= int.Parse(ends[1].AsSpan(Postcode.AreaLength(ends[1])), CultureInfo.InvariantCulture);
                    n++
                )
                    yield return string.Create(CultureInfo.InvariantCulture, $"{ends[0][..letters]}{n}");
        }
    }

    static bool Number(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    public static GeoPoint Middle(IEnumerable<GeoPoint> points)
    {
        var all = points.ToList();
        return new(Math.Round(all.Average(p => p.Latitude), 4), Math.Round(all.Average(p => p.Longitude), 4));
    }
}
