using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Mail;

/// <summary>
/// An address whose server refused it for good. Ordinary mail to it is no longer tried: servers take those who knock again and again for
/// senders of junk. What is urgent is tried all the same, and when it arrives, this is forgotten.
/// </summary>
sealed class RefusedRecipient
{
    /// <summary>As <see cref="OutboxMail.Reader"/>.</summary>
    public required string Reader { get; init; }
    public required DateTime At { get; set; }

    /// <summary>What the server said.</summary>
    public required string Words { get; set; }

    /// <summary>Notes the refusal; a newer one takes the place of the older.</summary>
    public static async Task NoteAsync(SiteDb db, string reader, string words, DateTime now, CancellationToken cancel)
    {
        var line = OutboxMail.OneLine(words);
        if (await db.Set<RefusedRecipient>().FindAsync([reader], cancel) is { } known)
            (known.At, known.Words) = (now, line);
        else
            db.Add(
                new RefusedRecipient
                {
                    Reader = reader,
                    At = now,
                    Words = line,
                }
            );
    }

    /// <summary>Forgets refusals of an address: its owner has used it since, staff say so, or the person is to be forgotten.</summary>
    /// <param name="db">The context of the caller's write.</param>
    public static Task LiftAsync(SiteDb db, EmailAddress address, CancellationToken cancel = default)
    {
        var reader = address.Key;
        return db.Set<RefusedRecipient>().Where(r => r.Reader == reader).ExecuteDeleteAsync(cancel);
    }

    public sealed class Mapping : IEntityTypeConfiguration<RefusedRecipient>
    {
        public void Configure(EntityTypeBuilder<RefusedRecipient> builder)
        {
            builder.ToTable("RefusedReaders");
            builder.HasKey(r => r.Reader);
            builder.Property(r => r.Reader).HasMaxLength(EmailAddress.MaxLength);
            builder.Property(r => r.Words).HasMaxLength(OutboxMail.ProblemMaxLength);
        }
    }
}
