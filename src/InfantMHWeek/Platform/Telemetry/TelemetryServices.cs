using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Telemetry;

public static class TelemetryServices
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Traffic>();
        builder.Services.AddSingleton<SiteMetrics>();
        builder.Services.AddSingleton(PlatformMetrics.Mails);
        builder.Services.AddSingleton(PlatformMetrics.DiskSpace);
        builder.Services.AddSingleton(PlatformMetrics.Jobs);
        var settings = builder.AddSettings<TelemetrySettings>();
        // What hands things on is not even loaded while nobody wants them.
        if (settings.IsOn)
            TelemetryExport.Add(builder.Services, settings);
    }
}
