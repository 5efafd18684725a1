using InfantMHWeek.Platform.Places;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Services;

/// <summary>
/// One way in which a listed service is found: a place of it, or an area for which it is. It has all that the finder filters by, so that
/// an index alone answers. Only <see cref="FamilyService"/> makes them, and only of what was approved.
/// </summary>
sealed class ServicePoint
{
    public const int MaxSortKey = 40;

    public required Guid ServiceId { get; init; }
    public required int Number { get; init; }

    /// <summary>The square on the map (<see cref="Grid"/>), or above those the area (<see cref="ServiceArea"/>).</summary>
    public int Cell { get; set; }
    public Region Region { get; set; }
    public long Tags { get; set; }

    /// <summary>0 for what is known to be right, 1 for what comes after it in every list.</summary>
    public int Rank { get; set; }

    /// <summary>By which lists without a place are sorted: the name's letters and digits.</summary>
    public string SortKey { get; set; } = "";

    // On the unit ball, as with events. An area has the point of the service's first place, or none.
    public double X { get; set; }
    public double Y { get; set; }
    public double Z { get; set; }

    /// <summary>False for the one row of a service that no list has: by it those who have it already are told.</summary>
    public bool InLists => Cell != ServiceArea.OutOfLists;

    public sealed class Mapping : IEntityTypeConfiguration<ServicePoint>
    {
        public void Configure(EntityTypeBuilder<ServicePoint> builder)
        {
            builder.ToTable("ServicePoints");
            builder.HasKey(p => new { p.ServiceId, p.Number });
            builder.Property(p => p.SortKey).HasMaxLength(MaxSortKey);
            builder.HasIndex(
                p => new
                {
                    p.Cell,
                    p.Tags,
                    p.X,
                    p.Y,
                    p.Z,
                    p.Rank,
                    p.ServiceId,
                },
                "IX_ServicePoints_Near"
            );
            builder.HasIndex(
                p => new
                {
                    p.Region,
                    p.Rank,
                    p.SortKey,
                    p.ServiceId,
                    p.Tags,
                },
                "IX_ServicePoints_Region"
            );
            builder.HasIndex(
                p => new
                {
                    p.Rank,
                    p.SortKey,
                    p.ServiceId,
                    p.Tags,
                },
                "IX_ServicePoints_All"
            );
        }
    }
}

/// <summary>Areas as numbers above those of the map's squares.</summary>
static class ServiceArea
{
    public const int First = 1_000_000,
        Nationwide = First,
        OutOfLists = int.MaxValue;
    const int Districts = 2_000_000;

    public static int Of(Region region) => First + (int)region;

    /// <param name="code">A postcode district or area.</param>
    public static int Of(string code) => Districts + Postcode.OutwardKey(code);

    /// <summary>The areas in which somebody lives, the whole country left out.</summary>
    public static IReadOnlyList<int> Around(Place place)
    {
        var district = place.District is { } known
            ? Gazetteer.Default.Districts.GetValueOrDefault(known)
            : Gazetteer.Default.DistrictNear(place.Point);
        var code = place.District ?? district!.Code;
        var region = place.Region != Region.None ? place.Region : district?.Region ?? Region.None;
        List<int> areas = [Of(code)];
        if (code[..Postcode.AreaLength(code)] is var letters && letters != code)
            areas.Add(Of(letters));
        if (region != Region.None)
            areas.Add(Of(region));
        return areas;
    }
}

/// <summary>All yes-or-no things of a service in one number.</summary>
static class ServiceTags
{
    const int AudienceAt = 12,
        AgesAt = 18,
        FactsAt = 22,
        WaysAt = 27,
        AccessAt = 31,
        CostAt = 35,
        LanguagesAt = 38;

    /// <summary>On the first row of a service, on its first row of a region, and on the one for the whole country.</summary>
    public const long First = 1L << 56,
        FirstOfRegion = 1L << 57,
        Nationwide = 1L << 58,
        Public = 1L << 59;

    public static long Of(ServiceDetails s) =>
        Public | Of(s.Needs) | Of(s.Audience) | Of(s.Ages) | Of(s.Yes) | Of(s.Ways) | Of(s.Access) | Of(s.Cost) | Of(s.Languages);

    /// <summary>A version with what such a number says, where it says something.</summary>
    public static ServiceDetails Read(long tags, ServiceDetails s) =>
        s with
        {
            Needs = (Need)(tags & (1L << AudienceAt) - 1),
            Audience = (ServiceAudience)(tags >> AudienceAt & (1L << AgesAt - AudienceAt) - 1),
            Ages = (ChildAge)(tags >> AgesAt & (1L << FactsAt - AgesAt) - 1),
            Yes = s.Yes | (ServiceFacts)(tags >> FactsAt & (1L << WaysAt - FactsAt) - 1),
            Ways = (Ways)(tags >> WaysAt & (1L << AccessAt - WaysAt) - 1) is not Ways.None and var ways ? ways : s.Ways,
            Access = (Access)(tags >> AccessAt & (1L << CostAt - AccessAt) - 1),
        };

    public static long Of(Need needs) => (long)needs;

    public static long Of(ServiceAudience audience) => (long)audience << AudienceAt;

    public static long Of(ChildAge ages) => (long)ages << AgesAt;

    public static long Of(ServiceFacts yes) => (long)yes << FactsAt;

    public static long Of(Ways ways) => (long)ways << WaysAt;

    public static long Of(Access access) => (long)access << AccessAt;

    public static long Of(ServiceCost cost) => cost == ServiceCost.NotSaid ? 0 : 1L << (CostAt + (int)cost - 1);

    public static long Of(Languages languages) => (long)languages << LanguagesAt;
}
