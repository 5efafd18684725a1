using InfantMHWeek.Events;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InfantMHWeek.Tests.Platform.Places;

/// <summary>The samples of a first start: they come when the store can take them, and nothing ends meanwhile.</summary>
[OneStore("samples are made in development, where the store is a file")]
public sealed class SampleRowsTests
{
    [Fact]
    public async Task Samples_wait_for_a_store_that_is_away()
    {
        await using var site = new TestSite();
        var store = site.Services.GetRequiredService<SiteStore>();
        BackgroundService[] samples =
        [
            new SampleEvents(store, site.Clock, site.Services.GetRequiredService<ILogger<SampleEvents>>()),
            new SampleServices(store, site.Clock, site.Services.GetRequiredService<ILogger<SampleServices>>()),
        ];
        using (StoreOutage.Of(site))
        {
            foreach (var filling in samples)
                await filling.StartAsync(TestContext.Current.CancellationToken);
            await Eventually.IsTrue(() => Task.FromResult(site.Log.Count(l => l.Contains("have to wait", StringComparison.Ordinal)) >= 2));
        }
        await Eventually.IsTrue(async () =>
        {
            site.Clock.Advance(TimeSpan.FromSeconds(2));
            return await site.Write(async db => await db.Set<Event>().AnyAsync() && await db.Set<FamilyService>().AnyAsync());
        });
        await Task.WhenAll(samples.Select(s => s.ExecuteTask!));
    }
}
