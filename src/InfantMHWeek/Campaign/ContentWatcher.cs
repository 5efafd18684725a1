using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Searching;
using InfantMHWeek.Platform.Hosting;

namespace InfantMHWeek.Campaign;

/// <summary>
/// Keeps the library true to the folder: on a sign from the file system, at the next scheduled moment, and by a slow
/// sweep that opens every file, because the file system forgets to tell of folders that are moved in.
/// </summary>
sealed class ContentWatcher(PageLibrary library, SiteSearch search, TimeProvider clock, ILogger<ContentWatcher> log) : BackgroundService
{
    const int MostLogged = 200,
        ManyPages = 1000;
    static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Sweep = TimeSpan.FromSeconds(15);

    /// <summary>A folder on another machine sends no signs; where instances share one, its dates are looked at often.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(400);
    DateTime swept;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var folder = new FolderWatcher(library.Root, log);
        // The first readers come first: the search index is made once they have been answered, or when somebody searches.
        await Task.Delay(AfterStart, stoppingToken);
        Try(Settle);
        while (!stoppingToken.IsCancellationRequested)
        {
            var moved = await folder.WaitAsync(UntilNextLook(), stoppingToken);
            var now = clock.GetUtcNow().UtcDateTime;
            var sweep = now - swept >= Sweep;
            if (sweep)
                swept = now;
            Try(() =>
            {
                var away = library.IsAway;
                if (library.Refresh(openAll: sweep || moved || away))
                    Settle();
                if (library.IsAway != away)
                    TellWhereItIs();
            });
        }
    }

    TimeSpan UntilNextLook()
    {
        var wait = library.ShownAfter > TimeSpan.Zero || library.IsAway ? Glance : Sweep;
        if (library.Current.NextChange is { } next && next - clock.GetUtcNow().UtcDateTime is var untilNext && untilNext < wait)
            wait = untilNext > TimeSpan.Zero ? untilNext : TimeSpan.FromMilliseconds(1);
        return wait;
    }

    void TellWhereItIs()
    {
        if (library.IsAway)
            log.LogError("The content folder {Folder} is away, or holds no home page; readers see what was read last", library.Root);
        else
            log.LogInformation("The content folder is back");
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

    void Settle()
    {
        search.Follow(library.Current);
        if (library.Contents.Files.Values.Count(f => f.Pack()) > ManyPages)
            FreeMemory.GiveBack();
        var snapshot = library.Current;
        log.LogInformation("Content version {Version}: {Pages} pages", snapshot.Version, snapshot.Pages.Count);
        var faults = library.Faults;
        foreach (var fault in faults.Take(MostLogged))
            log.LogWarning("{Fault}", fault.ToString());
        if (faults.Count > MostLogged)
            log.LogWarning("{Count} more faults: run \"content check\" to see them", faults.Count - MostLogged);
    }
}
