namespace InfantMHWeek.Platform.Places;

/// <summary>The twelve nations and regions of the United Kingdom, and the islands of the Crown. The numbers are stored.</summary>
enum Region
{
    None = 0,
    Scotland = 1,
    NorthernIreland = 2,
    Wales = 3,
    NorthEast = 4,
    NorthWest = 5,
    Yorkshire = 6,
    WestMidlands = 7,
    EastMidlands = 8,
    EastOfEngland = 9,
    London = 10,
    SouthEast = 11,
    SouthWest = 12,
    CrownDependencies = 13,
}

static class Regions
{
    /// <param name="Column">Where its tile stands on the map, from the west.</param>
    /// <param name="Row">From the north.</param>
    public sealed record Tile(Region Region, string Slug, string Name, int Column, int Row);

    public static readonly IReadOnlyList<Tile> All =
    [
        new(Region.Scotland, "scotland", "Scotland", 2, 1),
        new(Region.NorthernIreland, "northern-ireland", "Northern Ireland", 1, 2),
        new(Region.NorthEast, "north-east", "North East", 3, 2),
        new(Region.NorthWest, "north-west", "North West", 2, 3),
        new(Region.Yorkshire, "yorkshire", "Yorkshire and the Humber", 3, 3),
        new(Region.Wales, "wales", "Wales", 1, 4),
        new(Region.WestMidlands, "west-midlands", "West Midlands", 2, 4),
        new(Region.EastMidlands, "east-midlands", "East Midlands", 3, 4),
        new(Region.EastOfEngland, "east-of-england", "East of England", 4, 4),
        new(Region.SouthWest, "south-west", "South West", 2, 5),
        new(Region.SouthEast, "south-east", "South East", 3, 5),
        new(Region.London, "london", "London", 4, 5),
        new(Region.CrownDependencies, "islands", "Isle of Man and Channel Islands", 1, 5),
    ];

    /// <summary>The nations, and which regions each has.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<Region>> Nations = new Dictionary<string, IReadOnlyList<Region>>(
        StringComparer.Ordinal
    )
    {
        ["england"] =
        [
            .. All.Select(t => t.Region).Except([Region.Scotland, Region.Wales, Region.NorthernIreland, Region.CrownDependencies]),
        ],
        ["scotland"] = [Region.Scotland],
        ["wales"] = [Region.Wales],
        ["northern-ireland"] = [Region.NorthernIreland],
    };

    /// <returns>Null for the islands, which are in none of the four.</returns>
    public static string? NationOf(Region region) => Nations.FirstOrDefault(n => n.Value.Contains(region)).Key;

    public static Region Find(string? slug) => All.FirstOrDefault(t => t.Slug == slug)?.Region ?? Region.None;

    public static Tile? TileOf(Region region) => All.FirstOrDefault(t => t.Region == region);

    public static string NameOf(Region region) => TileOf(region)?.Name ?? "";
}
