using System.Reflection;
using System.Runtime.CompilerServices;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace InfantMHWeek.Platform.Telemetry;

/// <summary>
/// Hands measures and traces to those whom the settings name. The only place, with <see cref="PrometheusEndpoint"/>, that knows the
/// libraries for it. No type here may derive from theirs or take one in its constructor: the store looks through all types and
/// their constructors at the start, which would load them.
/// </summary>
static class TelemetryExport
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Add(IServiceCollection services, TelemetrySettings settings)
    {
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(site =>
                site.AddService(
                    "infantmhweek",
                    serviceVersion: typeof(TelemetryExport)
                        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                        ?.InformationalVersion
                )
            )
            .WithMetrics(metrics =>
            {
                // The framework's own: requests by route and status, and the memory and the work of the process.
                metrics.AddMeter("Microsoft.AspNetCore.Hosting", "System.Runtime", Tracing.Name);
                // Nothing else asks for the site's own before the first export.
                metrics.AddInstrumentation(provider => provider.GetRequiredService<SiteMetrics>());
                if (settings.Prometheus is not null)
                    metrics.AddPrometheusExporter();
                if (settings.Otlp is { } to)
                    metrics.AddOtlpExporter(export => Aim(export, to, settings.OtlpProtocol == OtlpProtocol.Http, "v1/metrics"));
            });
        if (settings.Otlp is { } collector)
            telemetry.WithTracing(traces =>
                traces
                    .AddSource(Tracing.Name)
                    .AddOtlpExporter(export => Aim(export, collector, settings.OtlpProtocol == OtlpProtocol.Http, "v1/traces"))
            );
        if (settings.Prometheus is { } place)
            services.AddHostedService(provider => new PrometheusEndpoint(place, provider));
    }

    static void Aim(OtlpExporterOptions export, Uri collector, bool overHttp, string signal)
    {
        export.Protocol = overHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        export.Endpoint = overHttp ? new Uri(collector.AbsoluteUri.TrimEnd('/') + "/" + signal) : collector;
    }
}
