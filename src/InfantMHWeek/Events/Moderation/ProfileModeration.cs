using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Moderation;

/// <summary>
/// Profiles of organisers: what they send, and what a person decides on it. Each with its mail and its line is one write.
/// </summary>
sealed class ProfileModeration(SiteStore store, EventMails post, TimeProvider clock)
{
    /// <summary>Keeps what an organiser typed of themselves; it waits for a person.</summary>
    /// <returns>False when the key opens nothing.</returns>
    public Task<bool> ProposeAsync(ManageLinkAccess key, ProfileDetails details, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                if (await db.OpenHomeAsync(key, cancel) is not { } home)
                    return false;
                var now = clock.GetUtcNow();
                var profile = await db.Set<OrganiserProfile>().ProfileOfAsync(home.Contact, cancel);
                if (profile is null or { WithdrawnAt: not null })
                {
                    if (profile is not null)
                        db.Remove(profile);
                    profile = OrganiserProfile.Start(home.Contact, now);
                    db.Add(profile);
                }
                profile.Propose(details, now);
                profile.Send(now);
                return true;
            },
            cancel
        );

    /// <summary>Its organiser does not want it any more.</summary>
    /// <returns>False when the key opens nothing.</returns>
    public Task<bool> RemoveAsync(ManageLinkAccess key, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                if (await db.OpenHomeAsync(key, cancel) is not { } home)
                    return false;
                if (await db.Set<OrganiserProfile>().ProfileOfAsync(home.Contact, cancel) is { } profile)
                    db.Remove(profile);
                return true;
            },
            cancel
        );

    /// <param name="revision">Of the version that this person read.</param>
    /// <returns>Null when there is no such profile.</returns>
    public Task<Decision?> DecideAsync(
        Guid id,
        int revision,
        Verdict verdict,
        ClaimsPrincipal staff,
        string words,
        CancellationToken cancel
    ) =>
        store.WriteAsync<Decision?>(
            async db =>
            {
                if (await db.Set<OrganiserProfile>().SingleOrDefaultAsync(p => p.Id == id, cancel) is not { } profile)
                    return null;
                var (who, now, shown) = (staff.StaffName(), clock.GetUtcNow(), profile.IsPublic);
                var answer = verdict switch
                {
                    Verdict.Approve => profile.Approve(who, revision, now),
                    Verdict.Decline => profile.Decline(who, revision, words, now),
                    Verdict.Withdraw when profile.IsPublic && profile.Withdraw(who, words, now) => Decision.Done,
                    _ => Decision.NotPossible,
                };
                if (answer != Decision.Done)
                    return answer;
                var change = shown && verdict != Verdict.Withdraw;
                await post.ProfileAsync(db, profile, approved: verdict == Verdict.Approve, change, words, cancel);
                db.Record(clock, staff, InLog(verdict), id.ToString());
                return answer;
            },
            cancel
        );

    static string InLog(Verdict verdict) =>
        verdict switch
        {
            Verdict.Approve => "approved the profile of an organiser",
            Verdict.Decline => "declined the profile of an organiser",
            _ => "took the profile of an organiser off the website",
        };
}
