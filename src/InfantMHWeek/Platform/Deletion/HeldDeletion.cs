using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Deletion;

enum HoldReason
{
    /// <summary>The clock is not where it could be by now.</summary>
    Clock,

    /// <summary>Too much at once.</summary>
    Proportion,
}

/// <summary>A deletion that was not believed and waits for a person.</summary>
sealed class HeldDeletion
{
    /// <summary>Rows that come due between the person's look and the job do not ask again.</summary>
    const int MayGrowBy = 20;
    static readonly TimeSpan AllowanceLasts = TimeSpan.FromDays(1);

    public required string What { get; init; }
    public required string Job { get; set; }
    public required HoldReason Why { get; set; }

    /// <summary>How many would be deleted, of how many.</summary>
    public required int Due { get; set; }
    public required int Of { get; set; }
    public required DateTime Since { get; init; }
    public int? AllowedUpTo { get; private set; }
    public DateTime? AllowedAt { get; private set; }

    /// <summary>A person has seen the number and wants it so.</summary>
    public void Allow(int seen, DateTime now) => (AllowedUpTo, AllowedAt) = (seen + MayGrowBy, now);

    public bool Allows(int due, DateTime now) => due <= AllowedUpTo && AllowedAt > now - AllowanceLasts && AllowedAt <= now;

    public sealed class Mapping : IEntityTypeConfiguration<HeldDeletion>
    {
        public void Configure(EntityTypeBuilder<HeldDeletion> builder)
        {
            builder.ToTable("HeldDeletions");
            builder.HasKey(h => h.What);
            builder.Property(h => h.What).HasMaxLength(DeletionKind.MaxLength);
            builder.Property(h => h.Job).HasMaxLength(Jobs.Job.MaxName);
            builder.Property(h => h.Why).HasConversion<string>().HasMaxLength(20);
        }
    }
}

/// <summary>The last moment at which the site's clock was believed; one row.</summary>
sealed class ClockSighting
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    /// <summary>UTC.</summary>
    public required DateTime At { get; set; }

    public sealed class Mapping : IEntityTypeConfiguration<ClockSighting>
    {
        public void Configure(EntityTypeBuilder<ClockSighting> builder)
        {
            builder.ToTable("ClockSightings");
            builder.Property(s => s.Id).ValueGeneratedNever();
        }
    }
}
