using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Rendering;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;

namespace InfantMHWeek.Campaign;

/// <summary>
/// Makes the first page ready while the rest of the site is put together. Half of a start is code that is loaded for the
/// first time; on a second core that costs nobody any waiting.
/// </summary>
static class StartupWarmup
{
    /// <summary>Loads what cleans HTML, the slowest part to load, as early as can be.</summary>
    public static void Begin() => _ = Task.Run(() => HtmlSanitizing.Clean("<p>Ready</p>"));

    /// <summary>Reads the content. Wait for it before readers are let in.</summary>
    /// <exception cref="ContentMissingException">There is nothing to show.</exception>
    public static Task<PageLibrary> ReadContentAsync(this WebApplication app) => Task.Run(app.Services.GetRequiredService<PageLibrary>);

    /// <summary>
    /// Draws the home page as if somebody had asked for it: at once without what the store tells, for those who come before that was
    /// read, and again with it. Only where <c>Site:BaseUrl</c> says what its links are to say.
    /// </summary>
    /// <param name="store">Ends when the store has its tables.</param>
    public static void WarmUp(this WebApplication app, Task<PageLibrary> content, Task store)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var draws = Task.Run(async () =>
        {
            await content;
            var known = app.Services.GetRequiredService<SiteAddress>().IsKnown;
            if (known)
                await DrawHomeAsync(app);
            return known;
        });
        var warm = Task.Run(async () =>
        {
            await store;
            // After the page that most come for: both at once would make it late.
            await ((Task)draws).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await FirstReading.AllAsync(app.Services, stopping);
            if (await draws && !stopping.IsCancellationRequested)
                await DrawHomeAsync(app);
        });
        // A site that ends right after its start does not leave the store open behind it.
        stopping.Register(() => ((IAsyncResult)warm).AsyncWaitHandle.WaitOne(LongestGoodbye));
    }

    static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    static async Task DrawHomeAsync(WebApplication app)
    {
        var read = ((IEndpointRouteBuilder)app)
            .DataSources.SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .First(e => e.DisplayName == ReadModel.PageName);
        await using var services = app.Services.CreateAsyncScope();
        var site = services.ServiceProvider.GetRequiredService<Snapshot>();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services.ServiceProvider };
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = "/";
        context.Request.RouteValues["page"] = ReadModel.PageName;
        context.Response.Body = body;
        context.SetEndpoint(read);
        await read.RequestDelegate!(context);
        var lacksRows = context.Items.ContainsKey(PageAdditionSource.LacksRows);
        if (lacksRows)
            context.Items[typeof(Freshness)] = (IReadOnlyList<Freshness>)[FirstReading.UntilRead(app.Services)];
        if (
            context.Response.StatusCode == StatusCodes.Status200OK
            && (lacksRows || !context.Items.ContainsKey(PageAdditionSource.MadeAfresh))
        )
            site.Responses.Keep("/", PageCache.Kept(context, body.GetBuffer().AsSpan(0, (int)body.Length)));
    }
}
