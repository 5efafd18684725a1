using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Events;

/// <summary>
/// An event from the first word of its organiser to the report afterwards. What the public sees is <see cref="Live"/> and its
/// <see cref="Dates"/>, and only <see cref="Approve"/> makes them; what the organiser types is <see cref="Proposed"/>.
/// </summary>
public sealed partial class Event
{
    public const int MaxName = 100,
        MaxPhone = 30,
        MaxWords = 1000,
        MaxSlug = 80,
        MostPeople = 100_000;

    public required Guid Id { get; init; }

    /// <summary>Its public address, given at the first approval and never changed.</summary>
    public string? Slug { get; private set; }
    public required EmailAddress Contact { get; init; }
    public string ContactName { get; set; } = "";
    public string ContactPhone { get; set; } = "";

    /// <summary>Names the opening of the form by which it was begun: sent twice, it is begun once.</summary>
    public Guid? Form { get; init; }

    /// <summary>The event that its organiser copied.</summary>
    public Guid? CopiedFrom { get; init; }
    public required DateTime StartedAt { get; init; }
    public DateTime? ConfirmedAt { get; private set; }
    public DateTime? SentAt { get; private set; }

    /// <summary>Since when something waits for a person's decision.</summary>
    public DateTime? WaitingSince { get; private set; }
    public DateTime? AskedAt { get; private set; }
    public DateTime? DeclinedAt { get; private set; }
    public DateTime? ApprovedAt { get; private set; }
    public DateTime? PostponedAt { get; private set; }
    public DateTime? CancelledAt { get; private set; }
    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>When staff brought it in from a partner's file; its contact was never asked to confirm the address.</summary>
    public DateTime? ImportedAt { get; private set; }

    /// <summary>When its organiser was thanked and asked how it went.</summary>
    public DateTime? ThankedAt { get; private set; }
    public DateTime? ReportedAt { get; private set; }

    /// <summary>How many came, as its organiser told us; null if they did not say.</summary>
    public int? PeopleCame { get; private set; }

    /// <summary>When the public version last changed, and how often: calendars go by it.</summary>
    public DateTime UpdatedAt { get; private set; }
    public int Sequence { get; private set; }

    /// <summary>Rises with every change of any kind, so that nobody decides on what they have not seen.</summary>
    public int Revision { get; private set; }

    public EventDetails? Proposed { get; private set; }
    public EventDetails? Live { get; private set; }
    public bool Sample { get; init; }
    public IReadOnlyList<EventDate> Dates => dates;
    public IReadOnlyList<EventStep> Steps => steps;
    readonly List<EventDate> dates = [];
    readonly List<EventStep> steps = [];

    public bool IsPublic => Live is not null && ApprovedAt is not null && WithdrawnAt is null;
    public bool Waiting => WaitingSince is not null;

    /// <summary>The version that its organiser sees and changes.</summary>
    public EventDetails Latest => Proposed ?? Live ?? new();

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
            builder.Property(e => e.Slug).HasMaxLength(MaxSlug);
            builder.Property(e => e.ContactName).HasMaxLength(MaxName);
            builder.Property(e => e.ContactPhone).HasMaxLength(MaxPhone);
            builder.Property(e => e.Revision).IsConcurrencyToken();
            var same = new ValueComparer<EventDetails?>(
                (a, b) => a == null ? b == null : a.SameAs(b),
                e => e == null ? 0 : e.ToJson().GetHashCode(StringComparison.Ordinal)
            );
            builder.Property(e => e.Proposed).HasConversion(e => e!.ToJson(), text => EventDetails.FromJson(text), same);
            builder.Property(e => e.Live).HasConversion(e => e!.ToJson(), text => EventDetails.FromJson(text), same);
            builder.HasMany(e => e.Dates).WithOne().HasForeignKey(d => d.EventId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(e => e.Steps).WithOne().HasForeignKey(s => s.EventId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(e => e.Slug).IsUnique();
            builder.HasIndex(e => e.WaitingSince);
            builder.HasIndex(e => e.Form);
            builder.HasIndex(e => e.CopiedFrom);
        }
    }
}

public enum EventState
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
public sealed class EventStep
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
