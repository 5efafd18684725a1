using InfantMHWeek.Events.Bookings;
using InfantMHWeek.Events.Feeds;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Importing;
using InfantMHWeek.Events.Joining;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Events.Organisers;
using InfantMHWeek.Events.Publishing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Feeds;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Pages;

namespace InfantMHWeek.Events;

static class EventServices
{
    public static void AddEvents(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<EventFinder>();
        builder.Services.AddScoped<EventLister>();
        builder.Services.AddScoped<EventMails>();
        builder.Services.AddScoped<EventModeration>();
        builder.Services.AddScoped<EventJoin>();
        builder.Services.AddScoped<OrganiserActions>();
        builder.Services.AddScoped<EventImport>();
        builder.Services.AddScoped<PictureActions>();
        builder.Services.AddSingleton(EventsInSearch.Source);
        builder.Services.AddLiveRows(HomeEvents.ReadAsync);
        builder.Services.AddSingleton(services => HomeEvents.Source(services.GetRequiredService<LiveRows<HomeEvent>>()));
        builder.Services.AddSingleton(EventsOfOrganiser.Links);
        builder.Services.AddSingleton<IOrganiserOffers, EventsOfHome>();
        builder.Services.AddScoped<OrganiserHome>();
        builder.Services.AddScoped<ProfileModeration>();
        builder.AddSettings<EventSettings>();
        builder.Services.AddSingleton<RegionCounts>();
        builder.Services.AddSingleton<CalendarTexts>();
        builder.Services.AddScoped<EventThanks>();
        builder.Services.AddJob<EventThanks>("thank organisers", TimeSpan.FromMinutes(20), (thanks, cancel) => thanks.ThankAsync(cancel));
        builder.Services.AddScoped<GroupDates>();
        builder.Services.AddJob<GroupDates>(GroupDates.Job, TimeSpan.FromHours(6), (dates, cancel) => dates.ExtendAsync(cancel));
        builder.Services.AddScoped<GroupChecks>();
        builder.Services.AddJob<GroupChecks>(GroupChecks.Job, TimeSpan.FromHours(1), (checks, cancel) => checks.RunAsync(cancel));
        builder.Services.AddSingleton(FeedWall.World);
        builder.Services.AddScoped<FeedDesk>();
        builder.Services.AddScoped<FeedReader>();
        builder.Services.AddJob<FeedReader>(FeedReader.Job, TimeSpan.FromHours(1), (feeds, cancel) => feeds.ReadDueAsync(cancel));
        builder.Services.AddRetention<EventRetention>(EventRetention.Job);
        builder.AddBookings();
        if (builder.Environment.IsDevelopment())
            builder.Services.AddHostedService<SampleEvents>();
    }

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapEventFiles();
        routes.MapEventApi();
        routes.MapOpenActive();
        routes.MapBookings();
    }
}
