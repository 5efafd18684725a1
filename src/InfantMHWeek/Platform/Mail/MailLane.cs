using System.Collections.Frozen;

namespace InfantMHWeek.Platform.Mail;

/// <summary>Which mails leave first: all of a lane before any of the next.</summary>
enum MailLane
{
    /// <summary>Somebody waits for it at a screen, or it has a deadline.</summary>
    Urgent,
    Ordinary,

    /// <summary>The same to many at once.</summary>
    Bulk,
}

/// <summary>Which mail goes in which lane: the one place that says so.</summary>
static class MailLanes
{
    /// <summary>Everything about getting in: invitations, resets, notices of a new key or device.</summary>
    const string OfStaff = "staff-";

    static readonly FrozenDictionary<string, MailLane> ByKind = new Dictionary<string, MailLane>(StringComparer.Ordinal)
    {
        ["test"] = MailLane.Urgent,
        ["course-draft"] = MailLane.Urgent,
        ["course-hand-over"] = MailLane.Urgent,
        ["course-place-held"] = MailLane.Urgent,
        ["course-place-offered"] = MailLane.Urgent,
        ["course-place-unconfirmed"] = MailLane.Urgent,
        ["event-place-free"] = MailLane.Urgent,
        ["event-place-held"] = MailLane.Urgent,
        ["event-place-unconfirmed"] = MailLane.Urgent,
        ["event-started"] = MailLane.Urgent,
        ["organiser-link"] = MailLane.Urgent,
        ["service-started"] = MailLane.Urgent,
        ["course-certificate"] = MailLane.Bulk,
        ["course-evaluation"] = MailLane.Bulk,
        ["course-message"] = MailLane.Bulk,
        ["course-opening"] = MailLane.Bulk,
        ["course-reminder"] = MailLane.Bulk,
        ["event-place-reminder"] = MailLane.Bulk,
        ["event-still-on"] = MailLane.Bulk,
        ["event-still-on-again"] = MailLane.Bulk,
        ["event-thanks"] = MailLane.Bulk,
        ["service-check"] = MailLane.Bulk,
        ["service-check-again"] = MailLane.Bulk,
        ["service-listed"] = MailLane.Bulk,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="kind">The file in <c>content/emails</c>, without its ending. What is not named here is ordinary.</param>
    public static MailLane Of(string kind) =>
        ByKind.TryGetValue(kind, out var lane) ? lane
        : kind.StartsWith(OfStaff, StringComparison.Ordinal) ? MailLane.Urgent
        : MailLane.Ordinary;
}
