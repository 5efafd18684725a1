using InfantMHWeek.Platform;
using Microsoft.Extensions.Hosting;

namespace InfantMHWeek.Campaign.Content;

/// <summary>
/// Keeps the library true to the folder: on a sign from the file system, at the next scheduled moment, and by a slow
/// sweep that opens every file, because the file system forgets to tell of folders that are moved in.
/// </summary>
public sealed class ContentWatcher(PageLibrary library, SiteSearch search, TimeProvider clock, ILogger<ContentWatcher> log) : BackgroundService
{
    static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(60);
    const int MostLogged = 200;
    static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Sweep = TimeSpan.FromSeconds(15);

    /// <summary>A folder on another machine sends no signs; where instances share one, its dates are looked at often.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(400);
    DateTime swept;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var signs = new SemaphoreSlim(0);
        using var watcher = Watch(signs);
        // The first readers come first: the search index is made once they have been answered, or when somebody searches.
        await Task.Delay(AfterStart, stoppingToken);
        Try(Settle);
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitForSign(signs, stoppingToken);
            var now = clock.GetUtcNow().UtcDateTime;
            var sweep = now - swept >= Sweep;
            if (sweep) swept = now;
            Try(() =>
            {
                if (library.Refresh(openAll: sweep)) Settle();
            });
        }
    }

    // Whatever lies in the folder: an exception that left this service would stop the whole site.
    void Try(Action look)
    {
        try
        {
            look();
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            log.LogError(problem, "The content folder could not be read; the site goes on with what it has");
        }
    }

    /// <summary>Until a sign from the file system, or until it is time to look anyway.</summary>
    async Task WaitForSign(SemaphoreSlim signs, CancellationToken stopping)
    {
        var wait = library.ShownAfter > TimeSpan.Zero ? Glance : Sweep;
        if (library.Current.NextChange is { } next && next - clock.GetUtcNow().UtcDateTime is var untilNext && untilNext < wait)
            wait = untilNext > TimeSpan.Zero ? untilNext : TimeSpan.FromMilliseconds(1);
        if (!await signs.WaitAsync(wait, stopping)) return;
        // Editors save in several steps; wait until they are done, then look once.
        await Task.Delay(Debounce, stopping);
        while (signs.Wait(TimeSpan.Zero, stopping)) { }
    }

    FileSystemWatcher? Watch(SemaphoreSlim signs)
    {
        try
        {
            var watcher = new FileSystemWatcher(library.Root) { IncludeSubdirectories = true };
            FileSystemEventHandler tell = (_, _) => Tell(signs);
            watcher.Changed += tell;
            watcher.Created += tell;
            watcher.Deleted += tell;
            watcher.Renamed += (_, _) => Tell(signs);
            watcher.Error += (_, _) => Tell(signs);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(problem, "The content folder cannot be watched; changes are seen by the sweep every {Seconds} seconds", Sweep.TotalSeconds);
            return null;
        }
    }

    static void Tell(SemaphoreSlim signs)
    {
        try
        {
            signs.Release();
        }
        catch (ObjectDisposedException)
        {
            // A late sign while the site stops.
        }
    }

    void Settle()
    {
        search.Follow(library.Current);
        var snapshot = library.Current;
        log.LogInformation("Content version {Version}: {Pages} pages", snapshot.Version, snapshot.Pages.Count);
        var faults = library.Faults;
        foreach (var fault in faults.Take(MostLogged)) log.LogWarning("{Fault}", fault.ToString());
        if (faults.Count > MostLogged) log.LogWarning("{Count} more faults: run \"content check\" to see them", faults.Count - MostLogged);
    }
}
