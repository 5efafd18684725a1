namespace InfantMHWeek.Platform.Mail;

/// <summary>Why this process holds all mail, since when, and when it tries again (UTC).</summary>
sealed record SendingHoldStatus(DateTime Since, MailTrouble Trouble, string Words, DateTime NextTryAt);

/// <summary>
/// Decides whether mail may leave at all. Trouble between us and the server holds everything, so that no mail loses attempts by it;
/// one mail
/// at a time then tries whether it is over.
/// </summary>
sealed class SendingHold(TimeProvider clock)
{
    /// <summary>When mails to so many readers fail one after another, and none arrives between them, it is not the readers.</summary>
    const int InARow = 3;
    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5),
        LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Whoever knocks with a wrong password too often is locked out.</summary>
    static readonly TimeSpan FirstWaitWithPassword = TimeSpan.FromMinutes(1),
        LongestWaitWithPassword = TimeSpan.FromMinutes(15);

    readonly Lock gate = new();
    readonly HashSet<string> failed = new(StringComparer.Ordinal);
    SendingHoldStatus? note;
    int tries,
        chapter;
    bool proven;

    public SendingHoldStatus? Note
    {
        get
        {
            lock (gate)
                return note;
        }
    }

    /// <summary>Whether one mail at a time must show that the server takes them, because it never did or did not of late.</summary>
    public bool IsTrying
    {
        get
        {
            lock (gate)
                return note is not null || !proven;
        }
    }

    /// <summary>Rises with each change; what was begun in an earlier chapter says nothing new.</summary>
    public int Chapter
    {
        get
        {
            lock (gate)
                return chapter;
        }
    }

    public bool MaySend
    {
        get
        {
            lock (gate)
                return note is null || note.NextTryAt <= Now;
        }
    }

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    public void TryNow()
    {
        lock (gate)
            note = note is null ? null : note with { NextTryAt = Now };
    }

    /// <summary>Takes note of what became of a mail.</summary>
    /// <param name="begun">The <see cref="Chapter"/> in which it was begun.</param>
    /// <returns>Whether staff should be told something else now.</returns>
    public bool Learn(Delivery delivery, string reader, int begun)
    {
        lock (gate)
        {
            if (note is not null && begun < chapter)
                return false;
            switch (delivery.Outcome)
            {
                case DeliveryOutcome.Held:
                    return Hold(delivery.Trouble ?? MailTrouble.Unreachable, delivery.Words ?? "");
                case DeliveryOutcome.Refused or DeliveryOutcome.Broken:
                    failed.Add(reader);
                    return (note is not null || failed.Count >= InARow) && Hold(TroubleOf(delivery), delivery.Words ?? "");
                // "Later" to one reader says that we are heard, but not that we would be taken.
                case DeliveryOutcome.Later when note?.Trouble is MailTrouble.Policy:
                    return Hold(note.Trouble, note.Words);
                case DeliveryOutcome.Later:
                    return Lift();
                default:
                    failed.Clear();
                    return Lift();
            }
        }
    }

    static MailTrouble TroubleOf(Delivery delivery) =>
        delivery.Trouble ?? (delivery.Outcome == DeliveryOutcome.Broken ? MailTrouble.Unreachable : MailTrouble.Policy);

    bool Hold(MailTrouble trouble, string words)
    {
        var (first, longest) =
            trouble is MailTrouble.Password ? (FirstWaitWithPassword, LongestWaitWithPassword) : (FirstWait, LongestWait);
        var wait = first * Math.Pow(2, Math.Min(tries++, 20));
        chapter++;
        note = new(note?.Since ?? Now, trouble, OutboxMail.OneLine(words), Now + (wait < longest ? wait : longest));
        return true;
    }

    bool Lift()
    {
        var news = note is not null || !proven;
        if (news)
            chapter++;
        (note, tries, proven) = (null, 0, true);
        return news;
    }
}
