using InfantMHWeek.Platform.Telemetry;
using Microsoft.Extensions.Primitives;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>The headers that stand on every answer, whatever its status.</summary>
static class SecurityHeaders
{
    static readonly StringValues ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src "
        + "'self'; form-action 'self'; "
        + "base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    static readonly StringValues NoSniff = "nosniff";
    static readonly StringValues Referrer = "same-origin";
    static readonly StringValues SameOrigin = "same-origin";
    static readonly StringValues RequireCorp = "require-corp";
    static readonly StringValues Permissions =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), "
        + "magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-create=(), "
        + "publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()";
    static readonly StringValues TwoYears = "max-age=63072000; includeSubDomains; preload";

    /// <param name="overHttps">True in production, where the site is only reached over HTTPS.</param>
    public static void Apply(HttpContext context, bool overHttps)
    {
        var headers = context.Response.Headers;
        RequestId.Mark(context);
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = NoSniff;
        // A page whose address holds a token has set a stricter one.
        if (!headers.ContainsKey("Referrer-Policy"))
            headers["Referrer-Policy"] = Referrer;
        headers["Cross-Origin-Opener-Policy"] = SameOrigin;
        headers["Cross-Origin-Embedder-Policy"] = RequireCorp;
        if (!headers.ContainsKey("Cross-Origin-Resource-Policy"))
            headers["Cross-Origin-Resource-Policy"] = SameOrigin;
        if (!headers.ContainsKey("Permissions-Policy"))
            headers["Permissions-Policy"] = Permissions;
        if (overHttps)
            headers.StrictTransportSecurity = TwoYears;
    }

    /// <summary>The same for an answer that has no header yet, as those from memory: nothing is looked up, everything is set.</summary>
    /// <param name="resourcePolicy">Who else may show it (Cross-Origin-Resource-Policy); empty for this site only.</param>
    public static void ApplyToFresh(HttpContext context, bool overHttps, StringValues resourcePolicy)
    {
        var headers = context.Response.Headers;
        RequestId.Mark(context);
        headers["Content-Security-Policy"] = ContentPolicy;
        headers["X-Content-Type-Options"] = NoSniff;
        headers["Referrer-Policy"] = Referrer;
        headers["Cross-Origin-Opener-Policy"] = SameOrigin;
        headers["Cross-Origin-Embedder-Policy"] = RequireCorp;
        headers["Cross-Origin-Resource-Policy"] = resourcePolicy.Count > 0 ? resourcePolicy : SameOrigin;
        headers["Permissions-Policy"] = Permissions;
        if (overHttps)
            headers["Strict-Transport-Security"] = TwoYears;
    }

    /// <summary>Applies them when the answer starts, so that an error page, which clears headers, has them too.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this WebApplication app)
    {
        var overHttps = app.Environment.IsProduction();
        return app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(
                    static state =>
                    {
                        var (started, https) = ((HttpContext, bool))state;
                        Apply(started, https);
                        return Task.CompletedTask;
                    },
                    (context, overHttps)
                );
                return next(context);
            }
        );
    }

    /// <summary>For the pages on which staff sign in with a passkey or make one.</summary>
    public static void AllowPasskeys(this HttpResponse response) =>
        response.Headers["Permissions-Policy"] = Permissions
            .ToString()
            .Replace(
                "publickey-credentials-create=(), publickey-credentials-get=()",
                "publickey-credentials-create=(self), publickey-credentials-get=(self)",
                StringComparison.Ordinal
            );

    /// <summary>For the one page that may ask where the visitor is, so that what is near can be found.</summary>
    public static void AllowLocation(this HttpResponse response) =>
        response.Headers["Permissions-Policy"] = Permissions
            .ToString()
            .Replace("geolocation=()", "geolocation=(self)", StringComparison.Ordinal);

    /// <summary>For the one page that partner sites may show in a frame; its links open outside it.</summary>
    public static void AllowFramesAnywhere(this HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentPolicy
            .ToString()
            .Replace("frame-ancestors 'none'", "frame-ancestors *", StringComparison.Ordinal);
        response.AllowOtherSites();
    }

    /// <summary>For a page that shows others of our own in a frame.</summary>
    public static void AllowFramesInside(this HttpResponse response) =>
        response.Headers.ContentSecurityPolicy = ContentPolicy + "; frame-src 'self'";

    /// <summary>For an answer that our own pages show in a frame; it runs no script at all.</summary>
    public static void AllowOwnFrame(this HttpResponse response) =>
        response.Headers.ContentSecurityPolicy = ContentPolicy
            .ToString()
            .Replace("frame-ancestors 'none'", "frame-ancestors 'self'", StringComparison.Ordinal)
            .Replace("script-src 'self'", "script-src 'none'", StringComparison.Ordinal);

    /// <summary>For what a mailed link opens: nobody keeps it, and where its holder goes next does not learn of it.</summary>
    public static void ForHolderOfLink(this HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
    }

    /// <summary>For share pictures and feeds, which other sites may show.</summary>
    public static void AllowOtherSites(this HttpResponse response) => response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
}
