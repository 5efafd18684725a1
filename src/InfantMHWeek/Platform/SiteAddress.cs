using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace InfantMHWeek.Platform;

/// <summary>
/// Absolute addresses of the site. They come from <c>Site:BaseUrl</c>, never from the Host header: a page made for one
/// visitor is kept for all, so a forged header would be kept too.
/// </summary>
public sealed class SiteAddress(IConfiguration settings, IServer server)
{
    readonly Lazy<string> start = new(() =>
        (settings["Site:BaseUrl"] ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost").TrimEnd('/'));

    /// <summary>Whether the site is said to be reached over HTTPS; then cookies are tied to it.</summary>
    public static bool IsHttps(IConfiguration settings) => settings["Site:BaseUrl"]?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) is true;

    /// <param name="path">A path of this site, beginning with a slash.</param>
    public string Of(string path) => start.Value + (path == "/" ? "/" : path);
}
