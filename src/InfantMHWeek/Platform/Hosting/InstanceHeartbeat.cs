using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>Says every minute that this site runs, and what its clock says. It outlives every trouble.</summary>
sealed class InstanceHeartbeat(
    SiteStore store,
    DeletionGuard guard,
    IConfiguration settings,
    TimeProvider clock,
    ILogger<InstanceHeartbeat> log
) : BackgroundService
{
    /// <summary>The first readers come first.</summary>
    static readonly TimeSpan First = TimeSpan.FromSeconds(5),
        Goodbye = TimeSpan.FromSeconds(2);

    readonly Guid me = Guid.CreateVersion7();
    bool away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = First; !stoppingToken.IsCancellationRequested; wait = SiteInstance.Beat)
        {
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
            try
            {
                await BeatAsync(stoppingToken);
                away = false;
            }
            catch (Exception problem)
            {
                // Once, not each minute of a night.
                if (!away && !stoppingToken.IsCancellationRequested)
                    log.LogWarning(problem, "It could not be noted that this site runs");
                away = true;
            }
        }
    }

    public Task BeatAsync(CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                var now = clock.GetUtcNow().UtcDateTime;
                if (await db.Set<SiteInstance>().FindAsync([me], cancel) is { } known)
                    known.SeenAt = now;
                else
                    db.Add(
                        new SiteInstance
                        {
                            Id = me,
                            Machine = Short(Environment.MachineName),
                            Folder = Short(Path.GetFullPath(SiteFolders.Data(settings))),
                            StartedAt = now,
                            SeenAt = now,
                        }
                    );
                var (earliest, latest) = (now - SiteInstance.Forgotten, now + SiteInstance.Forgotten);
                await db.Set<SiteInstance>()
                    .Where(i => i.Id != me && (i.SeenAt < earliest || i.SeenAt > latest))
                    .ExecuteDeleteAsync(cancel);
                await guard.SeeAsync(db, cancel);
            },
            cancel
        );

    static string Short(string text) => text.Length <= SiteInstance.MaxLength ? text : text[..SiteInstance.MaxLength];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            using var patience = new CancellationTokenSource(Goodbye);
            await store.WriteAsync(db => db.Set<SiteInstance>().Where(i => i.Id == me).ExecuteDeleteAsync(patience.Token), patience.Token);
        }
        catch (Exception)
        {
            // Only a courtesy: whatever hinders it, also that the site is gone already, may not hinder the stop. It is passed over
            // after some minutes.
        }
    }
}
