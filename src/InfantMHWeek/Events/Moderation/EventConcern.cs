using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Events.Moderation;

/// <summary>What somebody of the public worries about in an event. It may hold anything, so it is shown to staff only.</summary>
sealed class EventConcern
{
    public const int MaxWords = 2000;

    public required Guid Id { get; init; }
    public required Guid EventId { get; init; }

    /// <summary>Names the opening of the form: the same words sent twice are stored once.</summary>
    public Guid? Form { get; init; }
    public required DateTime At { get; init; }
    public required string Words { get; init; }
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

    public sealed class Mapping : IEntityTypeConfiguration<EventConcern>
    {
        public void Configure(EntityTypeBuilder<EventConcern> builder)
        {
            builder.ToTable("EventConcerns");
            builder.Property(c => c.Words).HasMaxLength(MaxWords);
            builder.Property(c => c.ClosedBy).HasMaxLength(Event.MaxName);
            builder.HasOne<Event>().WithMany().HasForeignKey(c => c.EventId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(c => c.ClosedAt);
            builder.HasIndex(c => c.Form);
        }
    }
}
