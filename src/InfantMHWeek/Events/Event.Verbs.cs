using System.Globalization;
using System.Text;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events;

public enum Decision
{
    Done,

    /// <summary>The organiser or a colleague changed it after it was read; nothing was decided.</summary>
    ChangedMeanwhile,
    NothingWaits,

    /// <summary>Something that the public needs is missing.</summary>
    Incomplete,

    /// <summary>The state that it is in does not allow it, or it is so already.</summary>
    NotPossible,
}

/// <summary>The law: what may be done to an event, by whom, in which state.</summary>
public sealed partial class Event
{
    public const string Organiser = "Organiser",
        ReportStep = "told how it went";

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
        var copy = Start(Contact, now, Latest with { Schedule = Schedule.None, Notice = "" }, copiedFrom: Id);
        (copy.ContactName, copy.ContactPhone) = (ContactName, ContactPhone);
        copy.Confirm(now);
        return copy;
    }

    /// <summary>A link that was mailed has been used: the address is right.</summary>
    public bool Confirm(DateTimeOffset now)
    {
        if (ConfirmedAt is not null)
            return false;
        ConfirmedAt = now.UtcDateTime;
        Note(now, Organiser, "confirmed the address");
        if (SentAt is not null)
            Wait(now);
        return true;
    }

    /// <summary>
    /// A draft from a partner's file. Staff know whom they have it from, so no mailed link is waited for; that a person approves it
    /// is.
    /// </summary>
    public static Event Import(EmailAddress contact, EventDetails details, string by, DateTimeOffset now)
    {
        var imported = new Event
        {
            Id = Guid.CreateVersion7(now),
            Contact = contact,
            StartedAt = now.UtcDateTime,
            Proposed = details,
        };
        (imported.ImportedAt, imported.ConfirmedAt) = (now.UtcDateTime, now.UtcDateTime);
        imported.Note(now, by, "brought it in from a file");
        return imported;
    }

    /// <summary>It has been declared and sent. It waits for a person once the address is confirmed too.</summary>
    public Decision Send(DateTimeOffset now, string who = Organiser)
    {
        if (WithdrawnAt is not null || Latest.Missing().Any())
            return Decision.Incomplete;
        // Sent again, with nothing said or changed meanwhile, it is sent once.
        if (Live is null ? SentAt is not null && AskedAt is null && DeclinedAt is null : Waiting || Proposed is null)
            return Decision.NothingWaits;
        (SentAt, AskedAt, DeclinedAt) = (now.UtcDateTime, null, null);
        Note(now, who, "sent it to be checked");
        if (ConfirmedAt is not null)
            Wait(now);
        return Decision.Done;
    }

    /// <summary>
    /// What the organiser wants it to say. Of a published event ticks and choices change at once; everything with words, a time, a
    /// place or a link waits for a person, and the approved version stays.
    /// </summary>
    public void Propose(EventDetails details, DateTimeOffset now, string who = Organiser)
    {
        if (WithdrawnAt is not null || details.SameAs(Latest))
            return;
        Revision++;
        if (Live is null)
        {
            Proposed = details;
            if (who != Organiser)
                Note(now, who, "changed it for the organiser");
            return;
        }
        var harmless = Live.WithHarmlessOf(details);
        if (!harmless.SameAs(Live))
        {
            Live = harmless;
            Note(now, who, "changed at once");
            Republish(now);
        }
        var more = !details.SameAs(harmless);
        Proposed = more ? details : null;
        if (more && (!Waiting || who != Organiser))
            Note(now, who, who == Organiser ? "asked for a change" : "changed it for the organiser");
        if (more)
            Wait(now);
        else
            WaitingSince = null;
    }

    /// <param name="revision">Of the version that was read.</param>
    /// <param name="by">A member of staff, always a person.</param>
    public Decision Approve(string by, int revision, DateTimeOffset now)
    {
        if (Stale(revision) is { } no)
            return no;
        var before = Live;
        if (Proposed is { } proposed)
        {
            if (proposed.Missing().Any())
                return Decision.Incomplete;
            Live = proposed;
        }
        if (Live is null)
            return Decision.Incomplete;
        // New dates that were approved end a postponement, and what was said of it.
        if (PostponedAt is not null && before is { } old && !old.Schedule.SameAs(Live.Schedule))
            (PostponedAt, Live) = (null, old.Notice == Live.Notice ? Live with { Notice = "" } : Live);
        (Proposed, WaitingSince, AskedAt, DeclinedAt) = (null, null, null, null);
        ApprovedAt = now.UtcDateTime;
        Slug ??= SlugOf(Live.Title, Id);
        Note(now, by, "approved");
        Republish(now);
        return Decision.Done;
    }

    public Decision Ask(string by, int revision, string words, DateTimeOffset now)
    {
        if (Stale(revision) is { } no)
            return no;
        (AskedAt, WaitingSince) = (now.UtcDateTime, null);
        Note(now, by, "asked the organiser", words);
        return Decision.Done;
    }

    public Decision Decline(string by, int revision, string words, DateTimeOffset now)
    {
        if (Stale(revision) is { } no)
            return no;
        WaitingSince = null;
        if (Live is null)
            DeclinedAt = now.UtcDateTime;
        else
            Proposed = null;
        Note(now, by, "declined", words);
        return Decision.Done;
    }

    /// <param name="notice">
    /// For everybody who looks at it. Of an organiser it waits for a person; that it is cancelled is shown at once.
    /// </param>
    public bool Cancel(string who, string notice, DateTimeOffset now)
    {
        if (!IsPublic || CancelledAt is not null)
            return false;
        CancelledAt = now.UtcDateTime;
        Note(now, who, "cancelled", notice);
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

    /// <summary>Takes it off the site for good; its address then says that it is gone.</summary>
    public bool Withdraw(string who, string words, DateTimeOffset now)
    {
        if (WithdrawnAt is not null)
            return false;
        (WithdrawnAt, WaitingSince) = (now.UtcDateTime, null);
        Note(now, who, "withdrew", words);
        Republish(now);
        return true;
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
    public bool IsOver(DateTimeOffset now) => Live is { } live && live.Schedule.All().All(t => t.EndUtc < now.UtcDateTime);

    /// <returns>False if they were thanked before.</returns>
    public bool Thank(DateTimeOffset now)
    {
        if (ThankedAt is not null)
            return false;
        ThankedAt = now.UtcDateTime;
        return true;
    }

    Decision? Stale(int revision) =>
        !Waiting || WithdrawnAt is not null ? Decision.NothingWaits
        : revision != Revision ? Decision.ChangedMeanwhile
        : null;

    void Wait(DateTimeOffset now)
    {
        (WaitingSince, AskedAt) = (WaitingSince ?? now.UtcDateTime, null);
        Revision++;
    }

    void Note(DateTimeOffset now, string who, string what, string words = "")
    {
        Revision++;
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

    /// <summary>Makes the finder's dates those of the approved version. They must have been loaded.</summary>
    void Republish(DateTimeOffset now)
    {
        UpdatedAt = now.UtcDateTime;
        Sequence++;
        var parts = IsPublic ? Live!.Schedule.ByDay().ToList() : [];
        dates.Sort((a, b) => a.Number.CompareTo(b.Number));
        if (dates.Count > parts.Count)
            dates.RemoveRange(parts.Count, dates.Count - parts.Count);
        foreach (var (number, part) in parts.Index())
        {
            if (number == dates.Count)
                dates.Add(new EventDate { EventId = Id, Number = number });
            dates[number].Set(Live!, part);
        }
    }

    static string SlugOf(string title, Guid id)
    {
        var words = new StringBuilder();
        foreach (var letter in title.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
                words.Append(letter);
            else if (words.Length > 0 && words[^1] != '-' && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                words.Append('-');
        }
        var text = words.ToString(0, Math.Min(words.Length, 60)).Trim('-');
        return (text.Length == 0 ? "event" : text) + "-" + id.ToString("N")[^8..];
    }
}
