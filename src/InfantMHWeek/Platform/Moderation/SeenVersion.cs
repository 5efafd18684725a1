using System.Globalization;

namespace InfantMHWeek.Platform.Moderation;

/// <summary>Something in a list of staff, in the version that was on the screen: what changed since is not decided with it.</summary>
sealed record SeenVersion(Guid Id, int Revision)
{
    /// <summary>As it stands in a form.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Id:N}.{Revision}");

    /// <summary>Those that were ticked, each once; what is not a key is passed over.</summary>
    public static IReadOnlyList<SeenVersion> ReadAll(IEnumerable<string> keys, int most) =>
        [.. keys.Select(Read).OfType<SeenVersion>().Distinct().Take(most)];

    static SeenVersion? Read(string key) =>
        key.Split('.') is [var id, var revision]
        && Guid.TryParseExact(id, "N", out var found)
        && int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(found, number)
            : null;
}
