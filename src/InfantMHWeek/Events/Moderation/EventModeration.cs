using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Moderation;

enum Verdict
{
    Approve,
    Ask,
    Decline,
    Queue,
    Cancel,
    Withdraw,

    /// <summary>It stays, although its partner's list no longer has it.</summary>
    KeepThoughGone,
}

/// <summary>Where a person decides: the decision, the mail that tells of it and the line in the audit log are one write.</summary>
sealed class EventModeration(SiteStore store, EventMails post, TimeProvider clock)
{
    /// <summary>The replies that staff choose from and change: <c>content/emails/event-reply-*.md</c>.</summary>
    public const string Replies = "event-reply-";

    /// <param name="revision">
    /// Of the version that this person read. Whether an event is shown as cancelled, or at all, does not depend on it.
    /// </param>
    /// <returns>Null when there is no such event.</returns>
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
                if (
                    await db.Set<Event>()
                        .Include(e => e.Dates)
                        .Include(e => e.Steps)
                        .AsSplitQuery()
                        .SingleOrDefaultAsync(e => e.Id == id, cancel)
                    is not { } e
                )
                    return null;
                var (who, now, shown) = (staff.StaffName(), clock.GetUtcNow(), e.IsPublic);
                var answer = verdict switch
                {
                    Verdict.Approve => e.Approve(who, revision, now),
                    Verdict.Ask => e.Ask(who, revision, words, now),
                    Verdict.Decline => e.Decline(who, revision, words, now),
                    Verdict.Cancel => e.Cancel(who, words, now) ? Decision.Done : Decision.NotPossible,
                    Verdict.Withdraw => e.Withdraw(who, words, now) ? Decision.Done : Decision.NotPossible,
                    Verdict.KeepThoughGone => e.KeepThoughGone(who, now) ? Decision.Done : Decision.NotPossible,
                    _ => e.ImportedAt is null || e.Revision != revision ? Decision.ChangedMeanwhile : e.Send(now, who),
                };
                if (answer != Decision.Done)
                    return answer;
                switch (verdict)
                {
                    case Verdict.Approve:
                        await post.ApprovedAsync(db, e, change: shown, cancel);
                        break;
                    case Verdict.Ask:
                        await post.AskedAsync(db, e, words, cancel);
                        break;
                    case Verdict.Decline:
                        await post.DeclinedAsync(db, e, change: shown, words, cancel);
                        break;
                    case Verdict.Cancel:
                        await post.CancelledAsync(db, e, EventMails.ByStaff, words, cancel);
                        break;
                    // What was never shown may stand under the address of somebody who never heard of it.
                    case Verdict.Withdraw when shown:
                        await post.WithdrawnAsync(db, e, EventMails.ByStaff, words, cancel);
                        break;
                }
                await db.DropUnusedPicturesAsync(e, cancel);
                db.Record(clock, staff, InLog(verdict), id.ToString());
                return answer;
            },
            cancel
        );

    static string InLog(Verdict verdict) =>
        verdict switch
        {
            Verdict.Approve => "approved an event",
            Verdict.Ask => "asked an organiser",
            Verdict.Decline => "declined an event",
            Verdict.Cancel => "showed an event as cancelled",
            Verdict.Withdraw => "took an event off the website",
            Verdict.KeepThoughGone => "kept an event that its partner no longer lists",
            _ => "put an event into the queue",
        };
}
