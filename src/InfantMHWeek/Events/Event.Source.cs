using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events;

/// <summary>The law of what was brought in from a partner's list: it is followed there, and what was put right here stays.</summary>
sealed partial class Event
{
    public const int MaxSourceId = 200;

    /// <summary>What the partner's list calls it for good; null for what was never in one.</summary>
    public string? SourceId { get; private set; }

    /// <summary>What the list last said of it, before anybody here completed or changed it.</summary>
    public EventDetails? AtSource { get; private set; }

    /// <summary>The partner's calendar that it is read from every day; null for what came otherwise.</summary>
    public Guid? FeedId { get; private set; }

    /// <summary>When the list no longer had it, or said that it is cancelled; a person looks at it.</summary>
    public DateTime? GoneAtSourceAt { get; private set; }

    /// <summary>
    /// A draft from a partner's file. Staff know whom they have it from, so no mailed link is waited for; that a person approves it
    /// is.
    /// </summary>
    public static Event Import(
        EmailAddress contact,
        string sourceId,
        EventDetails said,
        EventDetails details,
        string by,
        DateTimeOffset now,
        Guid? feed = null
    )
    {
        var imported = new Event
        {
            Id = Guid.CreateVersion7(now),
            Contact = contact,
            StartedAt = now.UtcDateTime,
            Proposed = details,
            SourceId = sourceId,
            AtSource = said,
            FeedId = feed,
        };
        (imported.ImportedAt, imported.ConfirmedAt) = (now.UtcDateTime, now.UtcDateTime);
        imported.Note(now, by, feed is null ? "brought it in from a file" : "found it there");
        return imported;
    }

    /// <summary>A draft from a file is not its organiser's yet: they have no mail about it.</summary>
    public bool IsForOrganiser => ImportedAt is null || SentAt is not null;

    /// <summary>Whether what its list says is still followed: not once it was taken away, refused or cancelled here.</summary>
    public bool FollowsSource => WithdrawnAt is null && DeclinedAt is null && CancelledAt is null;

    /// <summary>Its list had said that it is cancelled, and it is so here: should the list say otherwise, that is followed.</summary>
    public bool MayBeOnAgain =>
        WithdrawnAt is null && DeclinedAt is null && CancelledAt is not null && AtSource is { CancelledThere: not CancelledThere.No };

    /// <summary>Its list says that it is cancelled: that it is on again is no longer proposed.</summary>
    public void HearCancelled(string by, DateTimeOffset now)
    {
        if (AtSource is { CancelledThere: CancelledThere.No } said)
            AtSource = said with { CancelledThere = CancelledThere.Said };
        if (Proposed is { OnAgain: true } proposed)
            Propose(proposed with { OnAgain = false }, now, by);
    }

    /// <summary>A list that staff trust says that it is cancelled: families see that at once.</summary>
    public bool CancelAsThere(string by, DateTimeOffset now)
    {
        if (!Cancel(by, "", now))
            return false;
        if (AtSource is { } said)
            AtSource = said with { CancelledThere = CancelledThere.Followed };
        return true;
    }

    /// <summary>
    /// A list that staff trust says no longer that it is cancelled: families see that at once too. Only where the list was why it was
    /// cancelled; what a person cancelled here waits for one.
    /// </summary>
    public bool TakePlaceAsThere(string by, DateTimeOffset now)
    {
        if (!MayBeOnAgain || !IsPublic || AtSource!.CancelledThere != CancelledThere.Followed)
            return false;
        (CancelledAt, Live) = (null, Live! with { Notice = "" });
        Note(now, by, "said that it takes place after all");
        Republish(now);
        return true;
    }

    /// <summary>Its list says something else than before: a draft is changed, and what is public waits for a person.</summary>
    /// <param name="details">What it comes to with what was put right here.</param>
    public void FollowSource(string sourceId, EventDetails said, EventDetails details, string by, DateTimeOffset now)
    {
        if (!FollowsSource && !MayBeOnAgain)
            return;
        (SourceId, AtSource, GoneAtSourceAt) = (sourceId, said, null);
        Propose(details, now, by);
    }

    /// <summary>From now on it is read from this calendar.</summary>
    public void ComesFrom(Guid feed) => FeedId = feed;

    /// <returns>False where that is known.</returns>
    public bool MissAtSource(string why, DateTimeOffset now)
    {
        if (GoneAtSourceAt is not null || !FollowsSource)
            return false;
        GoneAtSourceAt = now.UtcDateTime;
        Note(now, Site, why);
        return true;
    }

    /// <summary>
    /// A list that staff trust says that dates of it do not take place, or when they are instead. Families see that at once, whatever else
    /// of it waits for a person, as where its organiser says so here: nobody is to stand before a closed door. So too where the list takes
    /// back what it had said of a date; what was cancelled or moved here stays so.
    /// </summary>
    public void FollowDates(Schedule said, string by, DateTimeOffset now)
    {
        if (!IsPublic)
            return;
        var changes = said.Changes ?? [];
        foreach (var before in AtSource?.Schedule.Changes ?? [])
            if (changes.All(c => c.At != before.At) && said.Plans(before.At) && Live!.Schedule.Changed(before.At) == before)
                ChangeDate(by, DateAct.Restore, before.At, to: null, now);
        foreach (var change in changes)
            if (Live!.Schedule.Changed(change.At) != change)
                ChangeDate(by, change.To is null ? DateAct.Cancel : DateAct.Move, change.At, change.To, now);
    }

    public bool FindAtSource(DateTimeOffset now)
    {
        if (GoneAtSourceAt is null)
            return false;
        GoneAtSourceAt = null;
        Note(now, Site, "found it in the partner’s list again");
        return true;
    }

    /// <summary>A person has looked at its being gone, and leaves it as it is.</summary>
    public bool KeepThoughGone(string by, DateTimeOffset now)
    {
        if (GoneAtSourceAt is null)
            return false;
        GoneAtSourceAt = null;
        Note(now, by, "kept it although the partner’s list has not");
        return true;
    }
}
