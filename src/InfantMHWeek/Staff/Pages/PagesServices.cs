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
        builder.Services.AddScoped<SiteAsOf>();
        builder.Services.AddSingleton<RegisterUses>();
        builder.Services.AddSingleton<SiteFaults>();
        builder.Services.AddSingleton<PictureStore>();
        builder.Services.AddHostedService<PageKeeper>();
    }
}
