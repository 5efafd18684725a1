using Microsoft.EntityFrameworkCore.Storage;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// Lets one write into the database at a time, first come, first served. SQLite's own waiting is unfair: under load the
/// unlucky wait seconds where a queue makes everybody wait a little.
/// </summary>
public sealed class WriteGate : IDisposable
{
    readonly SemaphoreSlim door = new(1, 1);

    public async Task<Turn> EnterAsync(CancellationToken cancel)
    {
        await door.WaitAsync(cancel);
        return new Turn(door);
    }

    public void Dispose() => door.Dispose();

    public sealed class Turn(SemaphoreSlim door) : IDisposable
    {
        SemaphoreSlim? held = door;
        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}

/// <summary>A write under way; without <see cref="CommitAsync"/> nothing of it remains.</summary>
public sealed class Write(WriteGate.Turn turn, IDbContextTransaction transaction) : IAsyncDisposable
{
    public Task CommitAsync(CancellationToken cancel = default) => transaction.CommitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        turn.Dispose();
    }
}
