using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Deletion;

/// <summary>What is forgotten when, of one kind.</summary>
abstract class RetentionRule(DeletionKind? kind, RetentionPeriod? period)
{
    /// <summary>Is asked of the <see cref="DeletionGuard"/>; null for what lasts minutes and is nobody's any more.</summary>
    public DeletionKind? Kind => kind;

    /// <summary>How long it is kept; null for what lasts minutes and is nobody's any more.</summary>
    public RetentionPeriod? Period => period;

    /// <summary>How many are due at a moment (UTC).</summary>
    public abstract Task<int> CountAsync(SiteDb db, DateTime at, CancellationToken cancel);

    /// <summary>Inside a write: forgets what is due, if that is believed.</summary>
    /// <returns>False when it has to wait for a person.</returns>
    public abstract Task<bool> ForgetAsync(SiteDb db, DeletionGuard guard, DateTime now, CancellationToken cancel);
}

/// <inheritdoc cref="RetentionRule"/>
/// <param name="due">What is due, of what the period has gone over (UTC): older than the first moment, when it is the second.</param>
sealed class RetentionRule<T>(DeletionKind? kind, RetentionPeriod? period, Func<SiteDb, DateTime, DateTime, IQueryable<T>> due)
    : RetentionRule(kind, period)
    where T : class
{
    public RetentionRule(DeletionKind kind, RetentionPeriod period, Func<SiteDb, DateTime, IQueryable<T>> due)
        : this(kind, period, (db, before, _) => due(db, before)) { }

    /// <summary>Of what the due ones are a part; all there are, unless said otherwise.</summary>
    public Func<SiteDb, IQueryable<T>> Of { get; init; } = db => db.Set<T>();

    /// <summary>What forgetting them means, where it is more or less than deleting their rows.</summary>
    public Func<SiteDb, IQueryable<T>, CancellationToken, Task> Forget { get; init; } =
        (_, rows, cancel) => rows.ExecuteDeleteAsync(cancel);

    public IQueryable<T> Due(SiteDb db, DateTime at) => due(db, Period?.For.Before(at) ?? at, at);

    public override Task<int> CountAsync(SiteDb db, DateTime at, CancellationToken cancel) => Due(db, at).CountAsync(cancel);

    public async Task<bool> AllowsAsync(SiteDb db, DeletionGuard guard, DateTime now, CancellationToken cancel)
    {
        if (Kind is not { } asked)
            return true;
        var count = await CountAsync(db, now, cancel);
        return await guard.AllowsAsync(db, asked, count, count == 0 ? 0 : await Of(db).CountAsync(cancel), cancel);
    }

    public override async Task<bool> ForgetAsync(SiteDb db, DeletionGuard guard, DateTime now, CancellationToken cancel)
    {
        if (!await AllowsAsync(db, guard, now, cancel))
            return false;
        await Forget(db, Due(db, now), cancel);
        return true;
    }
}
