using InfantMHWeek.Platform.Jobs;

namespace InfantMHWeek.Staff.Pages;

public static class PagesServices
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PagePresence>();
        builder.Services.AddScoped<PageDrafts>();
        builder.Services.AddScoped<PageHistory>();
        builder.Services.AddScoped<PageEditor>();
        builder.Services.AddScoped<PlannedChanges>();
        builder.Services.AddScoped<PagePreview>();
        builder.Services.AddScoped<PageMoves>();
        builder.Services.AddScoped<PageActs>();
        builder.Services.AddScoped<PageConsequences>();
        builder.Services.AddSingleton<ReadersSee>();
        builder.Services.AddScoped<SiteAsOf>();
        builder.Services.AddSingleton<RegisterUses>();
        builder.Services.AddSingleton<SiteFaults>();
        builder.Services.AddSingleton<PictureStore>();
        builder.Services.AddHostedService<PageKeeper>();
        builder.Services.AddJob<PlannedChanges>(PlannedChanges.Job, TimeSpan.FromMinutes(1), async (plans, cancel) =>
        {
            await plans.RunDueAsync(cancel);
            return await plans.NextAsync(cancel);
        });
        builder.Services.AddSingleton<DraftRetention>();
        builder.Services.AddJob<DraftRetention>(DraftRetention.Job, TimeSpan.FromHours(12), (retention, cancel) => retention.ForgetAsync(cancel));
    }
}
