using System.Globalization;

namespace InfantMHWeek.Platform.Places;

/// <summary>Reads the tables that come with the program; each says at its top what its lines mean.</summary>
sealed class GazetteerReader
{
    const string Folder = "places/",
        Points = "points",
        Towns = "towns",
        County = "county ";

    readonly Dictionary<string, GeoPoint> points = new(StringComparer.Ordinal),
        sectors = new(StringComparer.Ordinal);
    readonly Dictionary<string, Gazetteer.District> districts = new(StringComparer.Ordinal);
    readonly List<Town> towns = [];
    string file = "";
    int number;

    public static Gazetteer ReadEmbedded()
    {
        var reader = new GazetteerReader();
        reader.ReadAll(Points, reader.AddPoints);
        var region = Region.None;
        foreach (var nation in (string[])["crown-dependencies", "england", "northern-ireland", "scotland", "wales"])
            reader.ReadAll(nation, line => region = reader.AddDistricts(line, region));
        if (reader.points.Keys.Except(reader.districts.Keys, StringComparer.Ordinal).ToList() is { Count: > 0 } nameless)
            throw new FormatException($"No town is named for {string.Join(", ", nameless)}.");
        reader.ReadAll(Towns, reader.AddTown);
        return new(reader.districts.Values, reader.sectors, reader.towns);
    }

    void ReadAll(string name, Action<string> add)
    {
        (file, number) = (name, 0);
        using var lines = new StreamReader(typeof(Gazetteer).Assembly.GetManifestResourceStream($"{Folder}{name}.txt")!);
        while (lines.ReadLine() is { } line)
        {
            number++;
            if (line.Length > 0 && line[0] != '#')
                add(line);
        }
    }

    FormatException Wrong(string what) => new($"{file}.txt, line {number}: {what}.");

    /// <summary><c>AL1 51.749 -0.331 1:-4:3</c>: a district, and by how many thousandths of a degree its sectors are off.</summary>
    void AddPoints(string line)
    {
        var words = line.Split(' ');
        var point = PointOf(words[1], words[2]) ?? throw Wrong($"no coordinate in \"{line}\"");
        points.Add(words[0], point);
        foreach (var word in words[3..])
            if (word.Split(':') is [[var digit], var north, var east])
                sectors.Add($"{words[0]} {digit}", new(point.Latitude + Thousandths(north), point.Longitude + Thousandths(east)));
            else
                throw Wrong($"no sector in \"{word}\"");
    }

    static double Thousandths(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) / 1000.0;

    /// <summary>
    /// A line <c>= yorkshire</c> names the region of those below; <c>HG1-HG3 Harrogate</c> names the town of districts, and
    /// <c>BT16 Dundonald 54.59 -5.80</c> also where they are.
    /// </summary>
    /// <returns>The region of what comes next.</returns>
    Region AddDistricts(string line, Region region)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0] == "=")
            return Regions.Find(words[^1]) is not Region.None and var found ? found : throw Wrong($"no region \"{words[^1]}\"");
        var own = words.Length > 3 ? PointOf(words[^2], words[^1]) : null;
        var town = string.Join(' ', own is null ? words[1..] : words[1..^2]);
        foreach (var code in Codes(words[0]))
            districts.Add(code, new(code, town, own ?? points.GetValueOrDefault(code) ?? throw Wrong($"no coordinate of {code}"), region));
        return region;
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

    /// <summary>
    /// <c>Richmond, North Yorkshire = DL10</c>: a name, where it is when several places bear it, and the district or sector of its
    /// middle; other names follow the first after slashes. <c>county Kent = ME14</c> is a county, with the district of a town in its
    /// middle.
    /// </summary>
    void AddTown(string line)
    {
        if (line.Split(" = ") is not [var names, var code])
            throw Wrong($"no name and code in \"{line}\"");
        var district = districts.GetValueOrDefault(code.Split(' ')[0]) ?? throw Wrong($"no district \"{code}\"");
        var isCounty = names.StartsWith(County, StringComparison.Ordinal);
        var all = (isCounty ? names[County.Length..] : names).Split(" / ");
        var comma = all[0].IndexOf(", ", StringComparison.Ordinal);
        towns.Add(
            new(comma < 0 ? all[0] : all[0][..comma], district.Region, sectors.GetValueOrDefault(code) ?? district.Point)
            {
                Within = comma < 0 ? "" : all[0][(comma + 2)..],
                OtherNames = all[1..],
                IsCounty = isCounty,
            }
        );
    }

    static GeoPoint? PointOf(string latitude, string longitude) =>
        Number(latitude, out var north) && Number(longitude, out var east) ? new(north, east) : null;

    static bool Number(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
