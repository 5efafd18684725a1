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
}

/// <summary>A place that was understood, and how exactly.</summary>
/// <param name="Name">As shown: <c>Leeds, LS1</c>. Never a whole postcode.</param>
/// <param name="District">The postcode district or area that it is in, if a postcode or a part of one was typed.</param>
public sealed record Place(string Name, GeoPoint Point, Region Region, Exactness Exactness, string? District = null);

/// <summary>Finds where a postcode, or a part of one, or a town is.</summary>
public sealed class PlaceFinder(SiteDb db)
{
    public const int MaxLength = 60;

    /// <returns>Null when nothing of that name is known.</returns>
    public async Task<Place?> FindAsync(string? typed, CancellationToken cancel = default)
    {
        var text = (typed ?? "").Trim();
        if (text.Length is 0 or > MaxLength)
            return null;
        if (Gazetteer.Default.Towns.TryGetValue(Gazetteer.KeyOf(text), out var town))
            return new(town.Name, town.Point, town.Region, Exactness.Town);
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
            return await Sector(words[0], words[1][0], cancel);
        if (Postcode.Compact(text) is not { Length: > 0 } compact)
            return null;
        if (Postcode.TryParse(compact, null, out var postcode) && await Find(postcode, cancel) is { } found)
            return found;
        if (Gazetteer.Default.Districts.TryGetValue(compact, out var district))
            return Of(district, Exactness.District);
        if (
            compact.Length > 2
            && char.IsAsciiDigit(compact[^1])
            && Gazetteer.Default.Districts.ContainsKey(compact[..^1])
            && await Sector(compact[..^1], compact[^1], cancel) is { } sector
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
    async Task<Place?> Find(Postcode postcode, CancellationToken cancel)
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
        if (await Sector(postcode.Outward, postcode.Inward[0], cancel) is { } sector)
            return sector;
        return known is null ? null : Of(known, Exactness.District);
    }

    async Task<Place?> Sector(string outward, char digit, CancellationToken cancel)
    {
        var (from, to) = Postcode.SectorKeys(outward, digit);
        var district = Gazetteer.Default.Districts.GetValueOrDefault(outward);
        var middle = await db.Set<PostcodePlace>()
            .Where(p => p.Key >= from && p.Key < to)
            .GroupBy(_ => 1)
            .Select(g => new { Latitude = g.Average(p => (double)p.Latitude), Longitude = g.Average(p => (double)p.Longitude) })
            .FirstOrDefaultAsync(cancel);
        if (middle is not null)
            return new(
                $"{district?.Town ?? outward}, {outward} {digit}",
                new(middle.Latitude / 1e5, middle.Longitude / 1e5),
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

    /// <summary>Names that may be meant, for a word that was not understood.</summary>
    public static IReadOnlyList<string> Suggest(string typed)
    {
        var key = Gazetteer.KeyOf(typed);
        return key.Length < 3
            ? []
            :
            [
                .. Gazetteer
                    .Default.Towns.Where(t =>
                        t.Key.StartsWith(key, StringComparison.Ordinal)
                        || (key.Length > 4 && t.Key.StartsWith(key[..4], StringComparison.Ordinal))
                    )
                    .OrderBy(t => t.Key, StringComparer.Ordinal)
                    .Take(5)
                    .Select(t => t.Value.Name),
            ];
    }
}
