using System.Security.Claims;
using InfantMHWeek.Events.Partners;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Feeds;

/// <summary>Where staff name the calendars of partners; each act and its line in the audit log are one write.</summary>
sealed class FeedDesk(SiteStore store, TimeProvider clock)
{
    /// <returns>The name of the feed that has this address already; null when it was added.</returns>
    public Task<string?> AddAsync(FeedWords words, ClaimsPrincipal staff, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                if (await NameOfAsync(db, words.Address, except: null, cancel) is { } there)
                    return there;
                var feed = PartnerFeed.Add(words, clock.GetUtcNow());
                db.Set<PartnerFeed>().Add(feed);
                db.Record(clock, staff, "named a partner’s calendar" + Trusts(words.Trusted), feed.Id.ToString());
                return null;
            },
            cancel
        );

    /// <param name="revision">Of what the person saw.</param>
    /// <returns>Null when there is no such feed; with it the name of another that has this address.</returns>
    public Task<(Decision? Answer, string? There)> ChangeAsync(
        Guid id,
        int revision,
        FeedWords words,
        ClaimsPrincipal staff,
        CancellationToken cancel
    ) =>
        store.WriteAsync<(Decision?, string?)>(
            async db =>
            {
                if (await db.Set<PartnerFeed>().SingleOrDefaultAsync(f => f.Id == id, cancel) is not { } feed)
                    return (null, null);
                if (await NameOfAsync(db, words.Address, except: id, cancel) is { } there)
                    return (Decision.NotPossible, there);
                var trusted = feed.Trusted;
                var answer = feed.Change(words, revision, clock.GetUtcNow());
                if (answer == Decision.Done)
                    db.Record(
                        clock,
                        staff,
                        "changed a partner’s calendar" + (trusted == words.Trusted ? "" : Trusts(words.Trusted)),
                        id.ToString()
                    );
                return (answer, null);
            },
            cancel
        );

    /// <returns>Its name, and whether it was not so before; null when there is no such feed.</returns>
    public Task<(string Name, bool Done)?> SwitchAsync(Guid id, bool on, ClaimsPrincipal staff, CancellationToken cancel) =>
        store.WriteAsync<(string, bool)?>(
            async db =>
            {
                if (await db.Set<PartnerFeed>().SingleOrDefaultAsync(f => f.Id == id, cancel) is not { } feed)
                    return null;
                var done = on ? feed.Resume(clock.GetUtcNow()) : feed.Stop(clock.GetUtcNow());
                var what = on ? "let a partner’s calendar be read again" : "stopped a partner’s calendar";
                if (done)
                    db.Record(clock, staff, what, id.ToString());
                return (feed.Name, done);
            },
            cancel
        );

    static string Trusts(bool trusted) => trusted ? ", published without a person" : ", each waits for a person";

    static Task<string?> NameOfAsync(SiteDb db, string address, Guid? except, CancellationToken cancel) =>
        db.Set<PartnerFeed>().Where(f => f.Address == address && f.Id != except).Select(f => f.Name).FirstOrDefaultAsync(cancel);
}
