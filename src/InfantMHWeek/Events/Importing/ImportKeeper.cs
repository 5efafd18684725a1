using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Events.Partners;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Events.Importing;

/// <summary>Inside a write: makes of each event of a partner's list what it comes to.</summary>
/// <param name="feed">The calendar that is read; null for a file.</param>
/// <param name="by">Who does it.</param>
/// <param name="mayPublish">So many at most without a person.</param>
/// <param name="mayCancel">That something is cancelled there may be believed.</param>
sealed class ImportKeeper(
    SiteDb inside,
    ImportOrder order,
    PartnerFeed? feed,
    string by,
    int mayPublish,
    bool mayCancel,
    DateTimeOffset now
)
{
    int published;

    /// <param name="known">The event that is here already.</param>
    /// <returns>Whether it was published without a person.</returns>
    public bool Keep(Event? known, ReadyEvent one, ImportRow row)
    {
        if (known is null)
        {
            var made = Event.Import(order.Contact, one.From.Id, one.Said, one.Whole, by, now, feed?.Id);
            made.ContactName = order.ContactName;
            inside.Set<Event>().Add(made);
            return Settle(made, waitsForPerson: false);
        }
        if (feed is not null && known.FeedId is null)
            known.ComesFrom(feed.Id);
        if (one.From.Cancelled)
            known.HearCancelled(by, now);
        if (row.State == ImportState.Cancelled)
            KeepCancelled(known);
        return row.State is ImportState.Changed or ImportState.Same && Follow(known, one, row);
    }

    bool Follow(Event known, ReadyEvent one, ImportRow row)
    {
        var (waits, details) = (known.Waiting || known.AskedAt is not null, row.Details);
        known.FindAtSource(now);
        if (feed is { Trusted: true })
        {
            if (known.TakePlaceAsThere(by, now))
                details = details with { OnAgain = false, Notice = known.Latest.Notice };
            known.FollowDates(details.Schedule, by, now);
        }
        known.FollowSource(one.From.Id, one.Said, details, by, now);
        // That what a person cancelled takes place after all is for a person to say.
        return row.State == ImportState.Changed && Settle(known, waits || details.OnAgain);
    }

    /// <summary>Of a trusted partner families see it at once; else, and where most is cancelled in one go, a person looks at it.</summary>
    void KeepCancelled(Event known)
    {
        if (!mayCancel || feed is not { Trusted: true } || !known.CancelAsThere(by, now))
            known.MissAtSource("read in the partner’s list that it is cancelled", now);
    }

    /// <summary>
    /// What a calendar brought waits for a person as soon as nothing is missing in it. Where staff trust the partner it is published,
    /// unless a person has it in hand already, or something in it asks for one.
    /// </summary>
    bool Settle(Event e, bool waitsForPerson)
    {
        if (feed is null)
            return false;
        if (e.Live is null && (e.SentAt is null || e.AskedAt is not null))
            e.Send(now, by);
        if (!feed.Trusted || waitsForPerson || !e.Waiting || published >= mayPublish || EventRisks.AsksForPerson(e.Latest))
            return false;
        var done = e.Approve(by, e.Revision, now) == Decision.Done;
        published += done ? 1 : 0;
        return done;
    }
}
