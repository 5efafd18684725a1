using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Campaign.Library;

/// <summary>
/// Hears what the file system says about a folder, whichever stands under its name: when it is moved away, replaced, or its
/// link leads elsewhere, the new one is listened to. The file system itself tells nothing of that, so it is looked at often.
/// So are the folders below: where one is moved out and another in, <see cref="FileSystemWatcher"/> falls silent for good.
/// </summary>
sealed class FolderWatcher : IDisposable
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(150),
        Quiet = TimeSpan.FromMilliseconds(60),
        LongestUnrest = TimeSpan.FromMilliseconds(240);

    static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint,
    };

    readonly string root;
    readonly ILogger log;
    readonly SemaphoreSlim signs = new(0);
    FileSystemWatcher? watcher;
    FolderIdentity? watched;
    Dictionary<string, (FolderIdentity? Identity, DateTime Changed)> folders = [];
    volatile bool moved;

    public FolderWatcher(string root, ILogger log)
    {
        (this.root, this.log) = (root, log);
        Listen();
    }

    /// <summary>Until something changed and it has become quiet, or until it is time to look anyway.</summary>
    /// <returns>Whether whole folders were moved or replaced, so that dates say nothing.</returns>
    public async Task<bool> WaitAsync(TimeSpan wait, CancellationToken stopping)
    {
        for (var left = wait; left > TimeSpan.Zero; left -= Look)
        {
            var heard = await signs.WaitAsync(left < Look ? left : Look, stopping);
            if (FileSystemCalls.IdentityOf(root) != watched || (!heard && HasAnyChanged()))
                Listen();
            else if (!heard)
                continue;
            // Editors save in several steps, and folders are copied file by file; look once, when they are done.
            for (var unrest = TimeSpan.Zero; unrest < LongestUnrest; unrest += Quiet)
            {
                while (signs.Wait(TimeSpan.Zero, stopping)) { }
                await Task.Delay(Quiet, stopping);
                if (signs.CurrentCount == 0)
                    break;
            }
            if (AreOthers())
                Listen();
            break;
        }
        var all = moved;
        moved = false;
        return all;
    }

    /// <summary>Whether something came to a folder or went from it. What is edited in its place changes no folder.</summary>
    bool HasAnyChanged() => folders.Any(f => Directory.GetLastWriteTimeUtc(f.Key) != f.Value.Changed);

    /// <summary>Whether the folders are not those of before.</summary>
    bool AreOthers()
    {
        var before = folders;
        folders = Folders();
        return folders.Count != before.Count
            || folders.Any(f => !before.TryGetValue(f.Key, out var was) || was.Identity != f.Value.Identity);
    }

    Dictionary<string, (FolderIdentity?, DateTime)> Folders()
    {
        try
        {
            return Directory
                .EnumerateDirectories(root, "*", Below)
                .Prepend(root)
                .ToDictionary(f => f, f => (FileSystemCalls.IdentityOf(f), Directory.GetLastWriteTimeUtc(f)), StringComparer.Ordinal);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It was moved away meanwhile, which the next look sees.
            return [];
        }
    }

    void Listen()
    {
        watcher?.Dispose();
        watcher = null;
        watched = FileSystemCalls.IdentityOf(root);
        folders = [];
        moved = true;
        if (watched is null)
            return;
        try
        {
            watcher = new FileSystemWatcher(ContentFolder.Resolve(root)) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => Tell(false);
            watcher.Created += (_, sign) => Tell(Directory.Exists(sign.FullPath));
            watcher.Renamed += (_, sign) => Tell(Directory.Exists(sign.FullPath));
            watcher.Deleted += (_, _) => Tell(false);
            watcher.Error += (_, _) => Tell(true);
            watcher.EnableRaisingEvents = true;
            folders = Folders();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            log.LogWarning(problem, "The content folder cannot be watched; changes are seen by the slow sweep");
        }
    }

    void Tell(bool folder)
    {
        if (folder)
            moved = true;
        try
        {
            signs.Release();
        }
        catch (ObjectDisposedException)
        {
            // A late sign while the site stops.
        }
    }

    public void Dispose()
    {
        watcher?.Dispose();
        signs.Dispose();
    }
}
