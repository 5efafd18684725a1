using System.Diagnostics.Metrics;

namespace InfantMHWeek.Platform.Telemetry;

/// <summary>Something about the site that can be read at any moment, named and measured as OpenTelemetry does.</summary>
/// <param name="Name"><c>infantmhweek.outbox.waiting</c></param>
/// <param name="Unit">By the Unified Code for Units of Measure: <c>s</c>, <c>By</c>, <c>{mail}</c>.</param>
/// <param name="OnlyGrows">A count since the start.</param>
sealed record Metric(string Name, string Unit, string Description, bool OnlyGrows = false);

/// <summary>One value of a measure. Labels are names that the public may see; never anything of a person.</summary>
sealed record MetricValue(Metric Metric, double Value, params IReadOnlyList<(string Key, string Value)> Labels)
{
    public string? this[string label] => Labels.FirstOrDefault(l => l.Key == label).Value;
}

/// <summary>Measures that are read together: each feature registers what it can tell of itself.</summary>
/// <param name="Read">Asked seldom and never for a visitor's request, so it may ask the store.</param>
sealed record MetricSource(IReadOnlyList<Metric> Metrics, Func<IServiceProvider, IReadOnlyList<MetricValue>> Read);

/// <summary>
/// Reads all measures of the site, at most once in some seconds, however often it is asked. They are instruments of a
/// <see cref="Meter"/> too,
/// for whoever listens.
/// </summary>
sealed class SiteMetrics : IDisposable
{
    readonly IReadOnlyList<MetricSource> sources;
    readonly IServiceScopeFactory scopes;
    readonly TimeProvider clock;
    readonly ILogger<SiteMetrics> log;
    readonly Meter meter = new(Tracing.Name);
    public static readonly TimeSpan CachedFor = TimeSpan.FromSeconds(5);
    readonly Lock gate = new();
    IReadOnlyList<MetricValue>? readings;
    long readAt;

    public SiteMetrics(IEnumerable<MetricSource> sources, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SiteMetrics> log)
    {
        (this.sources, this.scopes, this.clock, this.log) = ([.. sources], scopes, clock, log);
        foreach (var metric in this.sources.SelectMany(s => s.Metrics))
            if (metric.OnlyGrows)
                meter.CreateObservableCounter(metric.Name, () => Values(metric), metric.Unit, metric.Description);
            else
                meter.CreateObservableGauge(metric.Name, () => Values(metric), metric.Unit, metric.Description);
    }

    public void Dispose() => meter.Dispose();

    IEnumerable<Measurement<double>> Values(Metric metric) =>
        Read()
            .Where(r => r.Metric == metric)
            .Select(r => new Measurement<double>(r.Value, r.Labels.Select(l => new KeyValuePair<string, object?>(l.Key, l.Value))));

    public IReadOnlyList<MetricValue> Read()
    {
        lock (gate)
        {
            if (readings is not null && clock.GetElapsedTime(readAt) < CachedFor)
                return readings;
            using var scope = scopes.CreateScope();
            readings = [.. sources.SelectMany(s => Try(s, scope.ServiceProvider))];
            readAt = clock.GetTimestamp();
            return readings;
        }
    }

    /// <summary>What cannot be read now is left out: the others are wanted most when something is wrong.</summary>
    IReadOnlyList<MetricValue> Try(MetricSource source, IServiceProvider services)
    {
        try
        {
            return source.Read(services);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            log.LogWarning(problem, "{Measure} and what is read with it could not be read", source.Metrics[0].Name);
            return [];
        }
    }
}
