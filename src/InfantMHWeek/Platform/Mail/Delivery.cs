using MimeKit;

namespace InfantMHWeek.Platform.Mail;

/// <summary>What became of one attempt to send a mail.</summary>
public enum DeliveryOutcome
{
    Delivered,

    /// <summary>Not now (a 4xx answer): later it may go.</summary>
    Later,

    /// <summary>The reader's mailbox does not exist or takes nothing. It ends this mail and is remembered for the address.</summary>
    ReaderRefused,

    /// <summary>Refused for good, but whether because of us, of the reader or of what the mail says is not certain.</summary>
    Refused,

    /// <summary>The line broke, or fell silent, while this mail was under way.</summary>
    Broken,

    /// <summary>It says nothing about this mail: nobody takes mail from us at present. All mail waits.</summary>
    Held,
}

/// <summary>What is wrong between us and the mail server.</summary>
enum MailTrouble
{
    /// <summary>It does not answer, or not as a mail server does.</summary>
    Unreachable,
    WantsPassword,
    Password,
    Encryption,
    Sender,

    /// <summary>It takes no mail from us, or refuses one after another.</summary>
    Policy,

    /// <summary>The data folder cannot be written.</summary>
    Folder,
}

/// <param name="Words">The server's words if it did not go. They may name the reader: they go to staff, never into the log.</param>
/// <param name="Trouble">With <see cref="DeliveryOutcome.Held"/>, and with a refusal that is most likely our own fault.</param>
sealed record Delivery(DeliveryOutcome Outcome, string? Words = null, MailTrouble? Trouble = null)
{
    public static readonly Delivery Done = new(DeliveryOutcome.Delivered);

    public static Delivery Hold(MailTrouble trouble, string words) => new(DeliveryOutcome.Held, words, trouble);
}

/// <summary>Takes mails out of the house. May be asked for several at once.</summary>
interface IMailTransport
{
    /// <returns>What became of it; it throws nothing that tells of a mail server.</returns>
    Task<Delivery> SendAsync(MimeMessage message, CancellationToken cancel);

    /// <summary>Asked now and then: lets go of what has not been used for a while.</summary>
    Task CloseIdleConnectionsAsync();
}
