using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Searching;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Campaign;

public static class CampaignServices
{
    public static void AddCampaign(this WebApplicationBuilder builder)
    {
        var content = builder.AddSettings<ContentSettings>();
        builder.Services.AddSingleton(services => new PageLibrary(SiteFolders.Content(builder.Configuration), services.GetRequiredService<TimeProvider>(), TimeSpan.FromMilliseconds(content.ShownAfterMilliseconds)));
        // One snapshot for a whole request, however the content changes meanwhile.
        builder.Services.AddScoped<PreviewSnapshot>();
        builder.Services.AddScoped(services => services.GetRequiredService<PreviewSnapshot>().Site ?? services.GetRequiredService<PageLibrary>().Current);
        builder.Services.AddScoped(services => services.GetRequiredService<Snapshot>().Layout.WithLine("/Campaign/_WeekLine.cshtml"));
        builder.Services.AddSingleton<ContentWriter>();
        // It is only read: anything sent to it is answered 405.
        builder.Services.Configure<RazorPagesOptions>(pages =>
            pages.Conventions.AddPageRouteModelConvention(ReadModel.PageName, route => route.Selectors[0].EndpointMetadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))));
        builder.Services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<EndsWithRouteConstraint>("ending"));
        builder.Services.AddSingleton(services => new PublicPages(path => services.GetRequiredService<PageLibrary>().Current.Find(path)?.Title, day => services.GetRequiredService<PageLibrary>().Current.WeekFrom(day)));
        builder.Services.AddSingleton<SiteSearch>();
        builder.Services.AddSingleton(ContentMetrics.Source);
        builder.Services.AddHealthChecks().AddCheck<ContentHealthCheck>("content");
        builder.Services.AddSingleton<IMailWordings, EmailWordings>();
        builder.Services.AddHostedService<ContentWatcher>();
    }
}
