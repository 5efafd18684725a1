using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace InfantMHWeek.Platform.Configuration;

/// <summary>
/// Absolute addresses of the site. They come from <c>Site:BaseUrl</c>, never from the Host header: a page made for one
/// visitor is kept for all, so a forged header would be kept too.
/// </summary>
sealed class SiteAddress(IConfiguration settings, IServer server)
{
    const string BeforeListening = "http://localhost";
    string? start;

    // Without the setting, the server's own address is known only once it listens.
    string? Start =>
        start ??= (
            BaseOf(settings) is { } set ? set.AbsoluteUri : server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
        )?.TrimEnd('/');

    /// <summary>Whether the site knows its address already; what is drawn before that must not be kept.</summary>
    public bool IsKnown => Start is not null;

    /// <summary>Whether the site is said to be reached over HTTPS; then cookies are tied to it.</summary>
    public static bool IsHttps(IConfiguration settings) => BaseOf(settings)?.Scheme == Uri.UriSchemeHttps;

    /// <summary>What <c>Site:BaseUrl</c> says; null where it is not set.</summary>
    public static Uri? BaseOf(IConfiguration settings) => SettingsReader.Read<SiteSettings>(settings).BaseUrl;

    /// <param name="path">A path of this site, beginning with a slash.</param>
    public string Of(string path) => (Start ?? BeforeListening) + (path == "/" ? "/" : path);
}
