using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Services.Finding;
using InfantMHWeek.Services.Importing;
using InfantMHWeek.Services.Moderation;
using InfantMHWeek.Services.Publishing;

namespace InfantMHWeek.Services;

static class FamilyServicesSetup
{
    public static void AddFamilyServices(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(ServicesInSearch.Source);
        builder.Services.AddScoped<ServiceFinder>();
        builder.Services.AddScoped<ServiceLister>();
        builder.Services.AddScoped<ServiceMails>();
        builder.Services.AddScoped<ServiceActions>();
        builder.Services.AddScoped<ServiceModeration>();
        builder.Services.AddScoped<ServiceImport>();
        builder.Services.AddScoped<ListingPlaces>();
        builder.Services.AddSingleton(ServicesOfOrganisation.Links);
        builder.Services.AddSingleton<IOrganiserOffers, ServicesOfHome>();
        builder.AddSettings<ServiceSettings>();
        builder.Services.AddScoped<ServiceChecks>();
        builder.Services.AddJob<ServiceChecks>(ServiceChecks.Job, TimeSpan.FromHours(1), (checks, cancel) => checks.RunAsync(cancel));
        builder.Services.AddRetention<ServiceRetention>(ServiceRetention.Job);
        if (builder.Environment.IsDevelopment())
            builder.Services.AddHostedService<SampleServices>();
    }

    public static void MapFamilyServices(this IEndpointRouteBuilder routes)
    {
        routes.MapServiceFiles();
        routes.MapOpenReferral();
    }
}
