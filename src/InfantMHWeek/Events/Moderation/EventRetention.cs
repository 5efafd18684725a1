using InfantMHWeek.Events.Partners;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Moderation;

/// <summary>
/// Keeps what the organisers' form promises: a year after the last date the site forgets who offered an event. The event's
/// own page stays, because years of the week stay. What was begun and never finished goes altogether. Of a partner's calendar that was
/// stopped a year ago its name stays, to which readers owe its events.
/// </summary>
sealed class EventRetention(SiteStore store, DeletionGuard guard, TimeProvider clock) : Retention(store, guard, clock)
{
    public const string Job = "forget organisers";
    static readonly EmailAddress Nobody = EmailAddress.Parse("deleted@organiser.invalid", provider: null);

    public override IReadOnlyList<RetentionRule> Rules { get; } =
    [
        new RetentionRule<Event>(new("events that were begun and never shown", Job), RetentionPeriods.UnshownEvents, (db, before) =>
            db.Set<Event>().Where(e => e.ApprovedAt == null && e.StartedAt < before)
        ),
        new RetentionRule<Event>(new("events with the name of who offered them", Job), RetentionPeriods.Organisers, (db, before) =>
            Named(db).Where(e => e.UpdatedAt < before && !e.Dates.Any(d => d.EndUtc >= before))
        )
        {
            Of = Named,
            Forget = ForgetOrganisersAsync,
        },
        new RetentionRule<OrganiserLink>(
            new("ended links to all of an organiser", Job, MostAtOnce: 3000),
            RetentionPeriods.OrganiserLinks,
            (db, before) => db.Set<OrganiserLink>().Where(l => l.EndsAt < before)
        ),
        // A profile goes with the last of the events whose pages it would stand on.
        new RetentionRule<OrganiserProfile>(
            new("profiles of organisers without events", Job),
            RetentionPeriods.OrganiserProfiles,
            (db, before) => db.Set<OrganiserProfile>().Where(p => p.StartedAt < before && !db.Set<Event>().Any(e => e.Contact == p.Contact))
        ),
        new RetentionRule<PartnerFeed>(
            new("partners' calendars that were stopped, with whom we could ask", Job),
            RetentionPeriods.PartnersAsked,
            (db, before) => Asked(db).Where(f => f.StoppedAt < before)
        )
        {
            Of = Asked,
            Forget = ForgetPartnersAsync,
        },
    ];

    static IQueryable<PartnerFeed> Asked(SiteDb db) => db.Set<PartnerFeed>().Where(f => f.Contact != Nobody);

    static async Task ForgetPartnersAsync(SiteDb db, IQueryable<PartnerFeed> stopped, CancellationToken cancel) =>
        await stopped.ExecuteUpdateAsync(change => change.SetProperty(f => f.Contact, Nobody).SetProperty(f => f.ContactName, ""), cancel);

    static IQueryable<Event> Named(SiteDb db) => db.Set<Event>().Where(e => e.ApprovedAt != null && e.ContactName != "");

    static async Task ForgetOrganisersAsync(SiteDb db, IQueryable<Event> past, CancellationToken cancel)
    {
        await db.Set<EventLink>().Where(l => past.Any(e => e.Id == l.EventId)).ExecuteDeleteAsync(cancel);
        await db.Set<EventConcern>().Where(c => c.ClosedAt != null && past.Any(e => e.Id == c.EventId)).ExecuteDeleteAsync(cancel);
        foreach (var shown in await past.Where(e => db.Set<EventPicture>().Any(p => p.EventId == e.Id)).ToListAsync(cancel))
            shown.ForgetPictures();
        await db.SaveChangesAsync(cancel);
        await db.Set<EventPicture>().Where(p => past.Any(e => e.Id == p.EventId)).ExecuteDeleteAsync(cancel);
        await past.ExecuteUpdateAsync(
            change => change.SetProperty(e => e.Contact, Nobody).SetProperty(e => e.ContactPhone, "").SetProperty(e => e.ContactName, ""),
            cancel
        );
    }
}
