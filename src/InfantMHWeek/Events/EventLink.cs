using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Events;

/// <summary>A link with which an organiser looks after an event. Each mail brings one of its own; the store keeps hashes only.</summary>
public sealed class EventLink
{
    public required string Hash { get; init; }
    public required Guid EventId { get; init; }

    /// <summary>Was it mailed? The other kind belongs to the browser in which the event was begun, and ends when the address is confirmed.</summary>
    public required bool Mailed { get; init; }
    public required DateTime MadeAt { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<EventLink>
    {
        public void Configure(EntityTypeBuilder<EventLink> builder)
        {
            builder.ToTable("EventLinks");
            builder.HasKey(l => l.Hash);
            builder.Property(l => l.Hash).HasMaxLength(LinkToken.HashLength);
            builder.HasOne<Event>().WithMany().HasForeignKey(l => l.EventId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

public static class EventLinks
{
    /// <summary>Makes a link; it is kept with what the caller saves.</summary>
    public static string NewEventLink(this SiteDb db, Event e, bool mailed, DateTime now)
    {
        var token = LinkToken.New();
        db.Set<EventLink>().Add(new() { Hash = LinkToken.HashOf(token), EventId = e.Id, Mailed = mailed, MadeAt = now });
        return token;
    }

    /// <returns>The event that a token opens, and whether its holder reads the organiser's mail; null for anything else.</returns>
    public static async Task<(Event Event, bool Mailed)?> OpenEventAsync(this SiteDb db, string? token, CancellationToken cancel)
    {
        if (!LinkToken.TryHash(token, out var hash)) return null;
        if (await db.Set<EventLink>().AsNoTracking().SingleOrDefaultAsync(l => l.Hash == hash, cancel) is not { } link) return null;
        var e = await db.Set<Event>().Include(e => e.Dates).Include(e => e.Steps).AsSplitQuery().SingleAsync(e => e.Id == link.EventId, cancel);
        return link.Mailed || e.ConfirmedAt is null ? (e, link.Mailed) : null;
    }
}
