using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Finding;

/// <summary>What an organiser still has on, for other features' pages.</summary>
static class EventsOfOrganiser
{
    public const string Feature = "events";
    const int MostRead = 30;

    public static readonly OrganisationLinks Links = new("Their events", Feature, FindAsync);

    static async Task<IReadOnlyList<(string, PageLink)>> FindAsync(SiteDb db, EmailAddress contact, DateTime now, CancellationToken cancel)
    {
        var dates = db.Set<EventDate>();
        var events = await db.Set<Event>()
            .AsNoTracking()
            .Where(e => e.Contact == contact && e.ConfirmedAt != null && e.ImportedAt == null && !e.Sample && e.CancelledAt == null)
            .Where(e => dates.Any(d => d.EventId == e.Id && d.EndUtc > now))
            .OrderBy(e => e.Id)
            .AsPublic()
            .Take(MostRead)
            .ToListAsync(cancel);
        return [.. events.Select(e => (e.Live.Organiser, new PageLink(e.Path, e.Live.Title)))];
    }

    /// <summary>What else is on of the organiser at an address that is known to be right, in the order of their next dates.</summary>
    public static async Task<IReadOnlyList<PublicEvent>> OthersAsync(
        SiteDb db,
        EmailAddress contact,
        Guid but,
        DateTime now,
        CancellationToken cancel
    )
    {
        var addresses = await db.Set<Event>().HeldAddressesAsync(contact, cancel);
        return await Theirs(db, addresses)
            .Where(e => e.Id != but && e.Dates.Any(d => d.EndUtc > now))
            .OrderBy(e => e.Dates.Where(d => d.EndUtc > now).Min(d => d.StartUtc))
            .AsPublic()
            .Take(MostRead)
            .ToListAsync(cancel);
    }

    static IQueryable<Event> Theirs(SiteDb db, IReadOnlyList<EmailAddress> addresses) =>
        db.Set<Event>()
            .AsNoTracking()
            .Where(e => addresses.Contains(e.Contact) && e.ConfirmedAt != null && e.ImportedAt == null && !e.Sample)
            .Where(e => e.CancelledAt == null);

    /// <summary>The address at which the organiser of an event is known to read; null where that is not known.</summary>
    public static Task<EmailAddress?> ContactAsync(SiteDb db, Guid id, CancellationToken cancel) =>
        db.Set<Event>()
            .Where(e => e.Id == id && e.ConfirmedAt != null && e.ImportedAt == null && !e.Sample)
            .Select(e => (EmailAddress?)e.Contact)
            .FirstOrDefaultAsync(cancel);
}
