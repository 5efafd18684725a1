namespace InfantMHWeek.Platform.Mail;

/// <summary>A kind of mail, and what may stand in braces in its wording.</summary>
/// <param name="Name">
/// The file in <c>content/emails</c> without its ending; one that ends with a hyphen is a family of that beginning.
/// </param>
/// <param name="Required">What its wording must say: without it the mail would be of no use.</param>
/// <param name="Optional">What its wording may say besides.</param>
sealed record MailKind(string Name, IReadOnlyList<string> Required, IReadOnlyList<string> Optional)
{
    /// <summary>Everything that the program fills in.</summary>
    public IReadOnlyList<string> Fills { get; } = [.. Required, .. Optional];
}

/// <summary>
/// Every mail that the program sends, with the placeholders that it fills in. The check of wordings reads this table, and the
/// outbox says in the log where a mail was queued with less.
/// </summary>
static class MailKinds
{
    static readonly string[] Course = ["name", "course", "group", "reference", "organisation", "sessions"];
    static readonly string[] Event = ["name", "event"];
    static readonly string[] Place = ["name", "event", "when", "where"];
    static readonly string[] Service = ["name", "service"];

    public static readonly IReadOnlyList<MailKind> All =
    [
        new("contact-complaint", ["reference", "until"], ["name"]),
        new("contact-received", ["reference"], ["name", "until"]),
        new("course-applied", ["link"], Course),
        new("course-applied-before", ["link"], Course),
        new("course-cancelled", ["link"], [.. Course, "reason"]),
        new("course-certificate", ["link"], Course),
        new("course-declined", ["link"], [.. Course, "reason"]),
        new("course-draft", ["link"], ["course", "group"]),
        new("course-evaluation", ["link"], Course),
        new("course-given-up", ["link"], Course),
        new("course-hand-over", ["link", "from"], Course),
        new("course-hand-over-declined", ["link", "colleague"], Course),
        new("course-handed-over", ["link"], Course),
        new("course-interest", ["link"], ["name", "course"]),
        new("course-interest-before", ["link"], ["name", "course"]),
        new("course-message", ["link", "message"], Course),
        new("course-offer-ended", ["link"], Course),
        new("course-opening", ["link", "apply"], ["name", "course", "group", "opens", "early", "sessions"]),
        new("course-place-accepted", ["link"], Course),
        new("course-place-held", ["link", "until"], Course),
        new("course-place-offered", ["link", "until"], Course),
        new("course-place-unconfirmed", ["link", "until"], Course),
        new("course-place-withdrawn", ["link"], [.. Course, "reason"]),
        new("course-reminder", ["link", "session"], Course),
        new("course-session-link", ["link", "session"], Course),
        new("course-session-moved", ["link", "session"], Course),
        new("course-waiting", ["link"], Course),
        new("event-approved", ["link", "page"], Event),
        new("event-asked", ["link", "words"], Event),
        new("event-cancelled", ["link"], [.. Event, "by", "words"]),
        new("event-change-approved", ["link", "page"], Event),
        new("event-change-declined", ["link", "words"], Event),
        new("event-declined", ["link", "words"], Event),
        new("event-joined", ["link", "page"], Event),
        new("event-place-before", ["link"], Place),
        new("event-place-booked", ["link", "calendar"], Place),
        new("event-place-changed", ["link", "when"], ["name", "event", "where", "before", "before-where", "change", "keep"]),
        new("event-place-ended", ["link"], Place),
        new("event-place-free", ["link", "until"], Place),
        new("event-place-held", ["link", "until"], Place),
        new("event-place-off", ["event", "when"], ["name", "where", "link"]),
        new("event-place-on-again", ["link", "event", "when"], ["name", "where"]),
        new("event-place-postponed", ["link", "event"], ["name", "when", "where"]),
        new("event-place-reminder", ["link", "when", "where"], ["name", "event"]),
        new("event-place-unconfirmed", ["link", "until"], Place),
        new("event-place-waiting", ["link"], Place),
        new("event-received", ["link"], Event),
        new("event-reply-", [], []),
        new("event-started", ["link"], Event),
        new("event-still-on", ["link", "page"], [.. Event, "when"]),
        new("event-still-on-again", ["link", "page"], [.. Event, "when"]),
        new("event-thanks", [], [.. Event, "link"]),
        new("event-withdrawn", ["link"], [.. Event, "by", "words"]),
        new("organiser-link", ["link", "until"], []),
        new("profile-approved", ["link"], ["organiser"]),
        new("profile-change-approved", ["link"], ["organiser"]),
        new("profile-change-declined", ["link", "words"], ["organiser"]),
        new("profile-declined", ["link", "words"], ["organiser"]),
        new("service-approved", ["link", "page"], Service),
        new("service-asked", ["link", "words"], Service),
        new("service-change-approved", ["link", "page"], Service),
        new("service-change-declined", ["link", "words"], Service),
        new("service-check", ["link", "page"], [.. Service, "checked"]),
        new("service-check-again", ["link", "page"], [.. Service, "checked"]),
        new("service-closed", ["link"], [.. Service, "words"]),
        new("service-declined", ["link", "words"], Service),
        new("service-listed", ["link", "page", "source"], [.. Service, "checked"]),
        new("service-received", ["link"], Service),
        new("service-started", ["link"], Service),
        new("service-withdrawn", ["link"], [.. Service, "words"]),
        new("staff-invitation", ["link", "until"], []),
        new("staff-notice", ["what", "when"], ["where", "link", "administrators"]),
        new("staff-reset", ["link", "until"], []),
        new("test", [], ["time"]),
    ];

    /// <returns>Null when the program sends no such mail.</returns>
    public static MailKind? Find(string name) =>
        All.FirstOrDefault(k => k.Name == name || (k.Name.EndsWith('-') && name.StartsWith(k.Name, StringComparison.Ordinal)));

    /// <summary>What a mail of this kind should fill in and does not.</summary>
    public static IReadOnlyList<string> Missing(string name, IReadOnlyDictionary<string, string> values) =>
        Find(name) is { } kind ? [.. kind.Fills.Where(p => !values.ContainsKey(p))] : [];
}
