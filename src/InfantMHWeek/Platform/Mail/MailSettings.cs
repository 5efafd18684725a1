using System.ComponentModel.DataAnnotations;
using InfantMHWeek.Platform.Configuration;
using MimeKit;

namespace InfantMHWeek.Platform.Mail;

/// <summary>Where mail leaves (<c>Mail:…</c>). Without a host it is put into the data folder, where staff can read it.</summary>
[Settings("Mail")]
sealed class MailSettings : IValidatableObject
{
    static readonly MailboxAddress Nobody = new("Infant Mental Health Awareness Week", "website@localhost");

    [HostName]
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    public string? User { get; set; }

    [DataType(DataType.Password)]
    public string? Password { get; set; }

    /// <summary>Whom all mail comes from; needed with a host.</summary>
    public MailboxAddress From { get; set; } = Nobody;

    /// <summary>So many mails are under way at once; more only while some of them are slow.</summary>
    [Range(1, 50)]
    public int Connections { get; set; } = 6;

    /// <summary>
    /// So many ordinary mails one address is sent in a period; further ones wait. Of urgent ones it is three times as many.
    /// </summary>
    [Range(1, 10_000)]
    public int MostPerReader { get; set; } = 20;

    /// <summary>That period, in minutes.</summary>
    [Range(1, 1440)]
    public int ReaderMinutes { get; set; } = 60;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host is not null && From == Nobody)
            yield return new(
                "Mail:Host is set, so Mail:From is needed too: the address that mail comes from, such as Infant Mental Health Awareness "
                    + "Week <post@example.org>"
            );
        if (User is null != Password is null)
            yield return new(
                User is null ? "Mail:Password is set, so Mail:User is needed too." : "Mail:User is set, so Mail:Password is needed too."
            );
    }
}
