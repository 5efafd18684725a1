using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Telemetry;

namespace InfantMHWeek.Campaign;

/// <summary>
/// Sends reading pages from memory. The first part stands before everything else and answers from the current snapshot;
/// the second part, after routing, makes and keeps what was missing. Both see one snapshot only.
/// </summary>
static class PageCache
{
    /// <summary>
    /// Answers what the current snapshot holds ready. These requests are counted and not logged one by one:
    /// who reads what about abuse is nobody's business.
    /// </summary>
    public static void UseCachedPageResponses(this WebApplication app)
    {
        // Not asked for here: it is still being read while the pipeline is built.
        var library = new Lazy<PageLibrary>(app.Services.GetRequiredService<PageLibrary>);
        var traffic = app.Services.GetRequiredService<Traffic>();
        var overHttps = app.Environment.IsProduction();
        app.Use(
            (context, next) =>
            {
                if (
                    !IsRead(context.Request)
                    || !library.Value.Current.Responses.TryGet(context.Request.Path.Value!, out var ready)
                    || !ready.Answers(context.Request)
                )
                    return Make(context, next);
                traffic.AddFromMemory();
                SecurityHeaders.ApplyToFresh(context, overHttps, ready.ResourcePolicy);
                return ready.Send(context);
            }
        );
    }

    /// <summary>What must be made goes to another thread: this one may be the one that reads all sockets (see ServerLimits).</summary>
    static async Task Make(HttpContext context, RequestDelegate next)
    {
        await Task.Yield();
        await next(context);
    }

    /// <summary>Makes reading pages ready: whole, compressed, and kept where the endpoint asks for it.</summary>
    public static void UsePageCaching(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (!IsRead(context.Request) || context.GetEndpoint()?.Metadata.GetMetadata<CachedPageAttribute>() is not { } reading)
                {
                    await next(context);
                    return;
                }
                // Resolved before the page is made: if the content changes meanwhile, the answer is kept by the snapshot it was made from.
                var snapshot = context.RequestServices.GetRequiredService<Snapshot>();
                var missing = IsReadPage(context) ? NotFoundPage.For(snapshot, context.Request.Path.Value!)?.Key : null;
                if (await FindAsync(context, snapshot, missing) is { } known)
                    await known.Send(context);
                else
                    await MakeAsync(context, next, reading, snapshot, missing);
            }
        );

    /// <param name="missing">The name of the page that says that there is none; null where there is one.</param>
    static async ValueTask<CachedResponse?> FindAsync(HttpContext context, Snapshot snapshot, string? missing)
    {
        if (missing is not null && snapshot.Responses.TryGet(missing, out var known))
            return known;
        return
            snapshot.Responses.Find(context.Request.Path.Value!) is { } kept
            && kept.Answers(context.Request)
            && await kept.IsTrueAsync(context.RequestAborted)
            ? kept
            : null;
    }

    static async Task MakeAsync(HttpContext context, RequestDelegate next, CachedPageAttribute reading, Snapshot snapshot, string? missing)
    {
        var (body, response) = (context.Response.Body, context.Response);
        using var made = new MemoryStream(32 * 1024);
        response.Body = made;
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = body;
        }
        if (made.Length == 0)
            return;
        var bytes = made.GetBuffer().AsSpan(0, (int)made.Length);
        if (!MayBeKept(context, reading, missing))
        {
            await UncachedResponse.Send(context, bytes);
            return;
        }
        var ready = Kept(context, bytes, reading.OnlyWithoutQuery);
        if (!context.Items.ContainsKey(PageAdditionSource.MadeAfresh))
            snapshot.Responses.Keep(missing ?? context.Request.Path.Value!, ready);
        await ready.Send(context);
    }

    /// <summary>Kept or shared by a proxy: so it must be nobody's own, and whole.</summary>
    static bool MayBeKept(HttpContext context, CachedPageAttribute reading, string? missing) =>
        reading.Keep
        && !(reading.OnlyWithoutQuery && context.Request.QueryString.HasValue)
        && !context.Items.ContainsKey(PageAdditionSource.LacksRows)
        && context.Response.Headers.SetCookie.Count == 0
        && (context.Response.StatusCode == StatusCodes.Status200OK || missing is not null);

    /// <summary>What was made, as it may be kept: with all that says for how long.</summary>
    internal static CachedResponse Kept(HttpContext context, ReadOnlySpan<byte> made, bool onlyWithoutQuery = false) =>
        new(made, context.Response.ContentType!, context.Response.Headers["Cross-Origin-Resource-Policy"], context.Response.StatusCode)
        {
            True = context.Items[typeof(Freshness)] as IReadOnlyList<Freshness> ?? [],
            Permissions = context.Response.Headers["Permissions-Policy"],
            OnlyWithoutQuery = onlyWithoutQuery,
            LacksRows = context.Items.ContainsKey(PageAdditionSource.LacksRows),
        };

    static bool IsReadPage(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText == ReadModel.Route;

    static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
