namespace InfantMHWeek.Platform.Pages;

/// <summary>What one of our own pages answered.</summary>
sealed record InternalResponse(int Status, string? ContentType, string? Location, byte[] Body);

/// <summary>
/// Opens the site's public pages from within: the same routes, layout and renderer, with some of the services set
/// otherwise. Nobody is signed in there, nothing is kept, and the staff area is not reached.
/// </summary>
sealed class InternalRequests(IServiceScopeFactory scopes)
{
    internal Lazy<RequestDelegate> Pages { get; set; } = null!;

    /// <param name="prepare">Sets what the page is to see instead of the real thing.</param>
    public async Task<InternalResponse> GetAsync(HttpContext from, string path, string query, Action<IServiceProvider> prepare)
    {
        if (path.StartsWith("/staff", StringComparison.OrdinalIgnoreCase))
            return new(404, null, null, []);
        await using var scope = scopes.CreateAsyncScope();
        prepare(scope.ServiceProvider);
        using var body = new MemoryStream();
        var inner = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = from.RequestAborted };
        (inner.Request.Method, inner.Request.Scheme, inner.Request.Host) = (HttpMethods.Get, from.Request.Scheme, from.Request.Host);
        (inner.Request.Path, inner.Request.QueryString, inner.Response.Body) = (new PathString(path), new QueryString(query), body);
        await Pages.Value(inner);
        await inner.Response.CompleteAsync();
        return new(inner.Response.StatusCode, inner.Response.ContentType, inner.Response.Headers.Location, body.ToArray());
    }
}

static class InternalRequestPipeline
{
    /// <summary>Gives the inner site the routes of this one, once all of them are known.</summary>
    public static void UseInternalRequests(this WebApplication app) =>
        app.Services.GetRequiredService<InternalRequests>().Pages = new(() =>
        {
            var inner = ((IApplicationBuilder)app).New();
            inner.UseRouting();
            inner.UseEndpoints(routes =>
            {
                foreach (var source in ((IEndpointRouteBuilder)app).DataSources)
                    routes.DataSources.Add(source);
            });
            return inner.Build();
        });
}
