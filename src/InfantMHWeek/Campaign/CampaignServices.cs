using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Searching;
using InfantMHWeek.Campaign.Sharing;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Campaign;

static class CampaignServices
{
    public static void AddCampaign(this WebApplicationBuilder builder)
    {
        var content = builder.AddSettings<ContentSettings>();
        builder.Services.AddSingleton(services => new PageLibrary(
            SiteFolders.Content(builder.Configuration),
            services.GetRequiredService<TimeProvider>(),
            TimeSpan.FromMilliseconds(content.ShownAfterMilliseconds)
        ));
        // One snapshot for a whole request, however the content changes meanwhile.
        builder.Services.AddScoped<PreviewSnapshot>();
        builder.Services.AddScoped(services =>
            services.GetRequiredService<PreviewSnapshot>().Site ?? services.GetRequiredService<PageLibrary>().Current
        );
        builder.Services.AddScoped(services => services.GetRequiredService<Snapshot>().Layout);
        builder.Services.AddSingleton(new LayoutLine("/Campaign/Partials/_WeekLine.cshtml"));
        builder.Services.AddSingleton(new HelpLine("/Campaign/Partials/_HelpLine.cshtml"));
        builder.Services.AddSingleton<ContentWriter>();
        builder.Services.Configure<RazorPagesOptions>(pages =>
        {
            // They are only read: anything sent to them is answered 405.
            foreach (var page in new[] { ReadModel.PageName, SupportModel.PageName, PosterModel.PageName })
                pages.Conventions.AddPageRouteModelConvention(page, route =>
                    route.Selectors[0].EndpointMetadata.Add(new HttpMethodMetadata(ReadMethods.All))
                );
        });
        builder.Services.Configure<RouteOptions>(routes =>
        {
            routes.SetParameterPolicy<EndsWithRouteConstraint>("ending");
            routes.SetParameterPolicy<TopicRouteConstraint>("topic");
            routes.SetParameterPolicy<NationRouteConstraint>("nation");
        });
        builder.Services.AddSingleton(services => new PublicPages(
            path => services.GetRequiredService<PageLibrary>().Current.Find(path)?.Title,
            path => [.. services.GetRequiredService<PageLibrary>().Current.Below(path).Select(p => new PageLink(p.Path, p.Title))],
            day => services.GetRequiredService<PageLibrary>().Current.WeekFrom(day)
        ));
        builder.Services.AddSingleton(services => new SharePictures(
            (title, detail, picture) =>
                SharePicture.Draw(title, services.GetRequiredService<PageLibrary>().Current.Site.Name, detail, picture)
        ));
        builder.Services.AddSingleton<SiteSearch>();
        builder.Services.AddSingleton<StoreSearch>();
        builder.Services.AddSingleton(ContentMetrics.Source);
        builder.Services.AddHealthChecks().AddCheck<ContentHealthCheck>("content");
        builder.Services.AddSingleton<IMailWordings, EmailWordings>();
        builder.Services.AddHostedService<ContentWatcher>();
    }
}
