using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>Keeps history and plans going: settles at the start what a killed process left open, notices edits from outside, makes planned changes public.</summary>
public sealed class PageKeeper(IServiceScopeFactory scopes, PageLibrary library, TimeProvider clock, ILogger<PageKeeper> log) : BackgroundService
{
    static readonly TimeSpan Round = TimeSpan.FromSeconds(15);
    bool recovered;
    LibraryContents? noticed;
    DateTime? next;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogError(problem, "The pages' history and plans could not be looked after; trying again soon");
            }
            var wait = next - clock.GetUtcNow().UtcDateTime is { } until && until < Round ? until : Round;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1), clock, stoppingToken);
        }
    }

    async Task RoundAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var editor = scope.ServiceProvider.GetRequiredService<PageEditor>();
        if (!recovered)
        {
            await editor.RecoverAsync(cancel);
            recovered = true;
        }
        var contents = library.Contents;
        if (contents != noticed)
        {
            await editor.NoticeAllAsync(cancel);
            noticed = contents;
        }
        var plans = scope.ServiceProvider.GetRequiredService<PlannedChanges>();
        await plans.RunDueAsync(cancel);
        next = await plans.NextAsync(cancel);
        var old = clock.GetUtcNow().UtcDateTime - PageDraft.KeptAside;
        await scope.ServiceProvider.GetRequiredService<SiteDb>().Set<PageDraft>().Where(d => d.SetAsideAt < old).ExecuteDeleteAsync(cancel);
    }
}
