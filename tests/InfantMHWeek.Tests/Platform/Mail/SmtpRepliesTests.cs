using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Mail.Smtp;
using MailKit.Net.Smtp;

namespace InfantMHWeek.Tests.Platform.Mail;

/// <summary>Whose fault a server's answer is. Where it could be ours, the mail waits.</summary>
public sealed class SmtpRepliesTests
{
    [Theory]
    // As Postfix, Exim, Exchange and Gmail say it.
    [InlineData(
        SmtpErrorCode.RecipientNotAccepted,
        550,
        "5.1.1 <a@b.example>: Recipient address rejected: User unknown in virtual mailbox table",
        DeliveryOutcome.ReaderRefused
    )]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 550, "No such user here", DeliveryOutcome.ReaderRefused)]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 552, "5.2.2 mailbox full", DeliveryOutcome.ReaderRefused)]
    [InlineData(
        SmtpErrorCode.RecipientNotAccepted,
        550,
        "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found",
        DeliveryOutcome.ReaderRefused
    )]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 550, "relay not permitted", DeliveryOutcome.Refused)]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 554, "5.7.1 <a@b.example>: Relay access denied", DeliveryOutcome.Refused)]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 550, "5.7.1 Unable to relay", DeliveryOutcome.Refused)]
    [InlineData(
        SmtpErrorCode.RecipientNotAccepted,
        550,
        "5.1.8 <week@week.example>: Sender address rejected: Domain not found",
        DeliveryOutcome.Held
    )]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 550, "Your address is on a block list", DeliveryOutcome.Refused)]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 450, "4.2.0 greylisted", DeliveryOutcome.Later)]
    [InlineData(SmtpErrorCode.SenderNotAccepted, 550, "5.7.1 this sender may not", DeliveryOutcome.Held)]
    [InlineData(SmtpErrorCode.SenderNotAccepted, 452, "4.3.1 out of space", DeliveryOutcome.Held)]
    [InlineData(SmtpErrorCode.SenderNotAccepted, 530, "5.7.0 Must issue a STARTTLS command first", DeliveryOutcome.Held)]
    [InlineData(SmtpErrorCode.MessageNotAccepted, 550, "5.7.1 message content rejected", DeliveryOutcome.Refused)]
    [InlineData(SmtpErrorCode.MessageNotAccepted, 554, "5.6.0 looks like spam", DeliveryOutcome.Refused)]
    [InlineData(SmtpErrorCode.MessageNotAccepted, 451, "4.7.1 try later", DeliveryOutcome.Later)]
    [InlineData(SmtpErrorCode.UnexpectedStatusCode, 421, "closing", DeliveryOutcome.Later)]
    [InlineData(SmtpErrorCode.UnexpectedStatusCode, 503, "5.5.1 bad sequence", DeliveryOutcome.Refused)]
    public void What_a_server_says_is_understood(SmtpErrorCode step, int status, string words, DeliveryOutcome outcome) =>
        Assert.Equal(outcome, SmtpReplies.OfReply(step, status, words).Outcome);
}
