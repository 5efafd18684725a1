using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Forms;

/// <summary>
/// Where <c>Site:BaseUrl</c> is https and a request arrives without it, a proxy has kept quiet about what the visitor used. Pages
/// are read all the same; a form, whose cookie must not travel openly, says so in words, and the operator finds the cause in the log.
/// </summary>
static class ExpectedScheme
{
    static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    public static void UseExpectedScheme(this WebApplication app)
    {
        if (!SiteAddress.IsHttps(app.Configuration))
            return;
        var (proxies, clock) = (app.Services.GetRequiredService<ReverseProxySettings>(), app.Services.GetRequiredService<TimeProvider>());
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ExpectedScheme).FullName!);
        long last = 0;
        app.Use(
            (context, next) =>
            {
                if (context.Request.IsHttps || !NeedsCookies(context))
                    return next(context);
                var (now, before) = (clock.GetTimestamp(), Volatile.Read(ref last));
                if (
                    (before == 0 || clock.GetElapsedTime(before, now) >= BetweenWarnings)
                    && Interlocked.CompareExchange(ref last, now, before) == before
                )
                    log.LogError("{Cause}", CauseOf(context, proxies));
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return Task.CompletedTask;
            }
        );
    }

    static bool NeedsCookies(HttpContext context) =>
        !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        || context.GetEndpoint()?.Metadata.GetMetadata<FormPageAttribute>() is not null
        || context.Request.Path.StartsWithSegments("/staff", StringComparison.OrdinalIgnoreCase);

    /// <summary>No visitor's address is named: only proxies of the settings are.</summary>
    static string CauseOf(HttpContext context, ReverseProxySettings proxies)
    {
        const string Start = "Forms and the staff area cannot be used: Site:BaseUrl is https, but a request arrived over http";
        var from = context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4()
            : context.Connection.RemoteIpAddress;
        return from is not null && proxies.KnownAddresses.Contains(from)
            ? $"{Start} from the proxy {from} without X-Forwarded-Proto. In nginx, add: proxy_set_header X-Forwarded-Proto $scheme;"
            : $"{Start} from an address that ReverseProxy:KnownAddresses does not name. Name your proxy there, or let nobody else reach "
                + "this port.";
    }
}
