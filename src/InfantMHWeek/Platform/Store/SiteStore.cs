using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// The one way to write. What a page is given (<see cref="SiteDb"/>) only reads; a write is a function that runs inside the
/// lock, on a context that was born there and has seen nothing before. So nothing that it decides rests on something read earlier.
/// </summary>
sealed class SiteStore(IServiceScopeFactory scopes, WriteLock turns, SchemaGuard schema)
{
    const int MostAttempts = 4;

    /// <summary>After that nothing is begun again: somebody waits for the answer.</summary>
    static readonly TimeSpan LongestTrying = TimeSpan.FromSeconds(3);
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(30);
    const int EmptyingAttempts = 50;
    static readonly TimeSpan BetweenEmptyings = TimeSpan.FromMilliseconds(100);
    static readonly AsyncLocal<bool> Writing = new();
    long written;

    /// <summary>Rises with each write of this instance: what was read before may have changed.</summary>
    public long Written => Volatile.Read(ref written);

    /// <summary>
    /// Takes the turn (first come, first served in this process, the database's own lock across processes), begins a transaction,
    /// runs the function, saves and commits. When the engine says "try again" before the commit, all of it runs again from the
    /// start: the function must do nothing that cannot be done twice, and must never wait for mail or the network.
    /// </summary>
    /// <param name="write">No entity crosses its border, either way: ids and values in, results out.</param>
    /// <exception cref="Exception">
    /// Whatever <see cref="StoreTrouble.Is"/> recognises, when the store is in trouble; then nothing was stored.
    /// </exception>
    public Task<T> WriteAsync<T>(Func<SiteDb, Task<T>> write, CancellationToken cancel = default) =>
        WriteAsync((db, _) => write(db), cancel);

    /// <inheritdoc cref="WriteAsync{T}(Func{SiteDb, Task{T}}, CancellationToken)"/>
    public Task WriteAsync(Func<SiteDb, Task> write, CancellationToken cancel = default) =>
        WriteAsync(
            async (db, _) =>
            {
                await write(db);
                return true;
            },
            cancel
        );

    /// <summary>
    /// The same with the services of the write's own scope: whatever asks there for a <see cref="SiteDb"/> gets the writing one.
    /// </summary>
    /// <inheritdoc cref="WriteAsync{T}(Func{SiteDb, Task{T}}, CancellationToken)"/>
    public async Task<T> WriteAsync<T>(Func<SiteDb, IServiceProvider, Task<T>> write, CancellationToken cancel = default)
    {
        if (Writing.Value)
            throw new InvalidOperationException("A write inside a write would wait for itself: hand the context on instead.");
        var begun = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var attempted = new Attempt();
            try
            {
                return await WriteOnceAsync(write, attempted, cancel);
            }
            catch (Exception problem)
                when (attempt < MostAttempts
                    && Stopwatch.GetElapsedTime(begun) < LongestTrying
                    && !attempted.Committing
                    && StoreTrouble.MayTryAgain(problem)
                )
            {
                await Task.Delay(FirstPause * attempt * attempt, cancel);
            }
            catch (Exception problem) when (StoreTrouble.Is(problem) && !StoreTrouble.IsAway(problem) && !StoreTrouble.IsForeign(problem))
            {
                if (await ForeignAsync(cancel) is { } change)
                    throw new ForeignSchemaException(change, problem);
                throw;
            }
        }
    }

    /// <summary>A context for reading, for whoever lives longer than a request. Dispose it soon.</summary>
    public async Task<T> ReadAsync<T>(Func<SiteDb, Task<T>> read)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<SiteDb>());
    }

    /// <summary>For loops, before they begin what they could not write down.</summary>
    /// <exception cref="ForeignSchemaException">Another version of the site has changed the store.</exception>
    public Task RefuseForeignSchemaAsync(CancellationToken cancel = default) =>
        ReadAsync(async db =>
        {
            await schema.RefuseAsync(db, cancel);
            return true;
        });

    /// <summary>The engine has complained: whether that is because the schema has changed since it was looked at.</summary>
    async Task<string?> ForeignAsync(CancellationToken cancel)
    {
        try
        {
            return await ReadAsync(db => schema.LookAsync(db, cancel));
        }
        catch (Exception problem) when (StoreTrouble.Is(problem))
        {
            // Then it is about more than the schema, and said by what it said first.
            return null;
        }
    }

    /// <summary>
    /// After an erasure: empties SQLite's write-ahead log, in which what was deleted still stands until it is written over
    /// (<c>secure_delete</c> overwrites it in the file itself). PostgreSQL does this by itself, and nothing happens there.
    /// Call it after the write, never inside.
    /// </summary>
    /// <returns>False when somebody was reading from the log all the time, such as a backup being taken; the next call does it.</returns>
    public async Task<bool> ForgetBytesAsync(CancellationToken cancel = default)
    {
        if (Writing.Value)
            throw new InvalidOperationException("Inside a write the log cannot be emptied: do it afterwards.");
        var begun = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            if (await EmptyLogAsync(cancel))
                return true;
            if (attempt == EmptyingAttempts)
                return false;
            await Task.Delay(BetweenEmptyings, cancel);
        }
    }

    async Task<bool> EmptyLogAsync(CancellationToken cancel)
    {
        using var turn = await turns.EnterAsync(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SiteDb>();
        if (!db.Database.IsSqlite())
            return true;
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        // It waits for readers with the write lock in its hand: so not for long, and rather again.
        command.CommandText = "PRAGMA busy_timeout=50; PRAGMA wal_checkpoint(TRUNCATE)";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (reader.GetName(0) != "busy")
            await reader.NextResultAsync(cancel);
        return await reader.ReadAsync(cancel) && reader.GetInt32(0) == 0;
    }

    async Task<T> WriteOnceAsync<T>(Func<SiteDb, IServiceProvider, Task<T>> write, Attempt attempt, CancellationToken cancel)
    {
        using var turn = await turns.EnterAsync(cancel);
        // Flows into the function and nowhere else.
        Writing.Value = true;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SiteDb>().ForWriting();
        await using var transaction = await db.BeginAsync(cancel);
        await schema.RefuseAsync(db, cancel);
        var result = await write(db, scope.ServiceProvider);
        await db.SaveChangesAsync(cancel);
        // Whether a commit that broke in the middle counts is not known, so it is not run again; nor is it given up half way.
        attempt.Committing = true;
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        finally
        {
            Interlocked.Increment(ref written);
        }
        return result;
    }

    sealed class Attempt
    {
        public bool Committing { get; set; }
    }
}
