using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Events.Finding;

/// <summary>What the finder asks the store: all of it numbers. What nobody asked for lets everything through.</summary>
sealed record EventQuery
{
    public GeoPoint? Near { get; init; }
    public double Miles { get; init; } = 10;
    public Region Region { get; init; }
    public required DateTime FromUtc { get; init; }
    public required DateTime ToUtc { get; init; }

    /// <summary>What has ended by then is not shown.</summary>
    public required DateTime EndsAfterUtc { get; init; }

    /// <summary>Tags that all must be there; and groups of which one must be.</summary>
    public long All { get; init; }
    public long AnyAudience { get; init; } = EventTags.Public;
    public long AnyStage { get; init; } = EventTags.Public;
    public long AnyCost { get; init; } = EventTags.Public;
    public int FromMinute { get; init; }
    public int ToMinute { get; init; } = 24 * 60;
    public int MostMinutes { get; init; } = 24 * 60 + 60;
    public bool ByDistance { get; init; }

    /// <summary>Every date of what repeats, and not only its next one.</summary>
    public bool EveryDate { get; init; }
    public int Skip { get; init; }
    public int Take { get; init; } = 20;
}

/// <summary>One line of what was found. By distance an event has one, with its next date; by date it has one for each day,
/// and one in all where it repeats.</summary>
sealed record FoundDate(Guid EventId, DateTime StartUtc, double? Miles);
