using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Telemetry;

namespace InfantMHWeek.Staff.Health;

/// <summary>Everything that is looked at to say how the site is doing.</summary>
public sealed class SiteHealthItems(SiteMetrics measures, Readiness readiness, Traffic traffic, StartupCheck check, MailStatus mail)
{
    public IReadOnlyList<HealthItem> Read() => [.. HealthItem.Of(measures.Read(), readiness.Obstacles(), traffic.Day()), .. mail.Held().Select(HealthItem.OfHeldMail), .. check.Doubts().Select(HealthItem.OfSetting)];
}
