using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Mail;

/// <summary>
/// One mail on its way. It is written in the transaction of what it tells of, and sent later by the outbox sender.
/// Unique by kind and subject: what was asked for twice is sent once.
/// </summary>
public sealed class OutboxMail
{
    /// <summary>Over four days: a mail server may be troubled for so long (RFC 5321, section 4.5.4.1).</summary>
    public const int MostAttempts = 26;
    public const int ProblemMaxLength = 1000, LeaveAtMaxLength = 500;

    /// <summary>So long after it left or was given up, nothing of it remains: its reader's address is theirs.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public required Guid Id { get; init; }

    /// <summary>The wording: a file of that name in <c>content/emails</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, so that it cannot be sent twice; never shown.</summary>
    public required string About { get; init; }
    public required EmailAddress To { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; set; }
    public required string Html { get; set; }

    /// <summary>A calendar to be attached, or null.</summary>
    public string? Calendar { get; init; }

    /// <summary>Where one press ends such mails, for the button that mail programs show; null for what nobody can leave.</summary>
    public string? LeaveAt { get; init; }
    public required DateTime QueuedAt { get; init; }
    public required DateTime NextAttemptAt { get; set; }
    public int Attempts { get; set; }
    public DateTime? LeasedUntil { get; set; }
    public DateTime? SentAt { get; set; }

    /// <summary>When it was given up, and why, in the mail server's words.</summary>
    public DateTime? GivenUpAt { get; set; }
    public string? LastProblem { get; set; }

    /// <summary>Puts a mail that was given up back on its way, with all its attempts before it.</summary>
    public void SendAgain(DateTime now) => (GivenUpAt, Attempts, NextAttemptAt, LeasedUntil) = (null, 0, now, null);

    public sealed class Mapping : IEntityTypeConfiguration<OutboxMail>
    {
        public void Configure(EntityTypeBuilder<OutboxMail> builder)
        {
            builder.ToTable("OutboxMails");
            builder.Property(m => m.Kind).HasMaxLength(60);
            builder.Property(m => m.About).HasMaxLength(100);
            builder.Property(m => m.Subject).HasMaxLength(200);
            builder.Property(m => m.LeaveAt).HasMaxLength(LeaveAtMaxLength);
            builder.Property(m => m.LastProblem).HasMaxLength(ProblemMaxLength);
            builder.HasIndex(m => new { m.Kind, m.About }).IsUnique();
            builder.HasIndex(m => new { m.SentAt, m.GivenUpAt, m.NextAttemptAt });
        }
    }
}
