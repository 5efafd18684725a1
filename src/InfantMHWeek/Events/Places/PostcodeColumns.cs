using System.Globalization;

namespace InfantMHWeek.Events.Places;

/// <summary>Which column of a postcode file holds what.</summary>
public sealed class PostcodeColumns
{
    public enum Format { Ons, CodePoint, Plain }
    public enum Answer { Fine, Terminated, NoPlace, Unread }

    readonly int postcode, first, second, ended;

    PostcodeColumns(Format kind, bool hasHeader, int postcode, int first, int second, int ended) =>
        (Kind, HasHeader, this.postcode, this.first, this.second, this.ended) = (kind, hasHeader, postcode, first, second, ended);

    public Format Kind { get; }

    /// <summary>The files of Code-Point Open have none.</summary>
    public bool HasHeader { get; }

    public static PostcodeColumns? Of(string header)
    {
        var names = Split(header).Select(n => n.Trim().TrimStart('\uFEFF').ToLowerInvariant()).ToList();
        int Find(params ReadOnlySpan<string> known)
        {
            foreach (var name in known)
                if (names.IndexOf(name) is >= 0 and var at) return at;
            return -1;
        }
        var code = Find("pcds", "pcd", "pcd7", "pcd8", "postcode");
        var (lat, lon, ended) = (Find("lat", "latitude"), Find("long", "lon", "lng", "longitude"), Find("doterm"));
        if (code >= 0 && lat >= 0 && lon >= 0) return new(names.Contains("oseast1m", StringComparer.Ordinal) || ended >= 0 ? Format.Ons : Format.Plain, hasHeader: true, code, lat, lon, ended);
        if (code >= 0 && Find("eastings") is >= 0 and var east && Find("northings") is >= 0 and var north) return new(Format.CodePoint, hasHeader: true, code, east, north, -1);
        return names.Count is 10 && Places.Postcode.TryParse(names[0], null, out _) ? new(Format.CodePoint, hasHeader: false, 0, 2, 3, -1) : null;
    }

    public Answer Read(string line, out Postcode? found, out GeoPoint? point)
    {
        (found, point) = (null, null);
        // A row of the statistics office has fifty cells, and four of them matter: nothing is copied but the postcode.
        ReadOnlySpan<char> rest = line, code = default, one = default, two = default;
        var last = Math.Max(Math.Max(postcode, first), Math.Max(second, ended));
        for (var cell = 0; cell <= last; cell++)
        {
            var length = LengthOf(rest);
            var text = rest[..length].Trim().Trim('"');
            if (cell == postcode) code = text;
            else if (cell == first) one = text;
            else if (cell == second) two = text;
            else if (cell == ended && text.Length > 0) return Answer.Terminated;
            if (length == rest.Length && cell < last) return Answer.Unread;
            rest = length < rest.Length ? rest[(length + 1)..] : default;
        }
        if (!Places.Postcode.TryParse(code.ToString(), null, out found)) return Answer.Unread;
        if (!double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var a) || !double.TryParse(two, NumberStyles.Float, CultureInfo.InvariantCulture, out var b)) return Answer.Unread;
        if (Kind == Format.CodePoint && (a, b) is (0, 0)) return Answer.NoPlace;
        point = Kind == Format.CodePoint ? NationalGrid.ToPoint(a, b) : new(a, b);
        // 99.999999 is how ONSPD says that it does not know.
        return point.InUk ? Answer.Fine : Answer.NoPlace;
    }

    /// <summary>How long the first cell is; a comma between quotation marks belongs to it.</summary>
    static int LengthOf(ReadOnlySpan<char> line)
    {
        var from = 0;
        if (line.StartsWith("\""))
        {
            var close = line[1..].IndexOf('"');
            if (close < 0) return line.Length;
            from = close + 2;
        }
        return line[from..].IndexOf(',') is >= 0 and var comma ? from + comma : line.Length;
    }

    /// <summary>The cells of a line; a comma between quotation marks belongs to the cell.</summary>
    static List<string> Split(string line)
    {
        var (cells, start, quoted) = (new List<string>(), 0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"') quoted = !quoted;
            if (i < line.Length && (line[i] != ',' || quoted)) continue;
            cells.Add(line.AsSpan(start, i - start).Trim().Trim('"').ToString());
            start = i + 1;
        }
        return cells;
    }
}
