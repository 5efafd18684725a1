using System.Net;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry.Metrics;

namespace InfantMHWeek.Platform.Telemetry;

/// <summary>
/// The measures as text for Prometheus, at <c>/metrics</c> of an address of its own. It is a server of its own too, with nothing
/// else on it: the public one has no such page that a mistake could open.
/// </summary>
sealed class PrometheusEndpoint(IPEndPoint place, IServiceProvider services) : IHostedService
{
    WebApplication? server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Empty, so that no setting meant for the site moves it elsewhere.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Listen(place);
            });
        server = builder.Build();
        server.Use(
            (context, next) =>
            {
                // Whoever looks does not count as a visitor.
                if (context.Features.Get<IHttpMetricsTagsFeature>() is { } counted)
                    counted.MetricsDisabled = true;
                return next(context);
            }
        );
        server.UseOpenTelemetryPrometheusScrapingEndpoint(
            services.GetRequiredService<MeterProvider>(),
            predicate: null,
            path: "/metrics",
            configureBranchedPipeline: null,
            optionsName: null
        );
        await server.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (server is null)
            return;
        await server.StopAsync(cancellationToken);
        await server.DisposeAsync();
    }
}
