using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Moderation;

/// <summary>What an organiser, or a member of staff for them, asked for on the page of an event.</summary>
/// <param name="Do">
/// The button: <c>send</c>, <c>cancel</c>, <c>postpone</c>, <c>notice</c>, <c>withdraw</c>, <c>report</c>, <c>copy</c>,
/// <c>confirm</c>.
/// </param>
sealed record OrganiserWish(string? Do, string Notice, string Words, int? People);

/// <param name="Done">
/// False when the event no longer allowed it; then nothing was changed but that the address is known to be right.
/// </param>
/// <param name="Copy">The token of the copy, if one was asked for.</param>
readonly record struct OrganiserResult(bool Done, string? Copy);

/// <param name="Problem">Why it was not done, in words; null when it was.</param>
readonly record struct DateResult(string? Problem);

/// <summary>What organisers do: each act, its mail and its line in the audit log are one write, decided on what is held then.</summary>
sealed class OrganiserActions(SiteStore store, EventMails post, TimeProvider clock)
{
    /// <summary>Begins an event, and mails the link to it. The same form sent twice begins it once.</summary>
    /// <param name="form">Names the opening of the form.</param>
    /// <returns>The token for the browser in which it was begun.</returns>
    public Task<string> BeginAsync(EmailAddress contact, Guid form, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                var now = clock.GetUtcNow();
                var begun = await db.Set<Event>()
                    .FirstOrDefaultAsync(
                        e => e.Form == form && e.Contact == contact && e.ConfirmedAt == null && e.WithdrawnAt == null,
                        cancel
                    );
                if (begun is not null)
                    return db.NewEventLink(begun, mailed: false, now.UtcDateTime);
                var e = Event.Start(contact, now, form: form);
                db.Set<Event>().Add(e);
                await post.StartedAsync(db, e, cancel);
                return db.NewEventLink(e, mailed: false, now.UtcDateTime);
            },
            cancel
        );

    /// <param name="change">Makes the new version of the one that is held when it is written.</param>
    /// <param name="keep">What is kept of it that is never public.</param>
    /// <returns>False when the key opens nothing that can be changed.</returns>
    public Task<bool> ChangeAsync(
        ManageLinkAccess key,
        Func<EventDetails, EventDetails> change,
        Action<Event> keep,
        CancellationToken cancel
    ) =>
        store.WriteAsync(
            async db =>
            {
                if (await db.OpenEventAsync(key, cancel) is not { Event: { WithdrawnAt: null } e } hand)
                    return false;
                keep(e);
                var details = change(e.Latest);
                if (hand.Staff is { } staff && !details.SameAs(e.Latest))
                    db.Record(clock, staff, "changed an event for its organiser", e.Id.ToString());
                e.Propose(details, clock.GetUtcNow(), hand.Who);
                return true;
            },
            cancel
        );

    /// <summary>Changes one date of several at once; see <see cref="Event.ChangeDate"/>.</summary>
    /// <returns>Null when the key opens nothing.</returns>
    public Task<DateResult?> ChangeDateAsync(ManageLinkAccess key, DateAct act, DateTime at, EventTime? to, CancellationToken cancel) =>
        store.WriteAsync<DateResult?>(
            async db =>
            {
                if (await db.OpenEventAsync(key, cancel) is not { } hand)
                    return null;
                var problem = hand.Event.ChangeDate(hand.Who, act, at, to, clock.GetUtcNow());
                if (problem is null && hand.Staff is { } staff)
                    db.Record(clock, staff, "changed one date for an organiser", hand.Event.Id.ToString());
                return new(problem);
            },
            cancel
        );

    /// <summary>Whether a group still runs, as its organiser answers.</summary>
    /// <param name="runs">False when it has ended.</param>
    /// <returns>Whether the answer changed something; null when the key opens nothing that is asked about.</returns>
    public Task<bool?> AnswerStillOnAsync(ManageLinkAccess key, bool runs, CancellationToken cancel) =>
        store.WriteAsync<bool?>(
            async db =>
            {
                if (await db.OpenEventAsync(key, cancel) is not { Mailed: true, Event.IsPublic: true } hand)
                    return null;
                if (runs)
                    return hand.Event.StillOn(hand.Who, clock.GetUtcNow());
                var ended = hand.Event.End(hand.Who, clock.GetUtcNow());
                if (ended && hand.Event.CancelledAt is not null)
                    await post.CancelledAsync(db, hand.Event, hand.ByWhom, "", cancel);
                return ended;
            },
            cancel
        );

    /// <returns>Null when the key opens nothing.</returns>
    public Task<OrganiserResult?> ActAsync(ManageLinkAccess key, OrganiserWish wish, CancellationToken cancel) =>
        store.WriteAsync<OrganiserResult?>(
            async db =>
            {
                if (await db.OpenEventAsync(key, cancel) is not { } hand)
                    return null;
                var (e, now) = (hand.Event, clock.GetUtcNow());
                var shown = e.IsPublic;
                // Whoever presses a button behind the mailed link reads that mail.
                var confirmed = hand.Mailed && e.Confirm(now);
                if (confirmed && e.Waiting)
                    await post.ReceivedAsync(db, e, cancel);
                string? copy = null;
                var done = wish.Do switch
                {
                    "send" => e.Send(now, hand.Who) == Decision.Done,
                    "cancel" => e.Cancel(hand.Who, wish.Notice, now),
                    "postpone" => e.Postpone(hand.Who, wish.Notice, now),
                    "on-again" => e.AskOnAgain(hand.Who, now),
                    "notice" => e.ChangeNotice(hand.Who, wish.Notice, now),
                    "withdraw" => e.Withdraw(hand.Who, "", now),
                    "report" => e.Report(wish.People, wish.Words, now),
                    "copy" when hand.Mailed => (copy = await CopyAsync(db, key, e, now, cancel)) is not null,
                    _ => confirmed,
                };
                if (done && wish.Do == "send" && e.Waiting && hand.Staff is null)
                    await post.ReceivedAsync(db, e, cancel);
                if (done && wish.Do == "cancel")
                    await post.CancelledAsync(db, e, hand.ByWhom, hand.Staff is null ? "" : wish.Notice, cancel);
                if (done && wish.Do == "withdraw")
                    await db.DropUnusedPicturesAsync(e, cancel);
                if (done && wish.Do == "withdraw" && shown)
                    await post.WithdrawnAsync(db, e, hand.ByWhom, "", cancel);
                if (done && hand.Staff is { } staff)
                    db.Record(clock, staff, "acted for an organiser: " + wish.Do, e.Id.ToString());
                return new(done, copy);
            },
            cancel
        );

    /// <summary>
    /// The same without its dates, as a new draft of the same organiser. One that still waits for its dates is not made twice. Whoever
    /// came by the link to one event is mailed one to the copy; behind their own page it stands with the others.
    /// </summary>
    async Task<string> CopyAsync(SiteDb db, ManageLinkAccess key, Event e, DateTimeOffset now, CancellationToken cancel)
    {
        var id = e.Id;
        var copies = await db.Set<Event>()
            .Where(c => c.CopiedFrom == id && c.SentAt == null && c.WithdrawnAt == null)
            .OrderBy(c => c.Id)
            .ToListAsync(cancel);
        if (copies.Find(c => c.Latest.Schedule.Times.Count == 0) is not { } copy)
        {
            copy = e.Copy(now);
            db.Set<Event>().Add(copy);
            await db.CopyPictureAsync(e, copy, now, cancel);
            if (key.Home is null)
                await post.StartedAsync(db, copy, cancel);
        }
        return key.Home is null ? db.NewEventLink(copy, mailed: true, now.UtcDateTime) : key.For(copy.Id);
    }
}
