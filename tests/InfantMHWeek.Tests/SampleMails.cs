using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Tests;

static class SampleMails
{
    /// <summary>A mail that was tried for the last time just now.</summary>
    public static OutboxMail GivenUp(DateTime now, string to = "a@charity.example") =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Kind = "test",
            About = "x",
            To = EmailAddress.Parse(to, null),
            Subject = "s",
            Text = "t",
            Html = "h",
            QueuedAt = now,
            NextAttemptAt = now,
            GivenUpAt = now,
        };
}
