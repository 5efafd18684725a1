using InfantMHWeek.Platform.Configuration;
using Microsoft.AspNetCore.DataProtection;

namespace InfantMHWeek.Platform.Hosting.FromOutside;

/// <summary>
/// How a request that came through the proxy looks to the site: what <c>check --from-outside</c> cannot see from where it stands.
/// </summary>
/// <param name="From">Whom the site takes for the visitor.</param>
/// <param name="Peer">Who really opened the connection.</param>
/// <param name="PeerIsKnown">Whether <c>ReverseProxy:KnownAddresses</c> names the peer.</param>
/// <param name="ForwardedFor">The header as it arrived, like the two after it.</param>
sealed record SeenRequest(
    string Scheme,
    string Host,
    string? From,
    string? Peer,
    bool PeerIsKnown,
    string? ForwardedFor,
    string? ForwardedProto,
    string? ForwardedHost,
    string Runtime,
    DateTimeOffset Time
)
{
    public const string Path = "/health/seen",
        TokenHeader = "X-Site-Check";
    static readonly TimeSpan TokenLasts = TimeSpan.FromMinutes(5);

    static ITimeLimitedDataProtector Tokens(IDataProtectionProvider keys) =>
        keys.CreateProtector("check --from-outside").ToTimeLimitedDataProtector();

    /// <summary>Only who has the site's keys may ask: to anybody else the page is not there.</summary>
    /// <returns>Null where there are no keys.</returns>
    internal static string? NewToken(IConfiguration settings)
    {
        try
        {
            var folder = new DirectoryInfo(DataProtectionKeys.Folder(settings));
            return folder.Exists
                ? Tokens(
                        DataProtectionProvider.Create(folder, keys =>
                            keys.SetApplicationName(DataProtectionKeys.Application).DisableAutomaticKeyGeneration()
                        )
                    )
                    .Protect("seen", TokenLasts)
                : null;
        }
        catch (Exception problem)
            when (problem
                    is InvalidOperationException
                        or UnauthorizedAccessException
                        or IOException
                        or System.Security.Cryptography.CryptographicException
            )
        {
            return null;
        }
    }

    static bool IsToken(string? token, IDataProtectionProvider keys)
    {
        try
        {
            return token is { Length: > 0 and < 1000 } && Tokens(keys).Unprotect(token) == "seen";
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    sealed record ReceivedRequest(System.Net.IPAddress? Peer, string? For, string? Proto, string? Host);

    /// <summary>Notes how the request arrived; stands before the proxies' headers are believed.</summary>
    internal static void NoteArrival(HttpContext context)
    {
        if (!context.Request.Path.Equals(Path, StringComparison.Ordinal))
            return;
        var headers = context.Request.Headers;
        context.Items[typeof(ReceivedRequest)] = new ReceivedRequest(
            context.Connection.RemoteIpAddress,
            headers["X-Forwarded-For"],
            headers["X-Forwarded-Proto"],
            headers["X-Forwarded-Host"]
        );
    }

    internal static void Map(WebApplication app)
    {
        var (keys, proxies, clock) = (
            app.Services.GetRequiredService<IDataProtectionProvider>(),
            app.Services.GetRequiredService<ReverseProxySettings>(),
            app.Services.GetRequiredService<TimeProvider>()
        );
        app.MapGet(Path, context =>
        {
            context.Response.Headers.CacheControl = "no-store";
            if (
                context.Items[typeof(ReceivedRequest)] is not ReceivedRequest arrived
                || !IsToken(context.Request.Headers[TokenHeader], keys)
            )
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
            var peer = Plain(arrived.Peer);
            return context.Response.WriteAsJsonAsync(
                new SeenRequest(
                    context.Request.Scheme,
                    context.Request.Host.Value ?? "",
                    Plain(context.Connection.RemoteIpAddress)?.ToString(),
                    peer?.ToString(),
                    peer is not null && proxies.KnownAddresses.Contains(peer),
                    arrived.For,
                    arrived.Proto,
                    arrived.Host,
                    Environment.Version.ToString(),
                    clock.GetUtcNow()
                )
            );
        });
    }

    static System.Net.IPAddress? Plain(System.Net.IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}

static class SeenRequestEndpoint
{
    /// <summary>Answers whoever has the site's keys.</summary>
    public static void MapSeenRequest(this WebApplication app) => SeenRequest.Map(app);
}
