using System.Globalization;
using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Events.Publishing;

/// <summary>What a program asks of the events, read from the address.</summary>
/// <param name="Regions">In any of them; empty for everywhere.</param>
/// <param name="SinceMs">Only what changed since, in milliseconds; null for all there are.</param>
/// <param name="After">Where the page before ended.</param>
sealed record EventApiRequest(IReadOnlyList<Region> Regions, int Count, long? SinceMs, EventApiCursor? After)
{
    public const int MostAtOnce = 100;

    /// <summary>What is asked for by a moment is looked for from a little earlier: a change is stored some time after it began.</summary>
    const int OverlapMs = 30_000;

    /// <summary>Where the reading of what changed begins.</summary>
    public EventApiCursor ChangesAfter => After ?? new(Math.Max(0, SinceMs!.Value - OverlapMs), Guid.Empty);

    /// <param name="wrong">What could not be read, in words.</param>
    public static EventApiRequest? Read(IQueryCollection query, out string wrong)
    {
        wrong = "";
        string Text(string name) => query[name].ToString();
        IReadOnlyList<Region> regions = [];
        if (Text("region") is { Length: > 0 } slug)
        {
            if (Platform.Places.Regions.Find(slug) is not (not Region.None and var region))
                wrong = "There is no such region. The description at /openapi/v1.json names them.";
            else
                regions = [region];
        }
        if (Text("nation") is { Length: > 0 } nation)
        {
            if (!Platform.Places.Regions.Nations.TryGetValue(nation, out var inside))
                wrong = "There is no such nation: england, scotland, wales or northern-ireland.";
            else if (regions.Count > 0 && !inside.Contains(regions[0]))
                wrong = "That region is not in that nation.";
            else if (regions.Count == 0)
                regions = inside;
        }
        var count = MostAtOnce;
        if (
            Text("limit") is { Length: > 0 } limit
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > MostAtOnce)
        )
            wrong = $"The limit must be from 1 to {MostAtOnce}.";
        long? since = null;
        if (Text("updated-since") is { Length: > 0 } moment && (since = Milliseconds(moment)) is null)
            wrong = "Write updated-since as an instant with its offset, such as 2026-06-08T09:00:00Z.";
        EventApiCursor? after = null;
        if (Text("cursor") is { Length: > 0 } cursor && (after = EventApiCursor.Parse(cursor, ofChanges: since is not null)) is null)
            wrong = "The cursor is not one of ours for this question: take it from \"next\", and leave the rest of the address as it was.";
        return wrong.Length > 0 ? null : new(regions, count, since, after);
    }

    static readonly string[] Instants = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>A plus sign that was not encoded arrives as a space.</summary>
    static long? Milliseconds(string text)
    {
        var written = text.Replace(' ', '+');
        written = written.EndsWith('Z') ? written[..^1] + "+00:00" : written;
        return
            DateTimeOffset.TryParseExact(written, Instants, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            && instant.ToUnixTimeMilliseconds() is >= 0 and var ms
            ? ms
            : null;
    }
}

/// <summary>Where a page ended: at an event, and where what changed is read, at a place in the order of changes.</summary>
sealed record EventApiCursor(long Changed, Guid Id)
{
    const char Mark = 'c';
    static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static EventApiCursor? Parse(string text, bool ofChanges)
    {
        if (!ofChanges)
            return Guid.TryParseExact(text, "N", out var id) ? new(0, id) : null;
        var parts = text.Split('-');
        return
            parts is [[Mark, .. var number], var last]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var changed)
            && changed <= Last
            && Guid.TryParseExact(last, "N", out var after)
            ? new(changed, after)
            : null;
    }

    public string OfChanges => string.Create(CultureInfo.InvariantCulture, $"{Mark}{Changed}-{Id:N}");
}
