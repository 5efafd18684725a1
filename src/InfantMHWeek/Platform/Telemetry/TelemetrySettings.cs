using System.Net;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Telemetry;

/// <summary>How a collector is spoken to.</summary>
enum OtlpProtocol
{
    Grpc,
    Http,
}

/// <summary>Who may watch the site (<c>Telemetry:…</c>): nobody unless it is set.</summary>
[Settings("Telemetry")]
sealed class TelemetrySettings
{
    /// <summary>A collector's address.</summary>
    public Uri? Otlp { get; set; }

    public OtlpProtocol OtlpProtocol { get; set; }

    /// <summary>An internal address and port of this machine where the measures can be read.</summary>
    [InternalPlace]
    public IPEndPoint? Prometheus { get; set; }

    public bool IsOn => Otlp is not null || Prometheus is not null;
}
