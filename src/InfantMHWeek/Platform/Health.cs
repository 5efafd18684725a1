namespace InfantMHWeek.Platform;

/// <summary>For whoever watches the server: alive, and ready to answer readers.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", context => Answer(context.Response, "alive"));
        // The content is read before the first request is taken, so a server that answers is ready.
        routes.MapGet("/health/ready", context => Answer(context.Response, "ready"));
    }

    static Task Answer(HttpResponse response, string word)
    {
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(word);
    }
}
