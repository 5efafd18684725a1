using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Telemetry;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Mail;

/// <summary>
/// One mail on its way. It is written in the transaction of what it tells of, and sent later by the outbox sender.
/// Unique by kind and subject: what was asked for twice is sent once.
/// </summary>
sealed class OutboxMail
{
    /// <summary>Over four days: a mail server may be troubled for so long (RFC 5321, section 4.5.4.1).</summary>
    public const int MostAttempts = 26;
    public const int ProblemMaxLength = 1000,
        LeaveAtMaxLength = 500;

    static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1),
        LongestWait = TimeSpan.FromHours(6);

    public required Guid Id { get; init; }

    /// <summary>The wording: a file of that name in <c>content/emails</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, so that it cannot be sent twice; never shown.</summary>
    public required string About { get; init; }
    public required EmailAddress To
    {
        get;
        init
        {
            field = value;
            Reader = value.Key;
        }
    }

    /// <summary>The same for the same mailbox, however its address was typed.</summary>
    public string Reader { get; private set; } = "";
    public MailLane Lane { get; init; } = MailLane.Ordinary;
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

    /// <summary>Until when, and by which process, it is being sent. What a process has not renewed by then goes back.</summary>
    public DateTime? LeasedUntil { get; set; }
    public Guid? LeasedBy { get; set; }
    public DateTime? SentAt { get; set; }

    /// <summary>When it was given up, and why, in the mail server's words.</summary>
    public DateTime? GivenUpAt { get; set; }
    public string? LastProblem { get; set; }

    /// <summary>Since when it is refused without our knowing whether that is our own fault.</summary>
    public DateTime? RefusedAt { get; set; }

    /// <summary>How long after so many attempts the next one comes: 1, 2, 4 … minutes, at most six hours.</summary>
    public static TimeSpan WaitAfter(int attempts)
    {
        var wait = FirstWait * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return wait < LongestWait ? wait : LongestWait;
    }

    /// <summary>It did not go; later it may, unless this was the last attempt.</summary>
    public void TryLater(DateTime now, string problem)
    {
        if (Attempts >= MostAttempts)
            GiveUp(now, problem);
        else
            Wait(now, problem);
    }

    /// <summary>
    /// It was refused for good, by whoever's fault. It is given up once another mail has left since: until then it may be us that are
    /// refused.
    /// </summary>
    /// <param name="weAreTaken">Whether another has left since <see cref="RefusedAt"/>.</param>
    public void Refuse(DateTime now, string problem, bool weAreTaken)
    {
        if (RefusedAt is not null && weAreTaken)
            GiveUp(now, problem);
        else
            Wait(now, problem);
        RefusedAt ??= now;
    }

    public void GiveUp(DateTime now, string problem) =>
        (GivenUpAt, LastProblem, LeasedUntil, LeasedBy) = (now, OneLine(problem), null, null);

    /// <summary>
    /// What happened says nothing about this mail: it keeps its turn and its attempts, so that after a long night all leave in their
    /// order.
    /// </summary>
    public void ReturnUntried(string? problem) =>
        (Attempts, LastProblem, LeasedUntil, LeasedBy) = (
            Math.Max(0, Attempts - 1),
            problem is null ? LastProblem : OneLine(problem),
            null,
            null
        );

    /// <summary>Puts mails that were given up back on their way, with all their attempts before them.</summary>
    /// <returns>How many.</returns>
    public static Task<int> SendAgainAsync(IQueryable<OutboxMail> mails, DateTime now, CancellationToken cancel) =>
        mails
            .Where(m => m.GivenUpAt != null)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(m => m.GivenUpAt, (DateTime?)null)
                        .SetProperty(m => m.RefusedAt, (DateTime?)null)
                        .SetProperty(m => m.Attempts, 0)
                        .SetProperty(m => m.NextAttemptAt, now)
                        .SetProperty(m => m.LeasedUntil, (DateTime?)null)
                        .SetProperty(m => m.LeasedBy, (Guid?)null),
                cancel
            );

    /// <summary>What is due and leased to nobody.</summary>
    public static IQueryable<OutboxMail> WaitingAt(SiteDb db, DateTime now) =>
        db.Set<OutboxMail>()
            .Where(m =>
                m.SentAt == null && m.GivenUpAt == null && m.NextAttemptAt <= now && (m.LeasedUntil == null || m.LeasedUntil < now)
            );

    void Wait(DateTime now, string problem) =>
        (NextAttemptAt, LastProblem, LeasedUntil, LeasedBy) = (now + WaitAfter(Attempts), OneLine(problem), null, null);

    /// <summary>A server's words as one line that fits.</summary>
    public static string OneLine(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= ProblemMaxLength ? line : line[..ProblemMaxLength];
    }

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
            builder.Property(m => m.Reader).HasMaxLength(EmailAddress.MaxLength);
            builder.HasIndex(m => new
            {
                m.SentAt,
                m.GivenUpAt,
                m.Lane,
                m.NextAttemptAt,
            });
            builder.HasIndex(m => new { m.Reader, m.SentAt });
            RequestIdInterceptor.AddColumn(builder);
        }
    }
}
