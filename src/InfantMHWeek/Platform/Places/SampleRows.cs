using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Places;

/// <summary>In development only: fills a table that is empty, so that a newcomer sees a living site.</summary>
abstract class SampleRows<T>(SiteStore store, TimeProvider clock, ILogger log) : BackgroundService
    where T : class
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Postcode districts in all nations, cities and country.</summary>
    protected static readonly IReadOnlyList<string> Districts =
    [
        .. "LS1 LS6 HG1 M1 L1 B1 NE1 CF10 EH1 G1 BT1 EX1 NR1 N1 SE1 BN1 NG1 AB10 YO1 PL1".Split(' '),
    ];

    protected TimeProvider Clock => clock;

    /// <summary>The rows, each marked as a sample.</summary>
    protected abstract IEnumerable<T> Made();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await FillAsync(stoppingToken))
            await Task.Delay(Pause, clock, stoppingToken);
    }

    /// <returns>False where the store is busy, as at the first start on a slow machine: samples can wait, and the site stays up.</returns>
    async Task<bool> FillAsync(CancellationToken cancel)
    {
        try
        {
            await store.WriteAsync(
                async db =>
                {
                    if (!await db.Set<T>().AnyAsync(cancel))
                        db.AddRange(Made());
                },
                cancel
            );
            return true;
        }
        catch (Exception problem) when (StoreTrouble.Is(problem))
        {
            log.LogWarning("The samples have to wait: {Problem}", problem.GetBaseException().Message);
            return false;
        }
    }
}
