using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Accounts;

public enum StaffLinkKind
{
    /// <summary>To join, or to begin anew when everything was lost.</summary>
    Invitation,
    /// <summary>To choose a new password.</summary>
    Reset,
}

/// <summary>An address that lets one person in once. Only its hash is kept.</summary>
public sealed class StaffLink
{
    static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7), ResetLasts = TimeSpan.FromHours(1);

    public required Guid Id { get; init; }
    public required Guid StaffId { get; init; }
    public required StaffLinkKind Kind { get; init; }
    public required string Hash { get; init; }
    public required DateTime ExpiresAt { get; init; }

    /// <summary>Used, or made worthless by a newer one.</summary>
    public DateTime? UsedAt { get; set; }

    public static TimeSpan Lasts(StaffLinkKind kind) => kind == StaffLinkKind.Invitation ? InvitationLasts : ResetLasts;

    public sealed class Mapping : IEntityTypeConfiguration<StaffLink>
    {
        public void Configure(EntityTypeBuilder<StaffLink> builder)
        {
            builder.ToTable("StaffLinks");
            builder.Property(l => l.Kind).HasConversion<string>().HasMaxLength(20);
            builder.Property(l => l.Hash).HasMaxLength(Secret.HashLength);
            builder.HasIndex(l => l.Hash).IsUnique();
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(l => l.StaffId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
