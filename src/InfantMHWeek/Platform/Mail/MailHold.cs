using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Mail;

/// <summary>
/// Tells staff that a machine's mail is held, and why. Each machine decides for itself: another may well reach the mail server.
/// </summary>
sealed class MailHold
{
    public const int MachineMaxLength = 100;

    /// <summary>Shown for so long after its next attempt was due; after that, whoever wrote it is no longer there.</summary>
    public static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(5);

    public required string Machine { get; init; }
    public required DateTime Since { get; set; }
    public required MailTrouble Trouble { get; set; }

    /// <summary>What the server said.</summary>
    public required string Words { get; set; }
    public required DateTime NextTryAt { get; set; }

    /// <summary>Somebody of the staff wants it tried at once.</summary>
    public bool TryNow { get; set; }

    public sealed class Mapping : IEntityTypeConfiguration<MailHold>
    {
        public void Configure(EntityTypeBuilder<MailHold> builder)
        {
            builder.ToTable("MailHolds");
            builder.HasKey(h => h.Machine);
            builder.Property(h => h.Machine).HasMaxLength(MachineMaxLength);
            builder.Property(h => h.Words).HasMaxLength(OutboxMail.ProblemMaxLength);
        }
    }
}
