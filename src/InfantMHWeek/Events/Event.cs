using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Events;

/// <summary>
/// An event from the first word of its organiser to the report afterwards. What the public sees is its live version and its
/// <see cref="Dates"/>.
/// </summary>
sealed partial class Event : Joinable<EventDetails>
{
    public const int MaxName = 100,
        MaxPhone = 30,
        MaxWords = 1000,
        MostPeople = 100_000;

    /// <summary>The event that its organiser copied.</summary>
    public Guid? CopiedFrom { get; init; }
    public DateTime? PostponedAt { get; private set; }
    public DateTime? CancelledAt { get; private set; }

    /// <summary>When its organiser was thanked and asked how it went.</summary>
    public DateTime? ThankedAt { get; private set; }
    public DateTime? ReportedAt { get; private set; }

    /// <summary>It repeats without a last day.</summary>
    public bool OpenEnded { get; private set; }

    /// <summary>Up to which day the dates of what repeats have been made; null where all are there.</summary>
    public DateOnly? DatesUntil { get; private set; }

    /// <summary>When its organiser last showed that what goes on still runs.</summary>
    public DateTime? StillOnAt { get; private set; }

    /// <summary>When they were asked, reminded, and given up; none of it while nothing is asked.</summary>
    public DateTime? QuestionedAt { get; private set; }
    public DateTime? RemindedAt { get; private set; }
    public DateTime? UnansweredAt { get; private set; }

    /// <summary>
    /// Where its last public change stands among all changes of events, in milliseconds of the clock where that has gone on: it rises with
    /// each one, in the order in which they were stored. Null of what was never shown.
    /// </summary>
    public long? Changed { get; private set; }

    /// <summary>Where it takes place, if only online nowhere; null while the public does not see it.</summary>
    public Region? InRegion { get; private set; }

    /// <summary>How many came, as its organiser told us; null if they did not say.</summary>
    public int? PeopleCame { get; private set; }

    public IReadOnlyList<EventDate> Dates => dates;
    public IReadOnlyList<EventStep> Steps => steps;
    readonly List<EventDate> dates = [];
    readonly List<EventStep> steps = [];

    public EventState State =>
        WithdrawnAt is not null ? EventState.Withdrawn
        : Live is not null
            ? CancelledAt is not null ? EventState.Cancelled
                : PostponedAt is not null ? EventState.Postponed
                : Waiting ? EventState.ChangeWaiting
                : EventState.Published
        : DeclinedAt is not null ? EventState.Declined
        : AskedAt is not null ? EventState.Asked
        : SentAt is null ? EventState.Draft
        : ConfirmedAt is null ? EventState.Unconfirmed
        : EventState.Waiting;

    public sealed class Mapping : IEntityTypeConfiguration<Event>
    {
        public void Configure(EntityTypeBuilder<Event> builder)
        {
            builder.ToTable("Events");
            builder.KeepsDetails<Event, EventDetails>();
            builder.Property(e => e.ContactName).HasMaxLength(MaxName);
            builder.Property(e => e.ContactPhone).HasMaxLength(MaxPhone);
            builder.Property(e => e.SourceId).HasMaxLength(MaxSourceId);
            builder.Property(e => e.AtSource).KeptAsJson();
            builder.HasMany(e => e.Dates).WithOne().HasForeignKey(d => d.EventId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(e => e.Steps).WithOne().HasForeignKey(s => s.EventId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(e => e.CopiedFrom);
            builder.HasIndex(e => e.DatesUntil);
            builder.HasIndex(e => e.SourceId);
            builder.HasIndex(e => e.GoneAtSourceAt);
            builder.Property(e => e.Changed).IsChangeOrder();
            // The ways in of programs: what changed since, what there is in a region, and what was approved last.
            builder.HasIndex(e => new { e.Changed, e.Id });
            builder.HasIndex(e => new { e.InRegion, e.Id });
            builder.HasIndex(e => new { e.ApprovedAt, e.Id });
            builder.HasIndex(e => e.FeedId);
        }
    }
}

enum EventState
{
    Draft,
    Unconfirmed,
    Waiting,
    Asked,
    Declined,
    Published,
    ChangeWaiting,
    Postponed,
    Cancelled,
    Withdrawn,
}

/// <summary>What happened to an event: who did it, when, and the words that went with it.</summary>
sealed class EventStep
{
    public required Guid Id { get; init; }
    public Guid EventId { get; init; }
    public required DateTime At { get; init; }
    public required string Who { get; init; }
    public required string What { get; init; }
    public string Words { get; init; } = "";

    public sealed class Mapping : IEntityTypeConfiguration<EventStep>
    {
        public void Configure(EntityTypeBuilder<EventStep> builder)
        {
            builder.ToTable("EventSteps");
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Property(s => s.Who).HasMaxLength(Event.MaxName);
            builder.Property(s => s.What).HasMaxLength(60);
            builder.Property(s => s.Words).HasMaxLength(Event.MaxWords);
            builder.HasIndex(s => new { s.EventId, s.At });
        }
    }
}
