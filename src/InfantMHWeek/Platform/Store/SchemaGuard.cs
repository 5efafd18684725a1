using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Store;

/// <summary>Another version of the site has changed the database: this program shows what it can still read, and stores nothing.</summary>
sealed class ForeignSchemaException(string change, Exception? inner = null)
    : Exception($"The database belongs to another version of the site: it holds {change}, which this one does not know.", inner);

/// <summary>
/// Refuses every write while the database holds a change that this program does not know: it could store what the newer version takes
/// for something else. Looked at once a second at most, however much is written, and at once when the engine complains.
/// </summary>
sealed class SchemaGuard(TimeProvider clock, ILogger<SchemaGuard> log)
{
    public static readonly TimeSpan CachedFor = TimeSpan.FromSeconds(1);

    /// <param name="At">A timestamp of the clock.</param>
    /// <param name="Foreign">The newest change that is not known here; null when all are.</param>
    sealed record SchemaCheck(long At, string? Foreign);

    SchemaCheck? last;

    /// <exception cref="ForeignSchemaException">There is such a change.</exception>
    public async Task RefuseAsync(SiteDb db, CancellationToken cancel = default)
    {
        var foreign = last is { } look && clock.GetElapsedTime(look.At) < CachedFor ? look.Foreign : await LookAsync(db, cancel);
        if (foreign is not null)
            throw new ForeignSchemaException(foreign);
    }

    /// <returns>The newest change that is not known here; null when all are.</returns>
    public async Task<string?> LookAsync(SiteDb db, CancellationToken cancel = default)
    {
        var at = clock.GetTimestamp();
        var made = await db.Database.SqlQueryRaw<string>(StoreVersion.Made + " ORDER BY 1").ToListAsync(cancel);
        var known = db.Database.IsSqlite() ? StoreVersion.Known : StoreVersion.KnownToPostgres;
        var foreign = made.Except(known, StringComparer.Ordinal).LastOrDefault();
        Tell(last?.Foreign, foreign);
        last = new(at, foreign);
        return foreign;
    }

    /// <summary>Once, not each second.</summary>
    void Tell(string? before, string? now)
    {
        if (before == now)
            return;
        if (now is null)
            log.LogInformation("The database is this version's again; forms, jobs and mail go on");
        else
            log.LogError("The database belongs to another version of the site ({Change}); pages are served, and nothing is stored", now);
    }
}
