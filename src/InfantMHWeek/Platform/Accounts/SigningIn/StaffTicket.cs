using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>What a ticket opens. It opens nothing else.</summary>
enum StaffStage
{
    /// <summary>By mail: to join, or to begin anew when everything was lost.</summary>
    Invitation,

    /// <summary>By mail: to choose a new password.</summary>
    Reset,

    /// <summary>The password was right; the second proof is missing.</summary>
    Code,

    /// <summary>There is no second proof yet; it must be made. Carries the key that a code app is offered.</summary>
    SetUp,

    /// <summary>Somebody who is signed in is making a new code app. Carries its key.</summary>
    NewApp,

    /// <summary>All is proven; the recovery codes are to be shown. Carries them.</summary>
    Codes,

    /// <summary>A passkey has answered this question; it is kept so that the answer counts once.</summary>
    Passkey,
}

/// <summary>
/// One step on the way in. The holder has a random secret, in a cookie or in a mailed link; this row says what it opens. It is
/// used once, in the browser that got it, and ends by signing in or out there, by a new password, and by being disabled.
/// </summary>
sealed class StaffTicket : IHasTokenHash
{
    static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7),
        ResetLasts = TimeSpan.FromHours(1),
        StepLasts = TimeSpan.FromMinutes(20);

    public required Guid Id { get; init; }
    public required Guid StaffId { get; init; }
    public required StaffStage Stage { get; init; }

    public required string Hash { get; init; }

    /// <summary>The one browser in which it counts (<see cref="StaffBrowser"/>, hashed); null for a link in a mail.</summary>
    public string? BrowserHash { get; init; }

    /// <summary>The session that asked for it and must still last; null for somebody who is not signed in yet.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>What the next page needs, encrypted with the site's keys; gone when the ticket is used.</summary>
    public string? Carries { get; set; }
    public required DateTime ExpiresAt { get; init; }

    /// <summary>Used, or ended by something that came after it.</summary>
    public DateTime? UsedAt { get; set; }

    public static TimeSpan Lasts(StaffStage stage) =>
        stage switch
        {
            StaffStage.Invitation => InvitationLasts,
            StaffStage.Reset => ResetLasts,
            _ => StepLasts,
        };

    public sealed class Mapping : IEntityTypeConfiguration<StaffTicket>
    {
        public void Configure(EntityTypeBuilder<StaffTicket> builder)
        {
            builder.ToTable("StaffTickets");
            builder.Property(t => t.Stage).HasConversion<string>().HasMaxLength(20);
            builder.HasTokenHash();
            builder.Property(t => t.BrowserHash).HasMaxLength(Secret.HashLength);
            builder.HasIndex(t => t.BrowserHash);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(t => t.StaffId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
