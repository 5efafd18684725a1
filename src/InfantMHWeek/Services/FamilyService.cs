using InfantMHWeek.Platform.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Services;

/// <summary>
/// A service for babies and their families, from the first word of its organisation to its end. What the public sees is its live version
/// (with <see cref="ServiceDetails.ForPublic"/>) and its <see cref="Points"/>.
/// </summary>
sealed partial class FamilyService : Joinable<ServiceDetails>
{
    public const int MaxName = 100,
        MaxPhone = 30,
        MaxWords = 1000,
        MaxSource = 120,
        MaxSourceId = 100;

    /// <summary>Services of one organisation have the same, and are looked after behind one link.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Nobody comes in at the moment; it will go on.</summary>
    public DateTime? PausedAt { get; private set; }
    public DateTime? ClosedAt { get; private set; }

    /// <summary>The day on which somebody last said that all of it is right, and who; never without that.</summary>
    public DateOnly? CheckedOn { get; private set; }
    public CheckedBy CheckedBy { get; private set; }

    /// <summary>When the service was last asked whether it is still right, and reminded; null once it has answered.</summary>
    public DateTime? QuestionedAt { get; private set; }
    public DateTime? RemindedAt { get; private set; }

    /// <summary>Since when nobody has confirmed it although it was asked, and since when it is in no list any more.</summary>
    public DateTime? UnconfirmedAt { get; private set; }
    public DateTime? UnlistedAt { get; private set; }

    /// <summary>Who listed it, if it was not the service itself: shown with it, as is the licence.</summary>
    public string? Source { get; init; }
    public string? SourceId { get; init; }
    public string? SourceLicence { get; init; }

    /// <summary>When the service itself took over what others had listed.</summary>
    public DateTime? ClaimedAt { get; private set; }

    /// <summary>When its source no longer had it.</summary>
    public DateTime? GoneAtSourceAt { get; private set; }

    public IReadOnlyList<ServicePoint> Points => points;
    public IReadOnlyList<ServiceStep> Steps => steps;
    readonly List<ServicePoint> points = [];
    readonly List<ServiceStep> steps = [];

    public bool Listed => IsPublic && ClosedAt is null && UnlistedAt is null;

    public ServiceState State =>
        WithdrawnAt is not null ? ServiceState.Withdrawn
        : Live is not null
            ? ClosedAt is not null ? ServiceState.Closed
                : UnlistedAt is not null ? ServiceState.Unlisted
                : Waiting ? ServiceState.ChangeWaiting
                : PausedAt is not null ? ServiceState.Paused
                : UnconfirmedAt is not null ? ServiceState.Unconfirmed
                : ServiceState.Published
        : DeclinedAt is not null ? ServiceState.Declined
        : AskedAt is not null ? ServiceState.Asked
        : SentAt is null ? ServiceState.Draft
        : ConfirmedAt is null ? ServiceState.AddressUnknown
        : ServiceState.Waiting;

    public sealed class Mapping : IEntityTypeConfiguration<FamilyService>
    {
        public void Configure(EntityTypeBuilder<FamilyService> builder)
        {
            builder.ToTable("Services");
            builder.KeepsDetails<FamilyService, ServiceDetails>();
            builder.Property(s => s.ContactName).HasMaxLength(MaxName);
            builder.Property(s => s.ContactPhone).HasMaxLength(MaxPhone);
            builder.Property(s => s.Source).HasMaxLength(MaxSource);
            builder.Property(s => s.SourceId).HasMaxLength(MaxSourceId);
            builder.Property(s => s.SourceLicence).HasMaxLength(MaxSource);
            builder.HasMany(s => s.Points).WithOne().HasForeignKey(p => p.ServiceId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(s => s.Steps).WithOne().HasForeignKey(p => p.ServiceId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(s => s.OrganisationId);
            builder.HasIndex(s => new { s.Source, s.SourceId }).IsUnique();
            builder.HasIndex(s => s.CheckedOn);
            builder.HasIndex(s => s.QuestionedAt);
        }
    }
}

enum ServiceState
{
    Draft,

    /// <summary>Sent, but whoever sent it has not used the mailed link.</summary>
    AddressUnknown,
    Waiting,
    Asked,
    Declined,
    Published,
    ChangeWaiting,
    Paused,

    /// <summary>Asked whether it is still right, and no answer.</summary>
    Unconfirmed,

    /// <summary>No answer for so long that no list has it any more.</summary>
    Unlisted,
    Closed,
    Withdrawn,
}

/// <summary>What happened to a service: who did it, when, and the words that went with it.</summary>
sealed class ServiceStep
{
    public required Guid Id { get; init; }
    public Guid ServiceId { get; init; }
    public required DateTime At { get; init; }
    public required string Who { get; init; }
    public required string What { get; init; }
    public string Words { get; init; } = "";

    public sealed class Mapping : IEntityTypeConfiguration<ServiceStep>
    {
        public void Configure(EntityTypeBuilder<ServiceStep> builder)
        {
            builder.ToTable("ServiceSteps");
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Property(s => s.Who).HasMaxLength(FamilyService.MaxName);
            builder.Property(s => s.What).HasMaxLength(60);
            builder.Property(s => s.Words).HasMaxLength(FamilyService.MaxWords);
            builder.HasIndex(s => new { s.ServiceId, s.At });
        }
    }
}
