using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>
/// Keeps the history true: settles at the start what a killed process left open, and notices edits from outside, which each instance
/// sees by itself.
/// </summary>
sealed class HistoryBackgroundService(
    IServiceScopeFactory scopes,
    PageLibrary library,
    StoreModel model,
    TimeProvider clock,
    ILogger<HistoryBackgroundService> log
) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    bool recovered,
        inTrouble;
    LibraryContents? noticed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                inTrouble = false;
            }
            catch (Exception problem)
            {
                // Once, not every few seconds of a night.
                if (!inTrouble && !stoppingToken.IsCancellationRequested)
                    log.LogError(problem, "The pages' history could not be looked after; trying again soon");
                inTrouble = true;
            }
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task LookAsync(CancellationToken cancel)
    {
        await model.Made.WaitAsync(cancel);
        await using var scope = scopes.CreateAsyncScope();
        if (!recovered)
        {
            await scope.ServiceProvider.GetRequiredService<InterruptedSaves>().RecoverAsync(cancel);
            recovered = true;
        }
        var contents = library.Contents;
        if (contents != noticed)
        {
            await scope.ServiceProvider.GetRequiredService<PageEditor>().RecordExternalEditsAsync(cancel);
            noticed = contents;
        }
    }
}
