using InfantMHWeek.Platform.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace InfantMHWeek.Campaign.Library;

/// <summary>There are pages to show, and the folder that they come from.</summary>
sealed class ContentHealthCheck(PageLibrary library) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var missing = new List<string>();
        if (library.Current.Pages.Count == 0)
            missing.Add("no page of the content can be shown");
        if (library.IsAway || !Directory.Exists(library.Root))
            missing.Add("the content folder is away, so pages are shown as they were read last");
        return Health.ResultOf(missing.Count == 0 ? null : string.Join("; ", missing));
    }
}
