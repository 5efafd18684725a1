using System.Linq.Expressions;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Platform.Mail;

/// <summary>What is needed of a mail to send it, apart from its row.</summary>
sealed record OutgoingMail(
    Guid Id,
    string Kind,
    MailLane Lane,
    EmailAddress To,
    string Subject,
    string Text,
    string Html,
    string? Calendar,
    string? LeaveAt,
    DateTime QueuedAt,
    int Attempts
)
{
    public static readonly Expression<Func<OutboxMail, OutgoingMail>> FromRow = mail =>
        new(
            mail.Id,
            mail.Kind,
            mail.Lane,
            mail.To,
            mail.Subject,
            mail.Text,
            mail.Html,
            mail.Calendar,
            mail.LeaveAt,
            mail.QueuedAt,
            mail.Attempts
        );

    public static OutgoingMail Of(OutboxMail mail) => FromRow.Compile()(mail);

    public string Domain { get; } = To.Key[(To.Key.LastIndexOf('@') + 1)..];
}

/// <param name="Delivery">Null when it was given back untried.</param>
sealed record DeliveryReport(OutgoingMail Mail, Delivery? Delivery);
