using System.Net;
using System.Net.Sockets;

namespace InfantMHWeek.Platform.Telemetry;

/// <summary>
/// Who may watch the site, nobody unless it is set: <c>Telemetry:Otlp</c> (a collector's address) with
/// <c>Telemetry:OtlpProtocol</c> (<c>grpc</c> or <c>http</c>), and <c>Telemetry:Prometheus</c> (an internal address and port of this
/// machine where the measures can be read).
/// </summary>
public sealed record TelemetrySettings(Uri? Otlp, bool OtlpOverHttp, IPEndPoint? Prometheus)
{
    public bool IsOn => Otlp is not null || Prometheus is not null;

    /// <exception cref="SettingsException">They cannot work, or would show the measures to everybody.</exception>
    public static TelemetrySettings Of(IConfiguration settings)
    {
        Uri? collector = null;
        if (settings["Telemetry:Otlp"] is { Length: > 0 } otlp && !(Uri.TryCreate(otlp, UriKind.Absolute, out collector) && collector.Scheme is "http" or "https"))
            throw new SettingsException($"Telemetry:Otlp is \"{otlp}\"; write the collector's whole address, such as http://127.0.0.1:4317");
        var protocol = settings["Telemetry:OtlpProtocol"] is { Length: > 0 } set ? set : "grpc";
        if (protocol is not ("grpc" or "http")) throw new SettingsException($"Telemetry:OtlpProtocol is \"{protocol}\"; write grpc or http.");
        return new(collector, protocol == "http", settings["Telemetry:Prometheus"] is { Length: > 0 } page ? Internal(page) : null);
    }

    static IPEndPoint Internal(string page) =>
        IPEndPoint.TryParse(page, out var place) && place.Port > 0 && IsInternal(place.Address) ? place
        : throw new SettingsException($"Telemetry:Prometheus is \"{page}\"; write one internal address of this machine and a port, such as 127.0.0.1:9464. The public must not reach it.");

    /// <summary>This machine only, or a network that the internet does not lead to (RFC 1918, 4193, 6598, link-local).</summary>
    static bool IsInternal(IPAddress address)
    {
        if (IPAddress.IsLoopback(address)) return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6) return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;
        var bytes = address.GetAddressBytes();
        return bytes[0] switch
        {
            10 => true,
            100 => bytes[1] is >= 64 and < 128,
            169 => bytes[1] == 254,
            172 => bytes[1] is >= 16 and < 32,
            192 => bytes[1] == 168,
            _ => false,
        };
    }
}
