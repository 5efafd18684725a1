using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>
/// For whoever watches the server: alive (reading pages are answered), and ready (forms and staff can work too); if not, why.
/// </summary>
static class Health
{
    public static void AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<StoreHealthCheck>("store").AddCheck<KeysHealthCheck>("keys").AddCheck<DiskHealthCheck>("disk");
        var checks = services.Last(s => s.ServiceType == typeof(HealthCheckService));
        services.Remove(checks);
        services.AddSingleton<HealthCheckService>(provider => new CachedHealthChecks(
            (HealthCheckService)ActivatorUtilities.CreateInstance(provider, checks.ImplementationType!),
            provider.GetRequiredService<TimeProvider>()
        ));
    }

    public static void MapHealth(this WebApplication app)
    {
        Map("/health/live", new() { Predicate = _ => false, ResponseWriter = (context, _) => AnswerAliveAsync(context.Response) });
        Map("/health/ready", new() { ResponseWriter = (context, report) => AnswerAsync(context.Response, Words(report)) });

        void Map(string path, HealthCheckOptions options)
        {
            // The site says itself how long an answer may be kept.
            options.AllowCachingResponses = true;
            app.MapHealthChecks(path, options).WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
        }
    }

    /// <summary>A check answers in plain words and without paths, because anybody may ask; what an exception says is for the log.</summary>
    static string Words(HealthReport report)
    {
        var obstacles = report.Obstacles();
        return obstacles.Count == 0 ? "ready" : "not ready: " + string.Join("; ", obstacles);
    }

    /// <summary>What keeps forms and staff from working.</summary>
    public static IReadOnlyList<string> Obstacles(this HealthReport report) =>
        [
            .. report
                .Entries.Where(e => e.Value.Status != HealthStatus.Healthy)
                .Select(e => e.Value is { Exception: null, Description: { } words } ? words : $"the {e.Key} could not be looked at"),
        ];

    /// <param name="missing">What is missing; null when all is well.</param>
    public static Task<HealthCheckResult> ResultOf(string? missing) =>
        Task.FromResult(missing is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(missing));

    static Task AnswerAliveAsync(HttpResponse response)
    {
        response.Headers[SiteVersion.Header] = SiteVersion.Current;
        return AnswerAsync(response, "alive");
    }

    static Task AnswerAsync(HttpResponse response, string word)
    {
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(word);
    }
}

/// <summary>Looks once a second at most, because anybody may ask as often as they like.</summary>
sealed class CachedHealthChecks(HealthCheckService checks, TimeProvider clock) : HealthCheckService
{
    public static readonly TimeSpan CachedFor = TimeSpan.FromSeconds(1);
    readonly Lock gate = new();
    Task<HealthReport>? report;
    long lookedAt;

    public override Task<HealthReport> CheckHealthAsync(
        Func<HealthCheckRegistration, bool>? predicate,
        CancellationToken cancellationToken = default
    )
    {
        if (predicate is not null)
            return checks.CheckHealthAsync(predicate, cancellationToken);
        lock (gate)
        {
            var isFresh = report is { IsCompletedSuccessfully: true } && clock.GetElapsedTime(lookedAt) < CachedFor;
            if (report is { IsCompleted: false } || isFresh)
                return report!;
            lookedAt = clock.GetTimestamp();
            // Whoever asks meanwhile waits for the same answer, so it does not end with the one who asked first.
            return report = checks.CheckHealthAsync(predicate: null, CancellationToken.None);
        }
    }
}
