using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Telemetry;

static class TelemetryServices
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Traffic>();
        builder.Services.AddSingleton<SiteMetrics>();
        var settings = builder.AddSettings<TelemetrySettings>();
        // What hands things on is not even loaded while nobody wants them.
        if (settings.IsOn)
            TelemetryExport.Add(builder.Services, settings);
    }
}
