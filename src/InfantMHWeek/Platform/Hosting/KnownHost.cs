using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>
/// The site answers under its own name only (<c>Site:BaseUrl</c>), as this machine under <c>localhost</c>, and says under any name
/// whether it is well. Where no name is set, and in development, any will do.
/// </summary>
static class KnownHost
{
    public static void UseKnownHost(this WebApplication app)
    {
        if (app.Environment.IsDevelopment() || SiteAddress.BaseOf(app.Configuration) is not { } address)
            return;
        string[] names = [address.IdnHost, "localhost", "127.0.0.1", "[::1]"];
        var (home, overHttps) = (System.Net.WebUtility.HtmlEncode(address.AbsoluteUri), app.Environment.IsProduction());
        app.Use(
            (context, next) =>
            {
                if (IsOurs(context.Request, names))
                    return next(context);
                context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
                SecurityHeaders.Apply(context, overHttps);
                return ErrorPage.SendAsync(context, home);
            }
        );
    }

    static bool IsOurs(HttpRequest request, string[] names)
    {
        // As it was sent: HostString would have the name read as an international one, which costs as much as the answer.
        var asked = NameOf(request.Headers.Host.ToString());
        foreach (var name in names)
            if (asked.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        return request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
    }

    static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || colon < host.LastIndexOf(']') ? host : host[..colon];
    }
}
