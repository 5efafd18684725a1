using InfantMHWeek.Events.Importing;
using InfantMHWeek.Events.Places;

namespace InfantMHWeek.Events;

public static class EventServices
{
    public static void AddEvents(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<PlaceFinder>();
        builder.Services.AddScoped<EventFinder>();
        builder.Services.AddScoped<EventLister>();
        builder.Services.AddScoped<EventPost>();
        builder.Services.AddScoped<EventDesk>();
        builder.Services.AddScoped<EventImport>();
        builder.Services.Configure<EventSettings>(builder.Configuration.GetSection("Events"));
        builder.Services.AddSingleton<OfferGuard>();
        builder.Services.AddSingleton<RegionCounts>();
        builder.Services.AddSingleton<EventThanks>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EventThanks>());
        builder.Services.AddSingleton<EventRetention>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EventRetention>());
        if (builder.Environment.IsDevelopment()) builder.Services.AddHostedService<SampleEvents>();
    }

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapEventFiles();
        routes.MapEventApi();
    }
}
