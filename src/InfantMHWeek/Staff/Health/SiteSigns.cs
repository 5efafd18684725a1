using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Telemetry;

namespace InfantMHWeek.Staff.Health;

/// <summary>Everything that is looked at to say how the site is doing.</summary>
public sealed class SiteSigns(SiteMeasures measures, Readiness readiness, Traffic traffic, SelfCheck check, MailStatus mail)
{
    public IReadOnlyList<Sign> Read() => [.. Sign.Of(measures.Read(), readiness.Obstacles(), traffic.Day()), .. mail.Held().Select(Sign.OfHeldMail), .. check.Doubts().Select(Sign.OfSetting)];
}
