using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Events.Moderation;

/// <summary>A link with which an organiser looks after an event. Each mail brings one of its own; the store keeps hashes only.</summary>
sealed class EventLink : IHasTokenHash
{
    public required string Hash { get; init; }
    public required Guid EventId { get; init; }

    /// <summary>
    /// Was it mailed? The other kind belongs to the browser in which the event was begun, and ends when the address is confirmed.
    /// </summary>
    public required bool Mailed { get; init; }
    public required DateTime MadeAt { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<EventLink>
    {
        public void Configure(EntityTypeBuilder<EventLink> builder)
        {
            builder.ToTable("EventLinks");
            builder.HasTokenHashAsKey();
            builder.HasOne<Event>().WithMany().HasForeignKey(l => l.EventId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

static class EventLinks
{
    /// <summary>Makes a link; it is kept with what the caller saves.</summary>
    public static string NewEventLink(this SiteDb db, Event e, bool mailed, DateTime now) =>
        db.Issue(hash => new EventLink
        {
            Hash = hash,
            EventId = e.Id,
            Mailed = mailed,
            MadeAt = now,
        });

    /// <summary>Under this name staff open an event for its organiser.</summary>
    public static string StaffName(Guid id) => ActingKeys.StaffName(id);

    /// <returns>The event that a key opens, and who holds it; null for anything else.</returns>
    public static async Task<ManagedEvent?> OpenEventAsync(this SiteDb db, ManageLinkAccess key, CancellationToken cancel)
    {
        if (key.Staff is { } staff)
            return await FindAsync(key.Asked) is { } asked ? new(asked, Mailed: false, staff) : null;
        if (key.Home is not null)
            return
                await db.OpenHomeAsync(key, cancel) is { } home
                && await FindAsync(key.Asked) is { IsForOrganiser: true } own
                && own.Contact == home.Contact
                ? new(own, Mailed: true, Staff: null)
                : null;
        if (await db.OpenedByHash<EventLink>(key.Hash).AsNoTracking().SingleOrDefaultAsync(cancel) is not { } link)
            return null;
        var e = await FindAsync(link.EventId);
        return e is not null && (link.Mailed || e.ConfirmedAt is null) ? new(e, link.Mailed, Staff: null) : null;

        Task<Event?> FindAsync(Guid wanted) =>
            db.Set<Event>().Include(e => e.Dates).Include(e => e.Steps).AsSplitQuery().SingleOrDefaultAsync(e => e.Id == wanted, cancel);
    }
}

/// <summary>An event in somebody's hand.</summary>
/// <param name="Mailed">Its holder reads the organiser's mail.</param>
/// <param name="Staff">The member of staff who acts for the organiser, if one does.</param>
sealed record ManagedEvent(Event Event, bool Mailed, ClaimsPrincipal? Staff)
{
    public string Who => Staff?.StaffName() ?? Event.Organiser;

    /// <summary>For a mail to the organiser.</summary>
    public string ByWhom => Staff is null ? EventMails.ByThem : EventMails.ByStaff;
}
