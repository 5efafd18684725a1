using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Organisers;

/// <summary>An organiser's own page: the link that opens it, and what is begun there.</summary>
sealed class OrganiserHome(SiteStore store, IEnumerable<IOrganiserOffers> offers, Outbox outbox, SiteAddress address, TimeProvider clock)
{
    const string Kind = "organiser-link";

    /// <summary>
    /// Mails the link, if anything is offered from the address. The mail goes to the address as it stands with that, never to what was
    /// typed; the same form sent twice mails it once.
    /// </summary>
    /// <param name="form">Names the opening of the form.</param>
    public Task SendLinkAsync(EmailAddress typed, Guid form, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                var held = new List<EmailAddress>();
                foreach (var offer in offers)
                    held.AddRange(await offer.HeldAddressesAsync(db, typed, cancel));
                // Under a name for nobody stand the events whose organisers were forgotten.
                if (held.FirstOrDefault() is not { } contact || contact.Key.EndsWith(".invalid", StringComparison.Ordinal))
                    return;
                var about = $"{TextHash.Of(contact.Key)[..16]}:{form:N}";
                if (await db.Set<OutboxMail>().AnyAsync(m => m.Kind == Kind && m.About == about, cancel))
                    return;
                var now = clock.GetUtcNow().UtcDateTime;
                var values = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["link"] = address.Of("/organiser/" + db.NewHome(contact, now)),
                    ["until"] = (now + OrganiserLink.Lasts).AtInUk(),
                };
                await outbox.QueueAsync(db, Kind, about, contact, values, cancel: cancel);
            },
            cancel
        );

    /// <summary>All that is offered from the address of a home, what is newest first.</summary>
    public async Task<IReadOnlyList<OfferedItem>> FindAsync(SiteDb db, OrganiserLink home, ManageLinkAccess key, CancellationToken cancel)
    {
        var found = new List<OfferedItem>();
        foreach (var offer in offers)
            found.AddRange(await offer.FindAsync(db, home.Contact, key, clock.GetUtcNow().UtcDateTime, cancel));
        return found;
    }

    /// <summary>Begins another event, or another service.</summary>
    /// <param name="what">Its <see cref="IOrganiserOffers.Name"/>.</param>
    /// <returns>Where it goes on; null when the key opens nothing, or there is no such thing to begin.</returns>
    public Task<string?> BeginAsync(ManageLinkAccess key, string? what, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
                offers.FirstOrDefault(o => o.Name == what) is { } offer && await db.OpenHomeAsync(key, cancel) is { } home
                    ? await offer.BeginAsync(db, home.Contact, key, clock.GetUtcNow(), cancel)
                    : null,
            cancel
        );
}
