using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Starting;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace InfantMHWeek.Staff.Health;

/// <summary>Everything that is looked at to say how the site is doing.</summary>
sealed class SiteHealthItems(SiteMetrics metrics, HealthCheckService checks, Traffic traffic, StartupCheck check, MailStatus mail)
{
    public async Task<IReadOnlyList<HealthItem>> ReadAsync(CancellationToken cancel)
    {
        var obstacles = (await checks.CheckHealthAsync(cancel)).Obstacles();
        var (held, doubts) = (mail.Held().Select(HealthItem.OfHeldMail), check.Doubts().Select(HealthItem.OfSetting));
        return [.. HealthItem.Of(metrics.Read(), obstacles, traffic.Day()), .. held, .. doubts];
    }
}
