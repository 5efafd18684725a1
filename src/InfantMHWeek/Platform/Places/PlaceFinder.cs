using System.Globalization;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Places;

public enum Exactness
{
    Postcode,
    Sector,
    District,
    Area,
    Town,
    Shared,

    /// <summary>A town in the middle of it, so that much of the county is far.</summary>
    County,

    /// <summary>An organiser showed the very place on a map.</summary>
    Pinned,
}

/// <summary>A place that was understood, and how exactly.</summary>
/// <param name="Name">As shown: <c>Leeds, LS1</c>. Never a whole postcode.</param>
/// <param name="District">The postcode district or area that it is in, if a postcode or a part of one was typed.</param>
sealed record Place(string Name, GeoPoint Point, Region Region, Exactness Exactness, string? District = null)
{
    /// <summary>What a reader should know of the distances; empty where they are right.</summary>
    public string HowExact =>
        Exactness switch
        {
            Exactness.Postcode or Exactness.Shared or Exactness.Pinned => "",
            Exactness.Sector => "Distances may be half a mile out.",
            Exactness.District => "Distances may be a few miles out.",
            Exactness.County => "Enter a town or a postcode to find what is nearest to you.",
            _ => "Distances are from its centre.",
        };
}

/// <summary>Finds where a postcode, or a part of one, or a town is.</summary>
sealed class PlaceFinder(SiteDb db)
{
    public const int MaxLength = 60;

    /// <returns>Null when nothing of that name is known, or several places are: see <see cref="Suggest"/>.</returns>
    public async Task<Place?> FindAsync(string? typed, CancellationToken cancel = default)
    {
        var text = (typed ?? "").Trim();
        if (text.Length is 0 or > MaxLength)
            return null;
        if (Gazetteer.Default.Towns.Find(text) is { Count: > 0 } towns)
            return towns is [var town] ? Of(town) : null;
        if (SharedPoint(text) is { } point)
            return point.InUk ? new("where you are", point.Rounded(), Region.None, Exactness.Shared) : null;
        // "LS1 4" is a sector of LS1; without the space it is the district LS14.
        var words = text.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (
            words.Length == 2
            && words[1].Length == 1
            && char.IsAsciiDigit(words[1][0])
            && Gazetteer.Default.Districts.ContainsKey(words[0])
        )
            return await FindSectorAsync(words[0], words[1][0], cancel);
        if (Postcode.Compact(text) is not { Length: > 0 } compact)
            return null;
        if (Postcode.TryParse(compact, null, out var postcode) && await FindPostcodeAsync(postcode, cancel) is { } found)
            return found;
        if (Gazetteer.Default.Districts.TryGetValue(compact, out var district))
            return Of(district, Exactness.District);
        if (
            compact.Length > 2
            && char.IsAsciiDigit(compact[^1])
            && Gazetteer.Default.Districts.ContainsKey(compact[..^1])
            && await FindSectorAsync(compact[..^1], compact[^1], cancel) is { } sector
        )
            return sector;
        return Gazetteer.Default.Areas.TryGetValue(compact, out var area) ? Of(area, Exactness.Area) : null;
    }

    /// <summary>What a phone that was allowed to share its place sends: <c>53.80,-1.55</c>.</summary>
    static GeoPoint? SharedPoint(string text) =>
        text.Split(',') is [var first, var second] && Degrees(first, out var latitude) && Degrees(second, out var longitude)
            ? new(latitude, longitude)
            : null;

    static bool Degrees(string text, out double degrees) =>
        double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite,
            CultureInfo.InvariantCulture,
            out degrees
        );

    /// <summary>
    /// A postcode may be newer than what we have: then its sector, district or area is near enough to be useful, and said.
    /// </summary>
    async Task<Place?> FindPostcodeAsync(Postcode postcode, CancellationToken cancel)
    {
        var key = postcode.Key;
        var known = Gazetteer.Default.Districts.GetValueOrDefault(postcode.Outward);
        var area = Gazetteer.Default.Areas.GetValueOrDefault(postcode.Outward[..Postcode.AreaLength(postcode.Outward)]);
        if (area is null)
            return null;
        var (name, region) = known is null ? ($"{area.Town}, {postcode.Outward}", area.Region) : (NameOf(known), known.Region);
        if (
            await db.Set<PostcodePlace>()
                .AsNoTracking()
                .Where(p => p.Key == key)
                .Select(p => new { p.Latitude, p.Longitude })
                .FirstOrDefaultAsync(cancel) is
            { } exact
        )
            return new(name, PointOf(exact.Latitude, exact.Longitude), region, Exactness.Postcode, postcode.Outward);
        if (await FindSectorAsync(postcode.Outward, postcode.Inward[0], cancel) is { } sector)
            return sector;
        return known is null ? null : Of(known, Exactness.District);
    }

    async Task<Place?> FindSectorAsync(string outward, char digit, CancellationToken cancel)
    {
        var (from, to) = Postcode.SectorKeys(outward, digit);
        var district = Gazetteer.Default.Districts.GetValueOrDefault(outward);
        var middle = await db.Set<PostcodePlace>()
            .Where(p => p.Key >= from && p.Key < to)
            .GroupBy(_ => 1)
            .Select(g => new { Latitude = g.Average(p => (double)p.Latitude), Longitude = g.Average(p => (double)p.Longitude) })
            .FirstOrDefaultAsync(cancel);
        var point = middle is not null
            ? new GeoPoint(middle.Latitude / 1e5, middle.Longitude / 1e5)
            : Gazetteer.Default.Sectors.GetValueOrDefault($"{outward} {digit}");
        if (point is not null)
            return new(
                $"{district?.Town ?? outward}, {outward} {digit}",
                point,
                district?.Region ?? Region.None,
                Exactness.Sector,
                outward
            );
        return district is null ? null : Of(district, Exactness.District);
    }

    static Place Of(Gazetteer.District district, Exactness exactness) =>
        new(
            exactness == Exactness.Area ? $"{district.Town} and around, {district.Code}" : NameOf(district),
            district.Point,
            district.Region,
            exactness,
            district.Code
        );

    static string NameOf(Gazetteer.District district) => $"{district.Town}, {district.Code}";

    static GeoPoint PointOf(int latitude, int longitude) => new(latitude / 1e5, longitude / 1e5);

    static Place Of(Town town) =>
        town.IsCounty
            ? new($"the middle of {town.Name}", town.Point, town.Region, Exactness.County)
            : new(town.FullName, town.Point, town.Region, Exactness.Town);

    /// <summary>Names that may be meant, for one that several places bear, or that was not understood.</summary>
    public static IReadOnlyList<string> Suggest(string typed) => Gazetteer.Default.Towns.Suggest(typed);

    /// <returns>
    /// What the owners of the places want to be shown: of the imported file, or of the tables that come with the program.
    /// </returns>
    public async Task<string> AttributionAsync(CancellationToken cancel) =>
        await db.Set<PlaceSource>().OrderBy(s => s.Id).Select(s => s.Attribution).FirstOrDefaultAsync(cancel) ?? Gazetteer.Attribution;

    /// <summary>What to say where <see cref="FindAsync"/> found nothing, above what <see cref="Suggest"/> offers.</summary>
    public static string NotFound(string typed) =>
        Gazetteer.Default.Towns.Find(typed).Count > 1
            ? $"More than one place is called “{typed}”. Choose the one you mean."
            : $"We don’t know “{typed}”. Check it, or choose a town or a region.";
}
