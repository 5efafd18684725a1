using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Platform.Hosting.Starting;

/// <summary>
/// The store could not be reached at the start: pages are served meanwhile, and it is tried again until it answers. What the start
/// would have refused is refused then: the process ends, with the same sentence.
/// </summary>
sealed class DelayedStoreStart(
    IConfiguration settings,
    IHostEnvironment site,
    IHostApplicationLifetime life,
    TimeProvider clock,
    ILogger<DelayedStoreStart> log
) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>The keys that were there at the start; while the site runs without a store, it may make its first one.</summary>
    IReadOnlyList<Guid>? keysAtStart;

    bool failed;

    /// <summary>Why the store that came cannot be used; null as long as all is well.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Before the host starts.</summary>
    internal void Await(StoreUnreachableException problem)
    {
        keysAtStart = KeyRecord.In(DataProtectionKeys.Folder(settings));
        log.LogError(
            "Forms and staff have to wait, pages are served: {Problem} It is tried again every {Seconds} seconds",
            problem.Message,
            Pause.TotalSeconds
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (keysAtStart is not null && !await TryStartAsync(stoppingToken))
            await Task.Delay(Pause, clock, stoppingToken);
    }

    async Task<bool> TryStartAsync(CancellationToken cancel)
    {
        try
        {
            await Task.Run(() => StorePreparation.Take(settings, site, keysAtStart!), cancel);
            log.LogInformation("The store is there now");
            return true;
        }
        catch (StoreUnreachableException)
        {
            return false;
        }
        catch (SettingsException refusal)
        {
            Refusal = refusal.Message;
            life.StopApplication();
            return true;
        }
        catch (Exception problem) when (!cancel.IsCancellationRequested)
        {
            if (!failed)
                log.LogError(problem, "The store that came could not be prepared; it is tried again and again");
            failed = true;
            return false;
        }
    }
}
