using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events;

/// <summary>The law: what may be done to an event, by whom, in which state.</summary>
sealed partial class Event
{
    public const string ReportStep = "told how it went";

    public static Event Start(
        EmailAddress contact,
        DateTimeOffset now,
        EventDetails? from = null,
        bool sample = false,
        Guid? form = null,
        Guid? copiedFrom = null
    )
    {
        var started = new Event
        {
            Id = Guid.CreateVersion7(now),
            Contact = contact,
            StartedAt = now.UtcDateTime,
            Proposed = from ?? new(),
            Sample = sample,
            Form = form,
            CopiedFrom = copiedFrom,
        };
        started.Note(now, Organiser, "started");
        return started;
    }

    /// <summary>The same without its dates and notice, as a new draft of the same organiser, whose address is known to be right.</summary>
    public Event Copy(DateTimeOffset now)
    {
        var copy = Start(Contact, now, Latest.ForCopy(), copiedFrom: Id);
        (copy.ContactName, copy.ContactPhone) = (ContactName, ContactPhone);
        copy.Confirm(now);
        return copy;
    }

    /// <param name="notice">
    /// For everybody who looks at it. Of an organiser it waits for a person; that it is cancelled is shown at once.
    /// </param>
    public bool Cancel(string who, string notice, DateTimeOffset now)
    {
        if (!IsPublic || CancelledAt is not null)
            return false;
        CancelledAt = now.UtcDateTime;
        Note(now, who, StaffWords.Cancelled, notice);
        Announce(who, notice, now);
        Republish(now);
        return true;
    }

    /// <inheritdoc cref="Cancel"/>
    public bool Postpone(string who, string notice, DateTimeOffset now)
    {
        if (!IsPublic || CancelledAt is not null || PostponedAt is not null)
            return false;
        PostponedAt = now.UtcDateTime;
        Note(now, who, "postponed", notice);
        Announce(who, notice, now);
        Republish(now);
        return true;
    }

    /// <summary>
    /// It takes place after all, as it had been planned or by what else is proposed of it. Others may have been told that it does not, so
    /// a person of the staff reads that first.
    /// </summary>
    public bool AskOnAgain(string who, DateTimeOffset now)
    {
        if (!IsPublic || (CancelledAt is null && PostponedAt is null) || Latest.OnAgain)
            return false;
        Propose(Latest with { OnAgain = true }, now, who);
        return true;
    }

    /// <summary>Other words about its being cancelled or postponed.</summary>
    public bool ChangeNotice(string who, string notice, DateTimeOffset now)
    {
        if (!IsPublic || (CancelledAt is null && PostponedAt is null) || Latest.Notice == notice)
            return false;
        Announce(who, notice, now);
        Republish(now);
        return true;
    }

    void Announce(string who, string notice, DateTimeOffset now)
    {
        if (who == Organiser && notice.Length > 0)
        {
            Propose(Latest with { Notice = notice }, now);
            return;
        }
        // Written by a person of the staff, so a person has read it; and words may always be taken back.
        Live = Live! with { Notice = notice };
        if (Proposed is { } proposed)
            Proposed = proposed with { Notice = notice };
        Revision++;
    }

    /// <summary>Its pictures that may still be seen by somebody.</summary>
    public IEnumerable<Guid> PicturesInUse => new[] { Live?.Picture?.Id, Proposed?.Picture?.Id }.OfType<Guid>();

    /// <summary>It is gone from the website at once: whoever objects to a picture need not wait for a person.</summary>
    /// <returns>False where there is none.</returns>
    public bool TakePictureAway(string who, DateTimeOffset now)
    {
        if (WithdrawnAt is not null || !PicturesInUse.Any())
            return false;
        var wanted = Latest with { Picture = null };
        if (Live is { Picture: not null } live)
        {
            Live = live with { Picture = null };
            Republish(now);
        }
        Note(now, who, "took its picture away");
        Propose(wanted, now, who);
        return true;
    }

    /// <summary>Nobody needs it any more; what is shown of the event does not change by it.</summary>
    public void ForgetPictures()
    {
        if (Live is { Picture: not null } live)
            Live = live with { Picture = null };
        if (Proposed is { Picture: not null } proposed)
            Proposed = proposed with { Picture = null };
    }

    /// <param name="people">How many came, if that is known.</param>
    /// <returns>False before it is over, and when it was told before.</returns>
    public bool Report(int? people, string words, DateTimeOffset now)
    {
        if (!IsPublic || !IsOver(now) || ReportedAt is not null)
            return false;
        (ReportedAt, PeopleCame) = (now.UtcDateTime, people ?? PeopleCame);
        Note(now, Organiser, ReportStep, words);
        return true;
    }

    /// <summary>Whether all dates of its public version are past.</summary>
    public bool IsOver(DateTimeOffset now) =>
        Live is { } live && (!live.Schedule.OpenEnded || UnansweredAt is not null) && !ComingDates(now).Any();

    IEnumerable<EventTime> ComingDates(DateTimeOffset now) =>
        Live!.Schedule.All(DatesUntil, UkTime.DayOf(now.UtcDateTime).AddDays(-Schedule.MostDays)).Where(t => t.EndUtc >= now.UtcDateTime);

    /// <returns>False if they were thanked before.</returns>
    public bool Thank(DateTimeOffset now)
    {
        if (ThankedAt is not null)
            return false;
        ThankedAt = now.UtcDateTime;
        return true;
    }

    protected override string Kind => "event";

    /// <summary>
    /// New dates that were approved end a postponement, and what was said of it; that it is on again ends its being cancelled or postponed.
    /// </summary>
    protected override EventDetails OnApproved(EventDetails? before, EventDetails approved, string by, DateTimeOffset now)
    {
        if (approved.OnAgain)
        {
            (CancelledAt, PostponedAt) = (null, null);
            approved = approved with { OnAgain = false, Notice = before?.Notice == approved.Notice ? "" : approved.Notice };
        }
        if (before is not null && before.Schedule.SameAs(approved.Schedule))
            return approved;
        SeenRunning(now);
        if (PostponedAt is null || before is null)
            return approved;
        PostponedAt = null;
        return before.Notice == approved.Notice ? approved with { Notice = "" } : approved;
    }

    protected override void AddStep(DateTimeOffset now, string who, string what, string words) =>
        steps.Add(
            new EventStep
            {
                Id = Guid.CreateVersion7(now),
                EventId = Id,
                At = now.UtcDateTime,
                Who = who,
                What = what,
                Words = words,
            }
        );
}
