using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Finding;

/// <summary>Where the addresses of events lead that were joined to others.</summary>
static class JoinedEvents
{
    /// <summary>The page that an address leads to; null where it leads nowhere.</summary>
    public static async Task<string?> JoinedPathAsync(this SiteDb db, string slug, CancellationToken cancel) =>
        await db.Set<Event>().AsNoTracking().SingleOrDefaultAsync(e => e.Slug == slug, cancel) is { } gone
        && await db.JoinedAsync(gone, cancel) is { } joined
            ? "/events/" + joined.Slug
            : null;

    /// <inheritdoc cref="JoinedRows.JoinedAsync"/>
    public static Task<Event?> JoinedAsync(this SiteDb db, Event gone, CancellationToken cancel) =>
        db.Set<Event>().AsNoTracking().JoinedAsync<Event, EventDetails>(gone, cancel);
}
