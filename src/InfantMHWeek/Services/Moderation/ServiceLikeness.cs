using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Services.Moderation;

/// <summary>
/// What two listings of one service have in common, however they were typed: the letters of the name, the digits of the telephone, the
/// place. Two of the three are enough to show both to a person; nothing is ever joined because of it.
/// </summary>
sealed record ServiceLikeness(
    IReadOnlyList<string> Words,
    string Marks,
    string Organisation,
    string Phone,
    IReadOnlySet<string> Postcodes,
    IReadOnlySet<string> Towns,
    IReadOnlyList<GeoPoint> Points
)
{
    const double Near = .25,
        SameName = .75,
        LikeName = .5,
        MilesOfTown = 8;

    public static ServiceLikeness Of(ServiceDetails d)
    {
        var towns = d.Places.Select(p => NameWords.Key(p.Town)).Where(t => t.Length > 0).ToHashSet(StringComparer.Ordinal);
        var words = NameWords.Of(d.Title);
        var own = words.Where(w => !ServiceNameWords.IsCommon(w) && !towns.Contains(w)).ToList();
        return new(
            own.Count > 0 ? own : words,
            string.Join(' ', words.Where(ServiceNameWords.IsTelling).Order(StringComparer.Ordinal)),
            NameWords.Key(d.Organisation),
            ServiceNameWords.Digits(d.Phone),
            d.Places.Where(p => !p.Confidential && p.Postcode.Length > 0)
                .Select(p => p.Postcode.Replace(" ", "", StringComparison.Ordinal))
                .ToHashSet(StringComparer.Ordinal),
            towns,
            [.. d.Places.Select(p => p.FindableAt()).OfType<GeoPoint>()]
        );
    }

    /// <returns>What they have in common, in words; null where they are two.</returns>
    public string? InCommonWith(ServiceLikeness other)
    {
        if (Marks != other.Marks)
            return null;
        var (name, phone, place) = (NameWords.Likeness(Words, other.Words), Phone.Length > 0 && Phone == other.Phone, SamePlace(other));
        // A typing slip in a number, with all else the same, is a slip.
        var near = phone || (Phone.Length > 6 && other.Phone.Length > 6 && EditDistance.Between(Phone, other.Phone, 1) <= 1);
        var organisation = Organisation.Length > 0 && NameWords.Likeness(Organisation, other.Organisation) >= .8;
        return name >= SameName && place && (near || organisation || Phone.Length == 0 || other.Phone.Length == 0 || name > .95)
            ? near
                ? "same name, phone and place"
                : "same name and place"
            : name >= LikeName && phone && place
                ? "same phone and place, a similar name"
                : name >= SameName && phone && (SameTown(other) || Towns.Count == 0 || other.Towns.Count == 0)
                    ? "same name and phone"
                    : name >= .9 && organisation && SameTown(other)
                        ? "same name and organisation, in the same town"
                        : null;
    }

    bool SamePlace(ServiceLikeness other) =>
        Postcodes.Overlaps(other.Postcodes) || Points.Any(p => other.Points.Any(o => p.MilesTo(o) <= Near));

    bool SameTown(ServiceLikeness other) =>
        Towns.Overlaps(other.Towns) || Points.Any(p => other.Points.Any(o => p.MilesTo(o) <= MilesOfTown));
}
