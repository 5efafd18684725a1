using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Platform.Deletion;

/// <summary>
/// Forgets in time. Each feature says what and how long by its rules; they are gone through twice a day, all in one write.
/// What is deleted is overwritten in the database file (<c>secure_delete</c>) and gone from its log.
/// </summary>
abstract class Retention(SiteStore store, DeletionGuard guard, TimeProvider clock)
{
    protected SiteStore Store => store;
    protected DeletionGuard Guard => guard;
    public abstract IReadOnlyList<RetentionRule> Rules { get; }

    /// <summary>Forgets what is due now.</summary>
    public async Task ForgetAsync(CancellationToken cancel = default)
    {
        await ForgetAsync(clock.GetUtcNow().UtcDateTime, cancel);
        // What was deleted still stands in the write-ahead log until that is written over.
        await store.ForgetBytesAsync(cancel);
    }

    /// <summary>What is due at one moment (UTC), the same for everything; a feature adds what its rules cannot say.</summary>
    protected virtual Task ForgetAsync(DateTime now, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                foreach (var rule in Rules)
                    await rule.ForgetAsync(db, guard, now, cancel);
            },
            cancel
        );

    /// <param name="at">Counts what is due then (UTC); a moment ahead shows what comes next.</param>
    public async Task<IReadOnlyList<(RetentionPeriod Period, int Due)>> DueAsync(DateTime at, CancellationToken cancel) =>
        await store.ReadAsync(async db =>
        {
            var due = new List<(RetentionPeriod, int)>();
            foreach (var rule in Rules)
                if (rule.Period is { } period)
                    due.Add((period, await rule.CountAsync(db, at, cancel)));
            return due;
        });
}

static class RetentionServices
{
    static readonly TimeSpan Every = TimeSpan.FromHours(12);

    public static void AddRetention<T>(this IServiceCollection services, string job)
        where T : Retention
    {
        services.AddTransient<T>();
        services.AddTransient<Retention>(made => made.GetRequiredService<T>());
        services.AddJob<T>(job, Every, (retention, cancel) => retention.ForgetAsync(cancel));
    }
}
