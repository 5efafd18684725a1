using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Moderation;

/// <summary>What organisations do: each act, its mail and its line in the audit log are one write, decided on what is held then.</summary>
sealed class ServiceActions(SiteStore store, ServiceMails post, TimeProvider clock)
{
    /// <summary>Begins a service, and mails the link to it. The same form sent twice begins it once.</summary>
    /// <param name="form">Names the opening of the form.</param>
    /// <returns>The token for the browser in which it was begun.</returns>
    public Task<string> BeginAsync(EmailAddress contact, Guid form, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                var now = clock.GetUtcNow();
                var service = await db.Set<FamilyService>()
                    .FirstOrDefaultAsync(
                        s => s.Form == form && s.Contact == contact && s.ConfirmedAt == null && s.WithdrawnAt == null,
                        cancel
                    );
                if (service is null)
                {
                    service = FamilyService.Start(contact, now, form: form);
                    db.Add(service);
                    await post.StartedAsync(db, service, cancel);
                }
                return db.NewServiceLink(service, mailed: false, now.UtcDateTime);
            },
            cancel
        );

    /// <summary>Another service of the same organisation. One that still waits for its name is not begun twice.</summary>
    /// <returns>Its id; null when the key opens nothing.</returns>
    public Task<Guid?> AnotherAsync(ManageLinkAccess key, CancellationToken cancel) =>
        store.WriteAsync<Guid?>(
            async db =>
            {
                if (await db.OpenServicesAsync(key, cancel) is not [{ Mailed: true, Service: var first }, ..] hands)
                    return null;
                var now = clock.GetUtcNow();
                first.Confirm(now);
                if (hands.Select(h => h.Service).FirstOrDefault(s => s.SentAt is null && s.Latest.Title.Length == 0) is { } begun)
                    return begun.Id;
                var another = first.StartAnother(now);
                db.Add(another);
                return another.Id;
            },
            cancel
        );

    /// <param name="change">Makes the new version of the one that is held when it is written.</param>
    /// <param name="keep">What is kept of it that is never public.</param>
    /// <returns>False when the key opens nothing that can be changed.</returns>
    public Task<bool> ChangeAsync(
        ManageLinkAccess key,
        Guid id,
        Func<ServiceDetails, ServiceDetails> change,
        Action<FamilyService> keep,
        CancellationToken cancel
    ) =>
        store.WriteAsync(
            async db =>
            {
                if (await db.OpenServiceAsync(key, id, cancel) is not { Service: { WithdrawnAt: null } service } hand)
                    return false;
                keep(service);
                if (hand.Mailed)
                    service.Claim(clock.GetUtcNow());
                var details = change(service.Latest);
                if (hand.Staff is { } staff && !details.SameAs(service.Latest))
                    db.Record(clock, staff, "changed a service for its organisation", service.Id.ToString());
                service.Propose(details, clock.GetUtcNow(), hand.Who);
                return true;
            },
            cancel
        );

    /// <param name="wish">
    /// The button: <c>send</c>, <c>right</c>, <c>pause</c>, <c>reopen</c>, <c>close</c>, <c>withdraw</c>, <c>confirm</c>.
    /// </param>
    /// <returns>
    /// Null when the key opens nothing; false when the service no longer allowed it: then nothing was changed but that the address is
    /// known to be right.
    /// </returns>
    public Task<bool?> ActAsync(ManageLinkAccess key, Guid id, string? wish, CancellationToken cancel) =>
        store.WriteAsync<bool?>(
            async db =>
            {
                if (await db.OpenServiceAsync(key, id, cancel) is not { } hand)
                    return null;
                var (service, now) = (hand.Service, clock.GetUtcNow());
                // Whoever presses a button behind the mailed link reads that mail.
                var confirmed = hand.Mailed && service.Confirm(now);
                if (hand.Mailed)
                    service.Claim(now);
                if (confirmed && service.Waiting)
                    await post.ReceivedAsync(db, service, cancel);
                var done = wish switch
                {
                    "send" => service.Send(now, hand.Who) == Decision.Done,
                    "right" => service.ConfirmRight(hand.Staff is null ? CheckedBy.Service : CheckedBy.Staff, hand.Who, now),
                    "pause" => service.Pause(hand.Who, now),
                    "reopen" => service.Reopen(hand.Who, now),
                    "close" => service.Close(hand.Who, "", now),
                    "withdraw" => service.Withdraw(hand.Who, "", now),
                    _ => confirmed,
                };
                if (done && wish == "send" && service.Waiting && hand.Staff is null)
                    await post.ReceivedAsync(db, service, cancel);
                if (done && hand.Staff is { } staff)
                {
                    if (wish is "close" or "withdraw")
                        await post.EndedAsync(db, service, "", cancel);
                    db.Record(clock, staff, "acted for a service: " + wish, service.Id.ToString());
                }
                return done;
            },
            cancel
        );
}
