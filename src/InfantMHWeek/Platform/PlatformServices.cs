using InfantMHWeek.Platform.Accounts.Administration;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Starting;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Mail.Smtp;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Pictures;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Store.Backup;
using InfantMHWeek.Platform.Telemetry;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Platform;

/// <summary>What every feature stands on.</summary>
static class PlatformServices
{
    public static void AddPlatform(this WebApplicationBuilder builder)
    {
        HostSettings.Check(builder);
        builder.AddSettings<SiteSettings>();
        builder.AddSettings<ReverseProxySettings>();
        builder.AddSettings<DataSettings>();
        builder.AddSettings<StoreSettings>();
        builder.AddSiteLogging();
        builder.AddTelemetry();
        builder.Services.AddSingleton(MailMetrics.Source);
        builder.Services.AddSingleton(BackupMetrics.Source);
        builder.Services.AddSingleton(JobMetrics.Source);
        builder.Services.AddHealth();
        builder.Services.AddSingleton<RecentProblems>();
        builder.AddServerLimits();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddScoped<PageClock>();
        builder.Services.AddSingleton<SiteAddress>();
        builder.Services.AddSingleton<ViewRenderer>();
        builder.Services.AddSingleton<SubresourceIntegrity>();
        builder.Services.AddSingleton<InternalRequests>();
        builder.AddDataProtectionKeys();
        builder.AddPages();
        builder.AddForms();
        builder.AddStore();
        builder.AddStart();
        builder.AddDeletion();
        builder.Services.AddJobs();
        builder.AddMail();
        builder.Services.AddScoped<PlaceFinder>();
        builder.Services.AddSingleton<PictureReader>();
        builder.AddAccounts();
    }

    /// <summary>Looks at who has signed in, where an endpoint asks for it, and that no form of strangers is taken unguarded.</summary>
    public static void UsePlatform(this WebApplication app)
    {
        app.UsePublicFormGuard();
        app.UseAuthentication();
        app.UseAuthorization();
    }
}
