using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Finding;

/// <summary>Where the addresses of events lead that were joined to others.</summary>
static class JoinedEvents
{
    const int MostJoined = 10;

    /// <summary>The page that an address leads to; null where it leads nowhere.</summary>
    public static async Task<string?> JoinedPathAsync(this SiteDb db, string slug, CancellationToken cancel) =>
        await db.Set<Event>().AsNoTracking().SingleOrDefaultAsync(e => e.Slug == slug, cancel) is { } gone
        && await db.JoinedSlugAsync(gone, cancel) is { } joined
            ? "/events/" + joined
            : null;

    /// <summary>The address of the public one that one which was joined leads to; null where it leads nowhere.</summary>
    public static async Task<string?> JoinedSlugAsync(this SiteDb db, Event gone, CancellationToken cancel)
    {
        var e = gone;
        // What was joined may have been joined again.
        for (var steps = 0; steps < MostJoined && e?.JoinedTo is { } next; steps++)
        {
            e = await db.Set<Event>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == next, cancel);
            if (e is { IsPublic: true })
                return e.Slug;
        }
        return null;
    }
}
