using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events;

public enum Verdict { Approve, Ask, Decline, Queue }

/// <summary>Where a person decides: the decision, the mail that tells of it and the line in the audit log are one write.</summary>
public sealed class EventDesk(SiteDb db, EventPost post, TimeProvider clock)
{
    /// <summary>The replies that staff choose from and change: <c>content/emails/event-reply-*.md</c>.</summary>
    public const string Replies = "event-reply-";

    /// <param name="revision">Of the version that this person read.</param>
    /// <returns>Null when there is no such event.</returns>
    public async Task<Decision?> DecideAsync(Guid id, int revision, Verdict verdict, ClaimsPrincipal staff, string words, CancellationToken cancel)
    {
        // What the page has read is not what is decided on.
        db.ChangeTracker.Clear();
        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.Set<Event>().Include(e => e.Dates).Include(e => e.Steps).AsSplitQuery().SingleOrDefaultAsync(e => e.Id == id, cancel) is not { } e) return null;
        var (who, now) = (staff.StaffName(), clock.GetUtcNow());
        var answer = verdict switch
        {
            Verdict.Approve => e.Approve(who, revision, now),
            Verdict.Ask => e.Ask(who, revision, words, now),
            Verdict.Decline => e.Decline(who, revision, words, now),
            _ => e.ImportedAt is null || e.Revision != revision ? Decision.ChangedMeanwhile : e.Send(now, who),
        };
        if (answer != Decision.Done) return answer;
        switch (verdict)
        {
            case Verdict.Approve: post.Approved(e); break;
            case Verdict.Ask: post.Asked(e, words); break;
            case Verdict.Decline: post.Declined(e, words); break;
        }
        db.Record(clock, staff, verdict switch { Verdict.Approve => "approved an event", Verdict.Ask => "asked an organiser", Verdict.Decline => "declined an event", _ => "put an event into the queue" }, id.ToString());
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return answer;
    }

    public static string InWords(Decision answer) => answer switch
    {
        Decision.ChangedMeanwhile => "It was changed after you opened it. Nothing was decided: please read it again.",
        Decision.Incomplete => "Something is missing in it, so it cannot be shown.",
        _ => "Nothing waits here for a decision.",
    };
}
