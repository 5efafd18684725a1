using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Contact;

enum ContactKind
{
    Message,
    Concern,
    DataProtection,
}

/// <summary>What somebody wrote to us. A complaint about data protection has a day by which the law wants an answer.</summary>
sealed class ContactMessage
{
    public const int TextMaxLength = 5000,
        NameMaxLength = 100,
        AnswerDays = 30;

    public required Guid Id { get; init; }

    /// <summary>Named when the page was opened: the same words sent twice are stored once.</summary>
    public required Guid Form { get; init; }
    public required string Reference { get; init; }
    public required ContactKind Kind { get; init; }
    public string? Name { get; init; }
    public required EmailAddress Email { get; init; }
    public required string Text { get; init; }
    public required DateTime At { get; init; }
    public DateOnly? DueOn { get; init; }
    public DateTime? AnsweredAt { get; private set; }
    public string? AnsweredBy { get; private set; }

    /// <returns>False when a colleague had answered it; it stays theirs.</returns>
    public bool Answered(string by, DateTime now)
    {
        if (AnsweredAt is not null)
            return false;
        (AnsweredAt, AnsweredBy) = (now, by);
        return true;
    }

    public sealed class Mapping : IEntityTypeConfiguration<ContactMessage>
    {
        public void Configure(EntityTypeBuilder<ContactMessage> builder)
        {
            builder.ToTable("ContactMessages");
            builder.Property(m => m.Kind).HasConversion<string>().HasMaxLength(20);
            builder.Property(m => m.Reference).HasMaxLength(9);
            builder.Property(m => m.Name).HasMaxLength(NameMaxLength);
            builder.Property(m => m.Text).HasMaxLength(TextMaxLength);
            builder.Property(m => m.AnsweredBy).HasMaxLength(100);
            builder.HasIndex(m => m.Form);
            builder.HasIndex(m => m.At);
        }
    }
}
