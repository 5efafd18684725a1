namespace InfantMHWeek.Campaign.Library;

/// <summary>Lets one change at a time into the content folder: of this process, and of all that share the folder.</summary>
sealed class ContentLock : IDisposable
{
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);
    readonly SemaphoreSlim here = new(1, 1);

    /// <param name="shared">The folder, where several instances write there; otherwise null.</param>
    /// <returns>Dispose of it to let the next one in.</returns>
    public async Task<IDisposable> EnterAsync(string? shared, CancellationToken cancel)
    {
        await here.WaitAsync(cancel);
        try
        {
            return new Releaser(here, shared is null ? null : await LockAsync(shared, cancel));
        }
        catch
        {
            here.Release();
            throw;
        }
    }

    /// <summary>The lock ends with the process, whatever ends it.</summary>
    /// <returns>Null where nothing can be written; then the change itself will say so.</returns>
    static async Task<FileStream?> LockAsync(string folder, CancellationToken cancel)
    {
        const int Held = 11;
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, ".publishing"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException problem) when (problem.HResult == Held)
            {
                await Task.Delay(Between, cancel);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    public void Dispose() => here.Dispose();

    sealed class Releaser(SemaphoreSlim door, FileStream? among) : IDisposable
    {
        SemaphoreSlim? held = door;

        public void Dispose()
        {
            among?.Dispose();
            Interlocked.Exchange(ref held, null)?.Release();
        }
    }
}
