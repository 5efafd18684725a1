using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Store.Backup;

namespace InfantMHWeek.Platform.Hosting.Starting;

static class StartServices
{
    /// <summary>What looks at the store when the site starts, and after it while it runs.</summary>
    public static void AddStart(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StartupCheck>();
        builder.Services.AddHostedService<StartupWarnings>();
        builder.Services.AddScoped<KeyRecords>();
        builder.Services.AddJob<KeyRecords>("note which keys are ours", TimeSpan.FromHours(1), (keys, cancel) => keys.NoteAsync(cancel));
        builder.Services.AddSingleton<DelayedStoreStart>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DelayedStoreStart>());
        builder.Services.AddSingleton<InstanceHeartbeat>();
        builder.Services.AddHostedService(services => services.GetRequiredService<InstanceHeartbeat>());
        NightlyBackup.Add(builder);
    }
}
