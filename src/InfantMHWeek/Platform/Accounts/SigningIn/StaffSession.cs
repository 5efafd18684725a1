using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>One signing-in, from then until it ends. The cookie names it; this row decides whether it still counts.</summary>
sealed class StaffSession
{
    public const int DeviceMaxLength = 80;

    /// <summary>After so long without a request, and after so long at all, one signs in anew.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30),
        Longest = TimeSpan.FromHours(12);

    /// <summary>How long a proof counts for changing how one signs in.</summary>
    public static readonly TimeSpan ProofCounts = TimeSpan.FromMinutes(10);

    public required Guid Id { get; init; }
    public required Guid StaffId { get; init; }
    public required DateTime StartedAt { get; init; }

    /// <summary>When the person last proved who they are, at the door or when asked again.</summary>
    public required DateTime ProvenAt { get; set; }
    public required DateTime SeenAt { get; set; }

    /// <summary>The kind of browser and system, so that people recognise their own: <c>Firefox on Windows</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The one browser in which it counts (<see cref="StaffBrowser"/>, hashed).</summary>
    public string? BrowserHash { get; init; }
    public DateTime? EndedAt { get; set; }

    public sealed class Mapping : IEntityTypeConfiguration<StaffSession>
    {
        public void Configure(EntityTypeBuilder<StaffSession> builder)
        {
            builder.ToTable("StaffSessions");
            builder.Property(s => s.Device).HasMaxLength(DeviceMaxLength);
            builder.Property(s => s.BrowserHash).HasMaxLength(Secret.HashLength);
            builder.HasIndex(s => s.StaffId);
            builder.HasIndex(s => s.BrowserHash);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(s => s.StaffId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
