using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Services.Moderation;

/// <summary>Somebody of the public says that something about a service is wrong. It may hold anything, so only staff see it.</summary>
sealed class ServiceReport
{
    public const int MaxWords = 1000,
        MaxWhat = 20;

    public static readonly IReadOnlyList<(string Slug, string Name)> Kinds =
    [
        ("closed", "It has closed"),
        ("contact", "The phone number, email or website is wrong"),
        ("place", "The address is wrong"),
        ("offer", "It does not do what it says"),
        ("unsafe", "Something worries me"),
        ("other", "Something else"),
    ];

    public required Guid Id { get; init; }
    public required Guid ServiceId { get; init; }

    /// <summary>Names the opening of the form: the same said twice is stored once.</summary>
    public Guid? Form { get; init; }
    public required DateTime At { get; init; }

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public required string What { get; init; }
    public string Words { get; init; } = "";
    public DateTime? ClosedAt { get; private set; }
    public string? ClosedBy { get; private set; }

    /// <returns>False when a colleague had closed it; it stays theirs.</returns>
    public bool Close(string by, DateTimeOffset now)
    {
        if (ClosedAt is not null)
            return false;
        (ClosedAt, ClosedBy) = (now.UtcDateTime, by);
        return true;
    }

    public sealed class Mapping : IEntityTypeConfiguration<ServiceReport>
    {
        public void Configure(EntityTypeBuilder<ServiceReport> builder)
        {
            builder.ToTable("ServiceReports");
            builder.Property(r => r.What).HasMaxLength(MaxWhat);
            builder.Property(r => r.Words).HasMaxLength(MaxWords);
            builder.Property(r => r.ClosedBy).HasMaxLength(FamilyService.MaxName);
            builder.HasOne<FamilyService>().WithMany().HasForeignKey(r => r.ServiceId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(r => r.ClosedAt);
            builder.HasIndex(r => r.Form);
        }
    }
}
