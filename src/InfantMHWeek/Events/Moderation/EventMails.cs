using System.Globalization;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Events.Moderation;

/// <summary>
/// The mails to organisers. Each is queued in the write of what it tells of. Wordings: <c>content/emails/event-*.md</c>. The first goes to
/// an address that nobody has confirmed, so none of the words that were typed are in it.
/// </summary>
sealed class EventMails(Outbox outbox, SiteAddress address, TimeProvider clock)
{
    public Task StartedAsync(SiteDb db, Event e, CancellationToken cancel) =>
        QueueAsync(db, "event-started", e, "start", cancel, ("event", "your event"), ("name", ""));

    public Task ReceivedAsync(SiteDb db, Event e, CancellationToken cancel) => QueueAsync(db, "event-received", e, cancel);

    /// <param name="change">It was on the website before.</param>
    public Task ApprovedAsync(SiteDb db, Event e, bool change, CancellationToken cancel) =>
        QueueAsync(db, change ? "event-change-approved" : "event-approved", e, cancel, ("page", address.Of("/events/" + e.Slug)));

    public Task AskedAsync(SiteDb db, Event e, string words, CancellationToken cancel) =>
        QueueAsync(db, "event-asked", e, cancel, ("words", words));

    /// <inheritdoc cref="ApprovedAsync"/>
    public Task DeclinedAsync(SiteDb db, Event e, bool change, string words, CancellationToken cancel) =>
        QueueAsync(db, change ? "event-change-declined" : "event-declined", e, cancel, ("words", words));

    public const string ByThem = "by you, or by somebody with your link",
        ByStaff = "by our staff";

    /// <param name="by"><see cref="ByThem"/> or <see cref="ByStaff"/>.</param>
    /// <param name="words">Of staff.</param>
    public Task CancelledAsync(SiteDb db, Event e, string by, string words, CancellationToken cancel) =>
        QueueAsync(db, "event-cancelled", e, cancel, ("by", by), ("words", words));

    /// <inheritdoc cref="CancelledAsync"/>
    public Task WithdrawnAsync(SiteDb db, Event e, string by, string words, CancellationToken cancel) =>
        QueueAsync(db, "event-withdrawn", e, cancel, ("by", by), ("words", words));

    /// <summary>Their event was on the website twice. Of the other offer only its address is told.</summary>
    public Task JoinedAsync(SiteDb db, Event e, Event kept, CancellationToken cancel) =>
        QueueAsync(db, "event-joined", e, cancel, ("page", address.Of("/events/" + kept.Slug)));

    /// <summary>What was decided on a profile, with a new link to the organiser's home.</summary>
    /// <param name="change">Another version of it was shown before, and still is where this one was declined.</param>
    public Task ProfileAsync(SiteDb db, OrganiserProfile profile, bool approved, bool change, string words, CancellationToken cancel)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["organiser"] = profile.Latest.Name,
            ["link"] = address.Of("/organiser/" + db.NewHome(profile.Contact, clock.GetUtcNow().UtcDateTime)) + "/profile",
        };
        if (!approved)
            values["words"] = words;
        var about = $"{profile.Id:N}:{profile.Revision.ToString(CultureInfo.InvariantCulture)}";
        var kind = (change, approved) switch
        {
            (true, true) => "profile-change-approved",
            (true, false) => "profile-change-declined",
            (false, true) => "profile-approved",
            _ => "profile-declined",
        };
        return outbox.QueueAsync(db, kind, about, profile.Contact, values, cancel: cancel);
    }

    public Task ThanksAsync(SiteDb db, Event e, CancellationToken cancel) => QueueAsync(db, "event-thanks", e, "thanks", cancel);

    /// <summary>Whether a group without an end still runs.</summary>
    public Task StillOnAsync(SiteDb db, Event e, CancellationToken cancel) => AskAsync(db, "event-still-on", e, cancel);

    public Task StillOnAgainAsync(SiteDb db, Event e, CancellationToken cancel) => AskAsync(db, "event-still-on-again", e, cancel);

    Task<OutboxMail> AskAsync(SiteDb db, string kind, Event e, CancellationToken cancel) =>
        QueueAsync(
            db,
            kind,
            e,
            "asked " + e.QuestionedAt!.Value.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            cancel,
            ("link", address.Of("/events/still/" + db.NewEventLink(e, mailed: true, clock.GetUtcNow().UtcDateTime))),
            ("page", address.Of("/events/" + e.Slug)),
            ("when", ScheduleWords.Every(e.Live!.Schedule) ?? "")
        );

    Task<OutboxMail> QueueAsync(
        SiteDb db,
        string kind,
        Event e,
        CancellationToken cancel,
        params ReadOnlySpan<(string Name, string Value)> more
    ) => QueueAsync(db, kind, e, e.Revision.ToString(CultureInfo.InvariantCulture), cancel, more);

    /// <param name="step">Names the moment, so that the same is never told twice.</param>
    Task<OutboxMail> QueueAsync(
        SiteDb db,
        string kind,
        Event e,
        string step,
        CancellationToken cancel,
        params ReadOnlySpan<(string Name, string Value)> more
    )
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = e.ContactName,
            ["event"] = e.Latest.Title.Length > 0 ? e.Latest.Title : "your event",
        };
        foreach (var (name, value) in more)
            values[name] = value;
        if (!values.ContainsKey("link"))
            values["link"] = address.Of("/events/manage/" + db.NewEventLink(e, mailed: true, clock.GetUtcNow().UtcDateTime));
        return outbox.QueueAsync(db, kind, $"{e.Id:N}:{step}", e.Contact, values, cancel: cancel);
    }
}
