using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting.FromOutside;
using Microsoft.AspNetCore.HttpOverrides;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>One address for each page, and headers of proxies only from proxies we know.</summary>
public static class CanonicalPaths
{
    public static void UseForwardedHeadersOfKnownProxies(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<ReverseProxySettings>().KnownAddresses;
        app.Use(
            (context, next) =>
            {
                SeenRequest.NoteArrival(context);
                return next(context);
            }
        );
        if (proxies.Count == 0)
            return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            options.KnownProxies.Add(proxy);
        app.UseForwardedHeaders(options);
    }

    /// <summary>
    /// <c>/themes/</c> is <c>/themes</c>. The slashes at the start are made one: <c>//elsewhere/</c> must not lead elsewhere.
    /// </summary>
    public static void UseCanonicalPaths(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                var path = context.Request.Path.Value ?? "/";
                if (path.Length < 2 || (path[^1] != '/' && path[1] != '/'))
                    return next(context);
                context.Response.Redirect(
                    new PathString("/" + path.Trim('/')).ToUriComponent() + context.Request.QueryString.ToUriComponent(),
                    permanent: true
                );
                return Task.CompletedTask;
            }
        );
}
