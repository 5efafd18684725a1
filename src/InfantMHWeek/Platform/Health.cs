using Microsoft.AspNetCore.Http.HttpResults;

namespace InfantMHWeek.Platform;

/// <summary>For whoever watches the server: alive, and ready to answer readers.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", (HttpResponse response) => Answer(response, "alive"));
        // The content is read before the first request is taken, so a server that answers is ready.
        routes.MapGet("/health/ready", (HttpResponse response) => Answer(response, "ready"));
    }

    static ContentHttpResult Answer(HttpResponse response, string word)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Text(word);
    }
}
