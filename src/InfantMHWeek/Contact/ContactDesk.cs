using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Contact;

[Settings("Contact")]
public sealed class ContactSettings
{
    [Range(1, 120)]
    public int KeepMonths { get; set; } = 12;
}

/// <summary>Takes messages and says at once that they have arrived.</summary>
public sealed class ContactDesk(SiteDb db, Outbox outbox, TimeProvider clock)
{
    public async Task<string> TakeAsync(Guid form, ContactKind kind, string? name, EmailAddress email, string text, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.Set<ContactMessage>().Where(m => m.Form == form).Select(m => m.Reference).FirstOrDefaultAsync(cancel) is { } known) return known;
        var now = clock.GetUtcNow();
        var message = new ContactMessage
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
        db.Set<ContactMessage>().Add(message);
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = name ?? "there", ["reference"] = message.Reference, ["until"] = message.DueOn?.InWords() ?? "" };
        outbox.Queue(message.DueOn is null ? "contact-received" : "contact-complaint", $"{message.Id:N}:received", email, values);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return message.Reference;
    }
}
