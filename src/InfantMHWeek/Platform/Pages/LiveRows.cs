using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Platform.Pages;

/// <summary>
/// A few rows that public pages tell from the store. They are read when somebody wants them: again after each write of this instance,
/// and otherwise once a second at most, which is how soon a page follows the other instances and the clock. While they say the same they
/// are the same object, so a page that was made from them can be kept. The very first time nobody waits for them: a site that has just
/// been started shows its pages at once, and these rows as soon as they are read.
/// </summary>
/// <param name="read">Reads them, in a scope of its own.</param>
sealed class LiveRows<TRow>(
    IServiceScopeFactory scopes,
    SiteStore store,
    TimeProvider clock,
    ILogger<LiveRows<TRow>> log,
    Func<IServiceProvider, CancellationToken, Task<IReadOnlyList<TRow>>> read
) : FirstReading
{
    static readonly TimeSpan SureFor = TimeSpan.FromSeconds(1),
        LongestRead = TimeSpan.FromSeconds(5),
        Patience = TimeSpan.FromSeconds(1);

    /// <summary>While it is in trouble, each reader lends the store a moment, and no more.</summary>
    static readonly TimeSpan PatienceInTrouble = TimeSpan.FromMilliseconds(100);

    /// <param name="Written">How much had been written when it began: what came later may be missing.</param>
    sealed record Look(IReadOnlyList<TRow> Rows, long At, long Written);

    readonly Lock gate = new();
    Task looking = Task.CompletedTask;
    volatile bool hasBegun;
    volatile Look? last;
    volatile bool inTrouble;

    /// <returns>
    /// Null while the store is in trouble, and until they were read for the first time. That is never kept: the next one who asks tries
    /// again.
    /// </returns>
    public async Task<IReadOnlyList<TRow>?> GetAsync(CancellationToken cancel)
    {
        if (last is null && !inTrouble && (!hasBegun || !Looking().IsCompleted))
            return null;
        var written = store.Written;
        try
        {
            // One reads, and those who come meanwhile share it; a second time if it had begun before the last write.
            for (var i = 0; i < 2; i++)
            {
                if (last is { } look && look.Written >= written && clock.GetElapsedTime(look.At) < SureFor)
                    return look.Rows;
                await Looking().WaitAsync(inTrouble ? PatienceInTrouble : Patience, cancel);
            }
            return last?.Rows;
        }
        catch (Exception problem) when (problem is TimeoutException or OperationCanceledException || StoreTrouble.Is(problem))
        {
            cancel.ThrowIfCancellationRequested();
            NoteTrouble(problem);
            return null;
        }
    }

    public override bool WasRead => last is not null || inTrouble;

    public override async Task ReadOnceAsync(CancellationToken cancel)
    {
        hasBegun = true;
        if (last is null)
            await Looking().WaitAsync(cancel);
    }

    void NoteTrouble(Exception problem)
    {
        if (!inTrouble)
            log.LogWarning("What changes by the day is missing on a page: {Problem}", problem.GetBaseException().GetType().Name);
        inTrouble = true;
    }

    /// <param name="rows">As they were got.</param>
    public Freshness WhileTheSame(IReadOnlyList<TRow> rows) =>
        new(
            () =>
                last is { } look
                && ReferenceEquals(look.Rows, rows)
                && look.Written == store.Written
                && clock.GetElapsedTime(look.At) < SureFor,
            async cancel => ReferenceEquals(await GetAsync(cancel), rows)
        );

    Task Looking()
    {
        lock (gate)
            return looking.IsCompleted ? looking = Task.Run(LookAsync) : looking;
    }

    async Task LookAsync()
    {
        var (at, written) = (clock.GetTimestamp(), store.Written);
        using var end = new CancellationTokenSource(LongestRead);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var rows = await read(scope.ServiceProvider, end.Token);
            last = new(last is { } before && before.Rows.SequenceEqual(rows) ? before.Rows : rows, at, written);
            inTrouble = false;
        }
        catch (Exception problem) when (last is null)
        {
            // Perhaps nobody waits for it, to hear of it.
            NoteTrouble(problem);
            throw;
        }
    }
}

/// <summary>
/// Reads what pages tell from the store for the first time, so that the first readers find it there. Nobody asks the store before.
/// </summary>
abstract class FirstReading
{
    /// <summary>Whether that has been tried: what was read is there, or the store is in trouble.</summary>
    public abstract bool WasRead { get; }

    /// <summary>Ends when it was read; at once where it already was.</summary>
    public abstract Task ReadOnceAsync(CancellationToken cancel);

    /// <summary>Sure as long as some of them are still to be read.</summary>
    public static Freshness UntilRead(IServiceProvider services)
    {
        var all = services.GetServices<FirstReading>().ToArray();
        return new(() => !Array.TrueForAll(all, rows => rows.WasRead), _ => Task.FromResult(false));
    }

    /// <summary>All of them, side by side.</summary>
    public static async Task AllAsync(IServiceProvider services, CancellationToken cancel)
    {
        await services.GetRequiredService<StoreModel>().MakeAsync();
        await Task.WhenAll(services.GetServices<FirstReading>().Select(rows => rows.ReadOnceAsync(cancel)));
    }
}

static class LiveRowsServices
{
    /// <param name="read">Reads the rows, in a scope of its own.</param>
    public static void AddLiveRows<TRow>(
        this IServiceCollection services,
        Func<IServiceProvider, CancellationToken, Task<IReadOnlyList<TRow>>> read
    )
    {
        services.AddSingleton(made => ActivatorUtilities.CreateInstance<LiveRows<TRow>>(made, read));
        services.AddSingleton<FirstReading>(made => made.GetRequiredService<LiveRows<TRow>>());
    }
}
