using System.Globalization;
using System.Net;
using MimeKit;
using MimeKit.Text;

namespace InfantMHWeek.Platform.Mail;

/// <summary>Makes the letter of a mail: one recipient, text and HTML, no picture and nothing that reports back.</summary>
static class MailMessage
{
    public static MimeMessage Of(OutgoingMail mail, MailboxAddress from)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = new DateTimeOffset(mail.QueuedAt, TimeSpan.Zero),
            // The same at each attempt, so that a mail which arrived although we were not told is recognised as the same.
            MessageId = string.Create(CultureInfo.InvariantCulture, $"{mail.Id:N}@{from.Domain}"),
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(name: null, mail.To.Text));
        // Nobody's absence note shall answer.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        if (mail.LeaveAt is { } leave)
        {
            // A button beside the sender's name, with which one press leaves (RFC 8058).
            message.Headers.Add("List-Unsubscribe", $"<{leave}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        Multipart body = new MultipartAlternative
        {
            new TextPart(TextFormat.Plain) { Text = mail.Text },
            new TextPart(TextFormat.Html) { Text = Frame(mail) },
        };
        if (mail.Calendar is { } calendar)
            body = new Multipart("mixed") { body, Attached(calendar) };
        message.Body = body;
        return message;
    }

    static TextPart Attached(string calendar)
    {
        var part = new TextPart("calendar")
        {
            Text = calendar,
            ContentDisposition = new(ContentDisposition.Attachment),
            FileName = "calendar.ics",
        };
        part.ContentType.Parameters.Add("method", "PUBLISH");
        return part;
    }

    /// <summary>Calm in light and dark; styles stand inside because mail programs fetch nothing.</summary>
    static string Frame(OutgoingMail mail) =>
        $$"""
            <!DOCTYPE html>
            <html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
            <title>{{WebUtility.HtmlEncode(mail.Subject)}}</title>
            <style>
            body { margin: 0; padding: 24px 16px; background: #fbf7f0; color: #2a2438; font: 17px/1.6 Georgia, 'Times New Roman', serif; }
            .letter { max-width: 36em; margin: 0 auto; }
            .from { padding-bottom: 12px; border-bottom: 2px solid #e8927c; color: #4a4054; font-size: 15px; }
            a { color: #5b2a5e; overflow-wrap: anywhere; }
            @media (prefers-color-scheme: dark) {
              body { background: #1b1722; color: #f4eadf; } .from { color: #cdc1cd; } a { color: #e6bfe8; }
            }
            </style></head>
            <body><div class="letter"><p class="from">Infant Mental Health Awareness Week</p>
            {{mail.Html}}
            </div></body></html>
            """;
}
