using System.Text.Json;
using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Services.Importing;

/// <summary>A place of a service by Open Referral.</summary>
static class LocationReader
{
    const string Secret = "; the address is kept secret";
    static readonly string[] AddressKinds = ["physical", "postal", "virtual"];

    public static ServicePlace Read(JsonElement location, string path, JsonFields fields)
    {
        var name = fields.Line(location, path, "name", ServiceDetails.MaxLine);
        var about = fields.Line(location, path, "description", ServiceDetails.MaxNote);
        var id = SourceIds.AsGuid(SourceIds.Of(location), name + about);
        if (about.EndsWith(Secret, StringComparison.Ordinal) && !location.TryGetProperty("addresses", out _))
            return new(id, "", "", about[..^Secret.Length], "", null, Region.None, Confidential: true);
        var point = Point(location, path, fields);
        foreach (var (address, inside) in fields.Many(location, path, "addresses"))
            if (fields.OneOf(address, inside, "address_type", AddressKinds, needed: true) == "physical")
                return Address(address, inside, fields, new(id, name, "", "", "", point, Region.None));
        if (point is null)
            fields.Refuse(path + "addresses", "There is neither an address nor a point on the map.");
        var near = point is null ? null : Gazetteer.Default.DistrictNear(point);
        return new(id, name, "", near?.Town ?? "", "", point, near?.Region ?? Region.None);
    }

    static ServicePlace Address(JsonElement address, string path, JsonFields fields, ServicePlace place)
    {
        var line = fields.Line(address, path, "address_1", 2 * ServiceDetails.MaxLine, needed: true);
        var town = fields.Line(address, path, "city", ServiceDetails.MaxLine, needed: true);
        var raw = fields.Line(address, path, "postal_code", 20, needed: true);
        var region = AreaNames.Regions(fields.Line(address, path, "state_province", ServiceDetails.MaxLine));
        Postcode? postcode = null;
        if (raw.Length > 0 && !Postcode.TryParse(raw, null, out postcode))
            fields.Refuse(path + "postal_code", $"{RecordFields.Shown(raw)} is no postcode of the UK.");
        // Ours begin with the name of the place.
        if (place.Name.Length > 0 && line == place.Name || place.Name.Length == 0 && line == town)
            line = "";
        else if (place.Name.Length > 0 && line.StartsWith(place.Name + ", ", StringComparison.Ordinal))
            line = line[(place.Name.Length + 2)..];
        var district = postcode is null ? null : Gazetteer.Default.Districts.GetValueOrDefault(postcode.Outward);
        return place with
        {
            Address = fields.Line(path + "address_1", line, ServiceDetails.MaxLine),
            Town = town,
            Postcode = postcode?.ToString() ?? "",
            Region = region is [var only] ? only : district?.Region ?? Region.None,
        };
    }

    static GeoPoint? Point(JsonElement location, string path, JsonFields fields)
    {
        var (latitude, longitude) = (
            fields.Number(location, path, "latitude", -90, 90, "no latitude"),
            fields.Number(location, path, "longitude", -180, 180, "no longitude")
        );
        if (latitude is not { } north || longitude is not { } east || north == 0 && east == 0)
            return null;
        var point = new GeoPoint(north, east);
        if (point.InUk)
            return point;
        fields.Refuse(path + "latitude", "The point is outside the UK.");
        return null;
    }

    public static bool IsStepFree(JsonElement location, string path, JsonFields fields)
    {
        var free = false;
        foreach (var (access, inside) in fields.Many(location, path, "accessibility"))
            free |= fields
                .Line(access, inside, "description", ServiceDetails.MaxNote)
                .StartsWith("Step-free", StringComparison.OrdinalIgnoreCase);
        return free;
    }
}

/// <summary>Areas by the names that sources give them.</summary>
static class AreaNames
{
    static readonly string[] Everywhere = ["united kingdom", "uk", "the united kingdom", "the uk", "national", "nationwide"];

    public static bool IsNationwide(string name) => Everywhere.Contains(name.ToLowerInvariant(), StringComparer.Ordinal);

    public static IReadOnlyList<Region> Regions(string name) =>
        name.Equals("England", StringComparison.OrdinalIgnoreCase)
            ? [.. Enum.GetValues<Region>().Where(r => r is >= Region.NorthEast and <= Region.SouthWest)]
        : Platform.Places.Regions.All.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } tile
            ? [tile.Region]
        : [];

    /// <summary>A postcode district or area.</summary>
    public static string? District(string name) =>
        name.ToUpperInvariant() is var code && (Gazetteer.Default.Districts.ContainsKey(code) || Gazetteer.Default.Areas.ContainsKey(code))
            ? code
            : null;
}
