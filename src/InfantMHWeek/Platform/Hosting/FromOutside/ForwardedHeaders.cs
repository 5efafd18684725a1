using InfantMHWeek.Platform.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace InfantMHWeek.Platform.Hosting.FromOutside;

/// <summary>Headers of proxies are believed only from proxies we know.</summary>
static class ForwardedHeadersOfKnownProxies
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
}
