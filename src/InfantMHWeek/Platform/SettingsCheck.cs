using System.Net;

namespace InfantMHWeek.Platform;

/// <summary>A setting that cannot work; the message is fit for standard error.</summary>
public sealed class SettingsException(string message) : Exception(message);

/// <summary>Reads settings that other parts rely on, and says at the start, in plain words, what is wrong with them.</summary>
public static class SettingsCheck
{
    public static void Run(IConfiguration settings)
    {
        if (settings["Site:BaseUrl"] is { Length: > 0 } address && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/"))
            throw new SettingsException($"Site:BaseUrl is \"{address}\"; write the site's whole address without a path, such as https://www.example.org");
        _ = KnownProxies(settings).Count;
        _ = Telemetry.TelemetrySettings.Of(settings);
    }

    /// <summary>The proxies whose forwarded headers are believed: <c>ReverseProxy:KnownAddresses</c>, addresses with commas between them.</summary>
    public static IReadOnlyList<IPAddress> KnownProxies(IConfiguration settings) =>
        [.. (settings["ReverseProxy:KnownAddresses"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(a => IPAddress.TryParse(a, out var address) ? address : throw new SettingsException($"ReverseProxy:KnownAddresses holds \"{a}\", which is not an IP address."))];
}
