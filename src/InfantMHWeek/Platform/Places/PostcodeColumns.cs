using System.Globalization;
using InfantMHWeek.Platform.Tables;

namespace InfantMHWeek.Platform.Places;

/// <summary>Which column of a postcode file holds what.</summary>
sealed class PostcodeColumns
{
    public enum Format
    {
        Ons,
        CodePoint,
        Plain,
    }

    public enum RowResult
    {
        Read,
        Terminated,
        NoPlace,
        Unreadable,
    }

    readonly int postcode,
        first,
        second,
        ended;

    PostcodeColumns(Format kind, bool hasHeader, int postcode, int first, int second, int ended) =>
        (Kind, HasHeader, this.postcode, this.first, this.second, this.ended) = (kind, hasHeader, postcode, first, second, ended);

    public Format Kind { get; }

    /// <summary>The files of Code-Point Open have none.</summary>
    public bool HasHeader { get; }

    public static PostcodeColumns? Of(IReadOnlyList<string> header)
    {
        var names = header.Select(n => n.Trim().ToLowerInvariant()).ToList();
        int Find(params ReadOnlySpan<string> known)
        {
            foreach (var name in known)
                if (names.IndexOf(name) is >= 0 and var at)
                    return at;
            return -1;
        }
        var code = Find("pcds", "pcd", "pcd7", "pcd8", "postcode");
        var (lat, lon, ended) = (Find("lat", "latitude"), Find("long", "lon", "lng", "longitude"), Find("doterm"));
        if (code >= 0 && lat >= 0 && lon >= 0)
            return new(
                names.Contains("oseast1m", StringComparer.Ordinal) || ended >= 0 ? Format.Ons : Format.Plain,
                hasHeader: true,
                code,
                lat,
                lon,
                ended
            );
        if (code >= 0 && Find("eastings") is >= 0 and var east && Find("northings") is >= 0 and var north)
            return new(Format.CodePoint, hasHeader: true, code, east, north, -1);
        return names.Count is 10 && Places.Postcode.TryParse(names[0], null, out _)
            ? new(Format.CodePoint, hasHeader: false, 0, 2, 3, -1)
            : null;
    }

    public RowResult Read(TableReader row, out Postcode? found, out GeoPoint? point)
    {
        (found, point) = (null, null);
        if (Math.Max(Math.Max(postcode, first), Math.Max(second, ended)) >= row.Columns)
            return RowResult.Unreadable;
        // A row of the statistics office has fifty cells, and four of them matter: nothing is copied but the postcode.
        if (ended >= 0 && !row.Utf8(ended).Trim((byte)' ').IsEmpty)
            return RowResult.Terminated;
        if (!Places.Postcode.TryParse(row[postcode].Trim(), null, out found))
            return RowResult.Unreadable;
        if (!TryNumber(row.Utf8(first), out var a) || !TryNumber(row.Utf8(second), out var b))
            return RowResult.Unreadable;
        if (Kind == Format.CodePoint && (a, b) is (0, 0))
            return RowResult.NoPlace;
        point = Kind == Format.CodePoint ? NationalGrid.ToPoint(a, b) : new(a, b);
        // 99.999999 is how ONSPD says that it does not know.
        return point.InUk ? RowResult.Read : RowResult.NoPlace;
    }

    static bool TryNumber(ReadOnlySpan<byte> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
