namespace InfantMHWeek.Staff.Pages;

public static class PagesServices
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<PageEditor>();
        builder.Services.AddScoped<PlannedChanges>();
        builder.Services.AddHostedService<PageKeeper>();
    }
}
