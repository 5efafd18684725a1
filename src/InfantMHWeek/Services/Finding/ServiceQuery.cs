using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Services.Finding;

/// <summary>What the finder asks the store: all of it numbers. What nobody asked for lets everything through.</summary>
sealed record ServiceQuery
{
    public GeoPoint? Near { get; init; }
    public double Miles { get; init; } = 10;

    /// <summary>The areas in which whoever asks lives (<see cref="ServiceArea"/>).</summary>
    public IReadOnlyList<int> Areas { get; init; } = [];
    public Region Region { get; init; }

    /// <summary>Tags that all must be there; and groups of which one must be.</summary>
    public long All { get; init; }
    public long AnyNeed { get; init; } = ServiceTags.Public;
    public long AnyAudience { get; init; } = ServiceTags.Public;
    public long AnyAge { get; init; } = ServiceTags.Public;
    public long AnyCost { get; init; } = ServiceTags.Public;
    public long AnyLanguage { get; init; } = ServiceTags.Public;

    /// <summary>Whether more is asked than where: few of those round about will be of use.</summary>
    public bool IsNarrow => All != 0 || (AnyNeed & AnyAudience & AnyAge & AnyCost & AnyLanguage) != ServiceTags.Public;

    public int Skip { get; init; }
    public int Take { get; init; } = 20;
}

/// <param name="Miles">To its nearest place; null where none is known.</param>
sealed record FoundService(Guid ServiceId, double? Miles);
