using InfantMHWeek.Platform.Moderation;

namespace InfantMHWeek.Services;

/// <summary>
/// The law of listings that others made: what their source says is followed until the service itself or staff say otherwise.
/// </summary>
sealed partial class FamilyService
{
    /// <summary>What was brought in and never shown is not its organisation's yet: they have no mail about it.</summary>
    public bool IsForOrganiser => ImportedAt is null || ApprovedAt is not null;

    /// <param name="by">The member of staff, or the command, that brings it in. It waits for an approval like any other.</param>
    public static FamilyService Import(SourceListing from, string by, DateTimeOffset now)
    {
        var imported = new FamilyService
        {
            Id = from.Id,
            OrganisationId = from.Organisation,
            Contact = from.Contact,
            StartedAt = now.UtcDateTime,
            Source = from.Source,
            SourceId = from.SourceId,
            SourceLicence = from.Licence,
            Proposed = from.Details,
        };
        (imported.ImportedAt, imported.ConfirmedAt) = (now.UtcDateTime, now.UtcDateTime);
        (imported.SentAt, imported.WaitingSince) = (now.UtcDateTime, now.UtcDateTime);
        imported.Note(now, by, "brought it in", from.Source);
        return imported;
    }

    /// <summary>
    /// Its source says something else than last time. What the service itself took over, what was refused and what has gone stays as
    /// it is.
    /// </summary>
    /// <returns>False when nothing of it is taken.</returns>
    public bool FollowSource(ServiceDetails details, string by, DateTimeOffset now)
    {
        if (!ByOthers || WithdrawnAt is not null || DeclinedAt is not null || details.AtSource?.Said == Latest.AtSource?.Said)
            return false;
        (Proposed, WaitingSince, AskedAt) = (details, WaitingSince ?? now.UtcDateTime, null);
        Note(now, by, "brought in a change", Source ?? "");
        return true;
    }

    /// <summary>What was brought in is shown at once, by whoever brings it in; it says when its source changed it.</summary>
    public bool ShowBroughtIn(string by, DateTimeOffset now)
    {
        var before = UpdatedAt;
        if (!ByOthers || Approve(by, Revision, now) != Platform.Moderation.Decision.Done)
            return false;
        if (Live?.AtSource?.ChangedAt is { } changed && changed > before && changed <= now.UtcDateTime)
            UpdatedAt = changed;
        return true;
    }

    /// <summary>Whether all that the public reads of it is what its source said: nobody here has put anything right.</summary>
    public bool AsItsSourceSaid => Live is null || (Live.AtSource is { } origin && origin.Said == Live.Fingerprint());

    /// <summary>Its source no longer has it. Staff see that; nothing is deleted.</summary>
    public bool MissAtSource(DateTimeOffset now)
    {
        if (Source is null || GoneAtSourceAt is not null || WithdrawnAt is not null)
            return false;
        GoneAtSourceAt = now.UtcDateTime;
        Note(now, Site, "did not find it at its source any more", Source);
        return true;
    }

    public bool FindAtSource(DateTimeOffset now)
    {
        if (GoneAtSourceAt is null)
            return false;
        GoneAtSourceAt = null;
        Note(now, Site, "found it at its source again", Source ?? "");
        return true;
    }

    /// <summary>Nobody loses what they look after to what others listed of them.</summary>
    protected override bool MayJoin(Joinable<ServiceDetails> other) => ByOthers || other is FamilyService { ByOthers: false };

    protected override string TitleAndSource => Latest.Title + (Source is { } source ? $", listed from {source}" : "");

    /// <summary>Many sources do not say what a service helps with; such a listing is found by its place and its name.</summary>
    protected override bool Lacks(ServiceDetails details) => ByOthers ? details.LacksForSource().Any() : base.Lacks(details);

    /// <summary>
    /// The state and the day of check that its source names; a check of the source is never shown as one of anybody else.
    /// </summary>
    void Follow(ServiceOrigin? before, ServiceOrigin said, DateTimeOffset now)
    {
        if (before is null || before.State != said.State)
        {
            PausedAt = said.State == SourceState.ClosedForNow ? now.UtcDateTime : null;
            ClosedAt = said.State == SourceState.Closed ? now.UtcDateTime : null;
            UnlistedAt = said.State == SourceState.Inactive ? now.UtcDateTime : null;
        }
        if (said.CheckedOn is { } day && (CheckedOn is null || CheckedBy == CheckedBy.Source || day > CheckedOn))
            (CheckedOn, CheckedBy) = (day, CheckedBy.Source);
    }
}
