using System.Diagnostics.CodeAnalysis;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// Lets one write into the database at a time, first come, first served. SQLite's own waiting is unfair: under load the
/// unlucky wait seconds where a queue makes everybody wait a little.
/// </summary>
[SuppressMessage(
    "Reliability",
    "CA1001",
    Justification = "It holds no handle, and a write that ends after the site does must still give its turn back."
)]
sealed class WriteLock
{
    /// <summary>Longer than any honest queue; whoever waits behind a store that hangs is told so instead of waiting with it.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    readonly SemaphoreSlim turns = new(1, 1);

    /// <exception cref="StoreBusyException">The turn did not come.</exception>
    public async Task<Releaser> EnterAsync(CancellationToken cancel)
    {
        if (!await turns.WaitAsync(LongestWait, cancel))
            throw new StoreBusyException();
        return new Releaser(turns);
    }

    public sealed class Releaser(SemaphoreSlim turns) : IDisposable
    {
        SemaphoreSlim? held = turns;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
