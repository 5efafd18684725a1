using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// The same database on PostgreSQL, for a site of several machines. It is a class of its own only because its migrations are.
/// </summary>
sealed class PostgresDb(DbContextOptions options) : SiteDb(options)
{
    /// <summary>"IMHW": one lock for all writes that read first, whichever instance makes them. It goes with the transaction.</summary>
    internal const string Lock = "SELECT pg_advisory_xact_lock(1229801559)";

    protected internal override async Task<IDbContextTransaction> BeginAsync(CancellationToken cancel)
    {
        // Each statement sees what was committed before it, so after the lock nothing can be overtaken; a stricter level would see
        // the state before the wait.
        var transaction = await Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        try
        {
            await Database.ExecuteSqlRawAsync(Lock, cancel);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
