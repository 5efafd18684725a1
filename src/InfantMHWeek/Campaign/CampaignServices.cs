using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace InfantMHWeek.Campaign;

public static class CampaignServices
{
    public static void AddCampaign(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new PageLibrary(SiteFolders.Content(builder.Configuration), services.GetRequiredService<TimeProvider>()));
        // One snapshot for a whole request, however the content changes meanwhile.
        builder.Services.AddScoped(services => services.GetRequiredService<PageLibrary>().Current);
        // They are only read: anything sent to them is answered 405.
        builder.Services.Configure<RazorPagesOptions>(pages =>
        {
            foreach (var page in (ReadOnlySpan<string>)["/Campaign/Read", "/Campaign/Search"])
                pages.Conventions.AddPageRouteModelConvention(page, route => route.Selectors[0].EndpointMetadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head])));
        });
        builder.Services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<EndingConstraint>("ending"));
        builder.Services.AddSingleton<SiteSearch>();
        builder.Services.AddHostedService<ContentWatcher>();
    }

    /// <summary>
    /// Reads the content and draws the first page's text on another thread while the rest of the site is put together.
    /// Wait for the result before readers are let in.
    /// </summary>
    /// <exception cref="ContentMissingException">When awaited: there is nothing to show.</exception>
    public static Task ReadContentAsync(this WebApplication app)
    {
        var reading = Task.Run(app.Services.GetRequiredService<PageLibrary>);
        _ = reading.ContinueWith(read => read.Result.Current is { Home: { } home } site ? site.Render(home) : null, CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        return reading;
    }
}
