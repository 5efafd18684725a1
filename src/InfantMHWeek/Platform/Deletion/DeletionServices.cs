using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Deletion;

static class DeletionServices
{
    public static readonly Metric Held = new("infantmhweek.deletion.held", "{kind}", "Kinds of deletion that wait for a person");

    public static void AddDeletion(this WebApplicationBuilder builder)
    {
        builder.AddSettings<DeletionSettings>();
        builder.Services.AddSingleton<DeletionGuard>();
        builder.Services.AddSingleton(
            new MetricSource([Held], services =>
                [new(Held, services.GetRequiredService<SiteDb>().Set<HeldDeletion>().AsNoTracking().Count())]
            )
        );
    }
}
