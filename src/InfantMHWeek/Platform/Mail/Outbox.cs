using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Mail;

/// <summary>The wording of a mail: its subject and its Markdown, with <c>{placeholders}</c>.</summary>
sealed record MailWording(string Subject, string Markdown);

/// <summary>Finds the wording of a mail by its kind. The content folder gives it; this part of the house does not know how.</summary>
interface IMailWordings
{
    /// <exception cref="KeyNotFoundException">There is no such mail.</exception>
    MailWording Find(string kind);

    /// <summary>All whose kind begins so, in the order of their names: replies that staff choose from.</summary>
    IReadOnlyList<(string Kind, MailWording Wording)> Starting(string kinds);
}

/// <summary>Where mails are put. The mail belongs to the caller's write, and leaves if that one is kept.</summary>
sealed class Outbox(IMailWordings wordings, TimeProvider clock, ILogger<Outbox>? log = null)
{
    /// <summary>
    /// Puts a mail into the outbox, or finds the one that says the same: of one kind there is one mail about one thing, however
    /// often it is asked for.
    /// </summary>
    /// <param name="db">The context of the write that this mail tells of.</param>
    /// <param name="kind">The file in <c>content/emails</c>, without its ending.</param>
    /// <param name="about">What it tells of (an id, and what may recur).</param>
    /// <param name="values">For the placeholders; shown as text, whatever they hold.</param>
    /// <param name="calendar">A calendar to be attached.</param>
    /// <param name="notBefore">UTC; now when left out.</param>
    /// <param name="leaveAt">Where one press ends such mails.</param>
    /// <returns>The mail, new or as it was.</returns>
    public async Task<OutboxMail> QueueAsync(
        SiteDb db,
        string kind,
        string about,
        EmailAddress to,
        IReadOnlyDictionary<string, string> values,
        string? calendar = null,
        DateTime? notBefore = null,
        string? leaveAt = null,
        CancellationToken cancel = default
    )
    {
        var there = db.Set<OutboxMail>().Local.FirstOrDefault(m => m.Kind == kind && m.About == about)
            ?? await db.Set<OutboxMail>().FirstOrDefaultAsync(m => m.Kind == kind && m.About == about, cancel);
        if (there is not null)
            return there;
        var mail = Make(kind, about, to, values, calendar, notBefore, leaveAt);
        db.Set<OutboxMail>().Add(mail);
        return mail;
    }

    OutboxMail Make(
        string kind,
        string about,
        EmailAddress to,
        IReadOnlyDictionary<string, string> values,
        string? calendar,
        DateTime? notBefore,
        string? leaveAt
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (MailKinds.Missing(kind, values) is { Count: > 0 } missing)
            log?.LogError("A mail of the kind {Kind} was queued without a value for {Placeholders}", kind, string.Join(", ", missing));
        var (subject, text, html) = MailText.Compose(wordings.Find(kind), values);
        return new OutboxMail
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Kind = kind,
            Lane = MailLanes.Of(kind),
            About = about,
            To = to,
            Subject = subject,
            Text = text,
            Html = html,
            Calendar = calendar,
            LeaveAt = leaveAt,
            QueuedAt = now,
            NextAttemptAt = notBefore ?? now,
        };
    }
}
