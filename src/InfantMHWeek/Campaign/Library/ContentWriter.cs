using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Campaign.Library;

enum WriteResult
{
    Done,

    /// <summary>The file was no longer what the writer had seen, so nothing was changed.</summary>
    Overtaken,
}

/// <summary>
/// Changes files of the content folder so that each is always whole: the old text or the new one. A write takes effect
/// only if the file still holds what the writer saw, whoever else writes there.
/// </summary>
sealed class ContentWriter(PageLibrary library) : IDisposable
{
    /// <summary>How the names of files begin that are being written; the library passes over names with a dot.</summary>
    public const string UnderWay = ".saving-";
    readonly ContentLock door = new();

    /// <summary>Where the folder is now; another may have been put in its place since.</summary>
    string Folder => ContentFolder.Resolve(library.Root);

    /// <summary>
    /// Whether a name may be read and written here at all: a page's address, or one of the registers. Nothing else is ever made a
    /// path.
    /// </summary>
    public static bool IsName(string? file) =>
        file is { Length: > 0 and <= 200 }
        && (
            ContentFolder.Registers.Contains(file, StringComparer.Ordinal)
            || (PageNames.IsAddress(file) && !file.StartsWith("media/", StringComparison.Ordinal))
        );

    /// <summary>
    /// One change at a time: from reading what is there to having written. Also among instances, where they share the folder.
    /// </summary>
    public Task<IDisposable> EnterAsync(CancellationToken cancel) =>
        door.EnterAsync(library.ShownAfter > TimeSpan.Zero ? Folder : null, cancel);

    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="IOException">It is there and cannot be read as text.</exception>
    public ContentText? Read(string file)
    {
        var path = PathOf(file);
        return File.Exists(path) ? ContentText.Read(path) : null;
    }

    /// <param name="seen">The hash of what the writer saw; null where there was no file.</param>
    /// <exception cref="IOException">The disk is full, or may not be written; the file is as it was.</exception>
    public WriteResult Write(string file, string? seen, string text)
    {
        var path = PathOf(file);
        if (!Directory.Exists(library.Root))
            throw new IOException("The content folder is away.");
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var fresh = Path.Combine(folder, UnderWay + Guid.NewGuid().ToString("N") + "-" + Path.GetFileName(path));
        var mine = ContentText.Utf8.GetBytes(text);
        var whole = false;
        try
        {
            using (var stream = new FileStream(fresh, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(mine);
                stream.Flush(flushToDisk: true);
            }
            whole = true;
            if (seen is null ? !FileSystemCalls.MoveIfFree(fresh, path) : !Exchange(fresh, path, seen))
                return WriteResult.Overtaken;
            FileSystemCalls.Flush(folder);
            return WriteResult.Done;
        }
        finally
        {
            // A text that is neither ours nor what we replaced was saved by somebody in this very moment: it stays, and joins the history.
            if (
                File.Exists(fresh)
                && (!whole || ContentHash.Of(File.ReadAllBytes(fresh)) is var left && (left == seen || left == ContentHash.Of(mine)))
            )
                File.Delete(fresh);
        }
    }

    /// <summary>Takes a file away, if it still holds what the writer saw.</summary>
    public WriteResult Remove(string file, string seen)
    {
        var path = PathOf(file);
        var folder = Path.GetDirectoryName(path)!;
        var aside = Path.Combine(folder, UnderWay + Guid.NewGuid().ToString("N") + "-" + Path.GetFileName(path));
        if (!File.Exists(path))
            return WriteResult.Overtaken;
        File.Move(path, aside);
        if (ContentText.Read(aside).Hash != seen)
        {
            if (!FileSystemCalls.MoveIfFree(aside, path))
                return WriteResult.Overtaken;
            FileSystemCalls.Flush(folder);
            return WriteResult.Overtaken;
        }
        File.Delete(aside);
        FileSystemCalls.Flush(folder);
        return WriteResult.Done;
    }

    /// <summary>What a killed process left behind of its writes.</summary>
    public IReadOnlyList<UnfinishedWrite> LeftBehind() => UnfinishedWrite.AllIn(Folder);

    /// <summary>
    /// Swaps the two names in one step, then looks at what came out: if somebody saved in between, it is put back and nothing of
    /// theirs is lost.
    /// </summary>
    static bool Exchange(string fresh, string path, string seen)
    {
        if (!File.Exists(path) || ContentText.Read(path).Hash != seen)
            return false;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(fresh, File.GetUnixFileMode(path));
        if (!FileSystemCalls.Exchange(fresh, path))
            return false;
        if (!File.Exists(fresh) || ContentText.Read(fresh).Hash == seen)
            return true;
        FileSystemCalls.Exchange(fresh, path);
        return false;
    }

    /// <exception cref="ArgumentException">Not a name of this folder.</exception>
    /// <exception cref="IOException">A link stands on the way.</exception>
    string PathOf(string file)
    {
        if (!IsName(file))
            throw new ArgumentException("Not a name of the content folder.", nameof(file));
        var path = Folder;
        foreach (var part in file.Split('/'))
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
                throw new IOException("A link stands on the way to this file; it is changed where it really is.");
        }
        return path;
    }

    public void Dispose() => door.Dispose();
}
