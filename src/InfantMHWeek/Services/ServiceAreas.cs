using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Services;

static class ServiceAreas
{
    /// <summary>Where people may live to be helped by it.</summary>
    public static string InWords(ServiceDetails s) =>
        s.Nationwide ? "the whole UK"
        : s.Areas.Count + s.Districts.Count > 0
            ? string.Join(
                ", ",
                s.Areas.Select(Regions.NameOf)
                    .Concat(
                        s.Districts.Select(d =>
                            Gazetteer.Default.Districts.GetValueOrDefault(d) is { } known
                                ? $"{known.Town} ({d})"
                                : "postcodes beginning " + d
                        )
                    )
            )
        : "any area, as far as we know; ask if you live further away";
}
