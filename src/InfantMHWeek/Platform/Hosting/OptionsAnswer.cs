using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>What may be done at an address: OPTIONS is answered with its methods, and where any site may read it, with that.</summary>
static class OptionsAnswer
{
    const string Get = "GET, HEAD, OPTIONS",
        GetAndPost = "GET, HEAD, POST, OPTIONS";

    public static void UseOptionsAnswer(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                // Behind the staff's door nothing is said to whoever has not come in.
                if (
                    !HttpMethods.IsOptions(http.Request.Method)
                    || http.GetEndpoint() is not { } endpoint
                    || http.Request.Path.StartsWithSegments("/staff", StringComparison.OrdinalIgnoreCase)
                )
                {
                    await next(http);
                    return;
                }
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                http.Response.Headers.Allow = await MethodsOfAsync(http, endpoint);
                if (!IsForOtherSites(http.Request.Path))
                    return;
                http.Response.Headers.AccessControlAllowOrigin = "*";
                http.Response.Headers.AccessControlAllowMethods = Get;
                http.Response.Headers.AccessControlAllowHeaders = "If-None-Match, Content-Type";
                http.Response.Headers.AccessControlMaxAge = "86400";
            }
        );

    static async Task<string> MethodsOfAsync(HttpContext http, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
            return Get;
        var loader = http.RequestServices.GetRequiredService<PageLoader>();
        var compiled = await loader.LoadAsync(page, endpoint.Metadata);
        return MethodsOf(compiled);
    }

    /// <summary>As the header <c>Allow</c> names them.</summary>
    public static string MethodsOf(CompiledPageActionDescriptor page) =>
        page.HandlerMethods.Any(h => HttpMethods.IsPost(h.HttpMethod)) ? GetAndPost : Get;

    /// <summary>The interfaces for programs of other sites, which a browser may ask about first.</summary>
    static bool IsForOtherSites(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/openapi", StringComparison.Ordinal);
}
