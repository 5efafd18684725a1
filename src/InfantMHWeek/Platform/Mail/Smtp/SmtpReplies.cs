using System.Globalization;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace InfantMHWeek.Platform.Mail.Smtp;

/// <summary>
/// Reads whose fault it is from what a mail server says. When in doubt it is ours: a mail that waits can still be sent, one
/// that was given up has been lost.
/// </summary>
static partial class SmtpReplies
{
    const int Permanent = 500,
        AuthenticationRequired = 530,
        TooWeak = 534,
        AuthenticationInvalid = 535,
        EncryptionRequired = 538;

    public static Delivery OfConnecting(Exception problem) =>
        problem switch
        {
            // The server offers no encryption, or its certificate is not to be trusted.
            SslHandshakeException or NotSupportedException => Delivery.Hold(MailTrouble.Encryption, problem.Message),
            SmtpCommandException reply when (int)reply.StatusCode >= Permanent => Delivery.Hold(MailTrouble.Policy, WordsOf(reply)),
            SmtpCommandException reply => Delivery.Hold(MailTrouble.Unreachable, WordsOf(reply)),
            OperationCanceledException => Delivery.Hold(MailTrouble.Unreachable, "It did not answer in time."),
            _ => Delivery.Hold(MailTrouble.Unreachable, problem.Message),
        };

    public static Delivery OfSignIn(Exception problem) =>
        problem switch
        {
            AuthenticationException or NotSupportedException => Delivery.Hold(MailTrouble.Password, problem.Message),
            SmtpCommandException reply => Delivery.Hold(MailTrouble.Password, WordsOf(reply)),
            _ => OfConnecting(problem),
        };

    public static Delivery OfSending(Exception problem) =>
        problem switch
        {
            ServiceNotAuthenticatedException => Delivery.Hold(MailTrouble.WantsPassword, problem.Message),
            AuthenticationException => Delivery.Hold(MailTrouble.Password, problem.Message),
            SmtpCommandException reply => OfReply(reply.ErrorCode, (int)reply.StatusCode, reply.Message),
            OperationCanceledException => new(DeliveryOutcome.Broken, "The mail server fell silent."),
            _ => new(DeliveryOutcome.Broken, problem.Message),
        };

    internal static Delivery OfReply(SmtpErrorCode step, int status, string text)
    {
        var words = Join(status, text);
        var (subject, detail) = Enhanced().Match(text) is { Success: true } code
            ? (Number(code, "subject"), Number(code, "detail"))
            : ((int?)null, (int?)null);
        return (step, status, subject, detail) switch
        {
            (_, AuthenticationRequired or EncryptionRequired, _, _) => Delivery.Hold(MailTrouble.WantsPassword, words),
            (_, TooWeak or AuthenticationInvalid, _, _) => Delivery.Hold(MailTrouble.Password, words),
            // Nothing of the reader was said yet, so it is about us.
            (SmtpErrorCode.SenderNotAccepted, < Permanent, _, _) => Delivery.Hold(MailTrouble.Unreachable, words),
            (SmtpErrorCode.SenderNotAccepted, _, 7, _) => Delivery.Hold(MailTrouble.Policy, words),
            (SmtpErrorCode.SenderNotAccepted, _, _, _) => Delivery.Hold(MailTrouble.Sender, words),
            (_, < Permanent, _, _) => new(DeliveryOutcome.Later, words),
            // RFC 3463: the sender's address. Many servers wait with this until the reader is named.
            (SmtpErrorCode.RecipientNotAccepted, _, 1, 7 or 8) => Delivery.Hold(MailTrouble.Sender, words),
            (SmtpErrorCode.RecipientNotAccepted, _, 1 or 2, _) => new(DeliveryOutcome.ReaderRefused, words),
            // "Relaying denied": it would carry our mail if it knew us.
            (_, _, _, _) when Relaying().IsMatch(text) => new(DeliveryOutcome.Refused, words, MailTrouble.WantsPassword),
            (SmtpErrorCode.RecipientNotAccepted, 550 or 551 or 552 or 553, null, _) when !OfPolicy().IsMatch(text) => new(
                DeliveryOutcome.ReaderRefused,
                words
            ),
            _ => new(DeliveryOutcome.Refused, words),
        };
    }

    /// <summary>Whether a kept connection is of no more use after this: the server has left it, or wants it left.</summary>
    public static bool EndsConnection(Exception problem) =>
        problem is not SmtpCommandException { StatusCode: not SmtpStatusCode.ServiceNotAvailable };

    static string WordsOf(SmtpCommandException reply) => Join((int)reply.StatusCode, reply.Message);

    static string Join(int status, string text) => string.Create(CultureInfo.InvariantCulture, $"{status} {text}");

    static int Number(Match code, string part) => int.Parse(code.Groups[part].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*[245]\.(?<subject>\d{1,3})\.(?<detail>\d{1,3})\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Enhanced();

    [GeneratedRegex(@"\brelay", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Relaying();

    [GeneratedRegex(
        @"denied|policy|block|spam|authent|permitted|sender|reputation|listed",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex OfPolicy();
}
