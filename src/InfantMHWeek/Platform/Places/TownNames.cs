using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Platform.Places;

/// <summary>Finds a town by what people call it: with its county, in Welsh, with <c>Saint</c> or <c>St</c>, after <c>near</c>.</summary>
sealed class TownNames
{
    /// <summary>A town is in a county when it is so near to the county's middle.</summary>
    const double KmInCounty = 90;
    const int MostSuggested = 6,
        LeastLetters = 3;
    static readonly string[] Before = ["near", "nr", "around", "in", "by", "close", "to", "the"];

    static readonly FrozenDictionary<string, Region[]> Nations = new Dictionary<string, Region[]>(StringComparer.Ordinal)
    {
        ["scotland"] = [Region.Scotland],
        ["wales"] = [Region.Wales],
        ["cymru"] = [Region.Wales],
        ["northernireland"] = [Region.NorthernIreland],
        ["ireland"] = [Region.NorthernIreland],
        ["england"] = [.. Regions.All.Select(r => r.Region).Except([Region.Scotland, Region.Wales, Region.NorthernIreland])],
        ["uk"] = [.. Regions.All.Select(r => r.Region)],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    readonly FrozenDictionary<string, IReadOnlyList<Town>> byKey;

    /// <param name="districts">Their post towns are known too, where no line names them.</param>
    public TownNames(IEnumerable<Town> towns, IReadOnlyCollection<Gazetteer.District> districts)
    {
        var keys = new Dictionary<string, List<Town>>(StringComparer.Ordinal);
        foreach (var town in towns)
        foreach (var key in KeysOf(town).Distinct(StringComparer.Ordinal))
            if (keys.TryGetValue(key, out var same))
                same.Add(town);
            else
                keys.Add(key, [town]);
        foreach (var post in districts.GroupBy(d => d.Town, StringComparer.Ordinal))
            keys.TryAdd(KeyOf(post.Key), [new(post.Key, post.First().Region, post.First().Point)]);
        byKey = keys.ToFrozenDictionary(k => k.Key, k => (IReadOnlyList<Town>)k.Value, StringComparer.Ordinal);
    }

    public int Count => byKey.Count;

    static IEnumerable<string> KeysOf(Town town) =>
        town
            .OtherNames.Prepend(town.Name)
            .SelectMany(name => town.Within.Length == 0 ? [name] : new[] { name, name + town.Within })
            .Select(KeyOf);

    /// <summary>How a name is looked up: <c>St. Andrews</c>, <c>saint andrews</c> and <c>St-Andrew's</c> are the same.</summary>
    public static string KeyOf(string name)
    {
        var key = new StringBuilder();
        foreach (var word in WordsOf(name))
            key.Append(
                word switch
                {
                    "saint" => "st",
                    "and" => "",
                    _ => word,
                }
            );
        return key.ToString();
    }

    static IEnumerable<string> WordsOf(string name)
    {
        var word = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
            if (char.IsLetterOrDigit(letter))
                word.Append(char.ToLowerInvariant(letter));
            else if (word.Length > 0 && letter is not ('\'' or '’') && char.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                yield return word.ToString();
                word.Clear();
            }
        if (word.Length > 0)
            yield return word.ToString();
    }

    /// <returns>The name that these words are, and nothing else; null when they are none.</returns>
    public string? NameOf(string typed) =>
        byKey.TryGetValue(KeyOf(typed), out var towns) ? (towns.Count == 1 ? towns[0].FullName : towns[0].Name) : null;

    /// <returns>Everything that may be meant: none when nothing is known by this name, one when it is clear.</returns>
    public IReadOnlyList<Town> Find(string typed)
    {
        var words = WordsOf(typed).ToList();
        while (words.Count > 1 && Before.Contains(words[0], StringComparer.Ordinal) && !IsKnown(words))
            words.RemoveAt(0);
        if (byKey.TryGetValue(KeyOf(string.Join(' ', words)), out var exactly))
            return exactly;
        // "Leeds West Yorkshire": a town, and then where it is.
        for (var split = words.Count - 1; split > 0; split--)
            if (byKey.TryGetValue(KeyOf(string.Join(' ', words.Take(split))), out var named))
                return Within(named, KeyOf(string.Join(' ', words.Skip(split))));
        return [];
    }

    bool IsKnown(List<string> words) => byKey.ContainsKey(KeyOf(string.Join(' ', words)));

    /// <summary>Those that are where somebody said; all of them when no place of that name is known.</summary>
    IReadOnlyList<Town> Within(IReadOnlyList<Town> towns, string where)
    {
        if (Nations.TryGetValue(where, out var regions))
            return [.. towns.Where(t => regions.Contains(t.Region))];
        if (!byKey.TryGetValue(where, out var around))
            return [];
        var near = towns
            .Select(t => (Town: t, Km: around.Min(a => a.Point.KmTo(t.Point))))
            .Where(t => t.Km <= KmInCounty)
            .OrderBy(t => t.Km)
            .ToList();
        return near.Count > 1 && near[0].Km * 2 < near[1].Km ? [near[0].Town] : [.. near.Select(t => t.Town)];
    }

    /// <summary>Full names that may be meant by one that is not clear, or not known.</summary>
    public IReadOnlyList<string> Suggest(string typed)
    {
        var meant = Find(typed);
        if (meant.Count > 0)
            return [.. meant.Take(MostSuggested).Select(t => t.FullName)];
        var key = KeyOf(typed);
        if (key.Length < LeastLetters)
            return [];
        return
        [
            .. byKey
                .Select(t => (Town: t.Value[0], Slips: Slips(key, t.Key)))
                .Where(t => t.Slips <= MostSlips(key))
                .OrderBy(t => t.Slips)
                .ThenBy(t => t.Town.Name, StringComparer.Ordinal)
                .Select(t => t.Town.FullName)
                .Distinct(StringComparer.Ordinal)
                .Take(MostSuggested),
        ];
    }

    static int MostSlips(string key) =>
        key.Length < 5 ? 1
        : key.Length < 9 ? 2
        : 3;

    /// <summary>A name that goes on where the typing stopped is as near as one with a mistake.</summary>
    static int Slips(string typed, string key) =>
        key.StartsWith(typed, StringComparison.Ordinal) ? 1 : EditDistance.Between(typed, key, MostSlips(typed));
}
