using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Contact;

[Settings("Contact")]
sealed class ContactSettings
{
    [Range(1, 120)]
    public int KeepMonths { get; set; } = 12;
}

/// <param name="Mailed">Whether a mail tells its writer so.</param>
readonly record struct MessageTaken(string Reference, bool Mailed);

/// <summary>Takes messages and says at once that they have arrived.</summary>
sealed class ContactInbox(SiteStore store, Outbox outbox, TimeProvider clock)
{
    /// <param name="form">Names the opening of the form: the same words sent twice from it are one message, other words another.</param>
    /// <param name="mail">Whether the address may be written to.</param>
    public Task<MessageTaken> TakeAsync(
        Guid form,
        ContactKind kind,
        string? name,
        EmailAddress email,
        string text,
        bool mail,
        CancellationToken cancel = default
    ) =>
        store.WriteAsync(
            async db =>
            {
                var same = db.Set<ContactMessage>().Where(m => m.Form == form && m.Text == text && m.Kind == kind && m.Email == email);
                if (await same.Select(m => new { m.Id, m.Reference }).FirstOrDefaultAsync(cancel) is { } known)
                {
                    var received = AboutReceived(known.Id);
                    return new MessageTaken(known.Reference, await db.Set<OutboxMail>().AnyAsync(m => m.About == received, cancel));
                }
                var message = NewMessage(form, kind, name, email, text);
                db.Set<ContactMessage>().Add(message);
                if (!mail)
                    return new(message.Reference, Mailed: false);
                await SayReceivedAsync(db, message, cancel);
                return new(message.Reference, Mailed: true);
            },
            cancel
        );

    ContactMessage NewMessage(Guid form, ContactKind kind, string? name, EmailAddress email, string text)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            Form = form,
            Kind = kind,
            Name = name,
            Email = email,
            Text = text,
            At = now.UtcDateTime,
            Reference = RandomNumberGenerator.GetString("23456789BCDFGHJKMNPQRSTVWXYZ", 8).Insert(4, "-"),
            DueOn = kind == ContactKind.DataProtection ? clock.Today().AddDays(ContactMessage.AnswerDays) : null,
        };
    }

    async Task SayReceivedAsync(SiteDb db, ContactMessage message, CancellationToken cancel) =>
        await outbox.QueueAsync(
            db,
            message.DueOn is null ? "contact-received" : "contact-complaint",
            AboutReceived(message.Id),
            message.Email,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["name"] = message.Name ?? "",
                ["reference"] = message.Reference,
                ["until"] = message.DueOn?.InWords() ?? "",
            },
            cancel: cancel
        );

    static string AboutReceived(Guid message) => $"{message:N}:received";
}
