using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Platform.Mail;

/// <summary>The wording of a mail: its subject and its Markdown, with <c>{placeholders}</c>.</summary>
public sealed record MailWording(string Subject, string Markdown);

/// <summary>Finds the wording of a mail by its kind. The content folder gives it; this part of the house does not know how.</summary>
public interface IMailWordings
{
    /// <exception cref="KeyNotFoundException">There is no such mail.</exception>
    MailWording Find(string kind);

    /// <summary>All whose kind begins so, in the order of their names: replies that staff choose from.</summary>
    IReadOnlyList<(string Kind, MailWording Wording)> Starting(string kinds);
}

/// <summary>Where mails are put. Nothing is saved here: the mail belongs to the caller's transaction, and leaves if that one is kept.</summary>
public sealed class Outbox(SiteDb db, IMailWordings wordings, TimeProvider clock)
{
    /// <param name="kind">The file in <c>content/emails</c>, without its ending.</param>
    /// <param name="about">What it tells of (an id, and what may recur); the same kind about the same thing is stored once.</param>
    /// <param name="values">For the placeholders; shown as text, whatever they hold.</param>
    /// <param name="calendar">A calendar to be attached.</param>
    /// <param name="notBefore">UTC; now when left out.</param>
    /// <param name="leaveAt">Where one press ends such mails.</param>
    public OutboxMail Queue(string kind, string about, EmailAddress to, IReadOnlyDictionary<string, string> values, string? calendar = null, DateTime? notBefore = null, string? leaveAt = null)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (subject, text, html) = MailText.Compose(wordings.Find(kind), values);
        var mail = new OutboxMail { Id = Guid.CreateVersion7(clock.GetUtcNow()), Kind = kind, About = about, To = to, Subject = subject, Text = text, Html = html, Calendar = calendar, LeaveAt = leaveAt, QueuedAt = now, NextAttemptAt = notBefore ?? now };
        db.Set<OutboxMail>().Add(mail);
        return mail;
    }
}
