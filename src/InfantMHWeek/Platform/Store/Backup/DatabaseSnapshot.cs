using System.Data;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store.Moving;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfantMHWeek.Platform.Store.Backup;

/// <summary>The database as it was at one moment, to be copied at leisure: writers wait for that moment only.</summary>
abstract class DatabaseSnapshot : IDisposable
{
    /// <param name="together">Runs while nobody can write, for what must belong to the same moment. It must be quick.</param>
    /// <exception cref="SettingsException">It is on PostgreSQL and of another version, which alone can read it whole.</exception>
    public static DatabaseSnapshot Of(IConfiguration settings, Action? together = null)
    {
        if (!StoreServices.IsPostgres(settings))
            return new DatabaseBackup(StoreVersion.FileOf(settings)).Snapshot(together);
        if (StoreVersion.Of(settings) is var other && (other.State == StoreState.Older || other.Foreign.Count > 0))
            throw new SettingsException(
                $"The database {other.Place} belongs to another version of the site. On PostgreSQL only that version can copy all of it: "
                    + "run its \"db backup\", or use pg_dump. Nothing was written."
            );
        return new PostgresSnapshot(StoreServices.ConnectionString(settings), together);
    }

    /// <summary>Writes all rows into a new SQLite database; so a backup is the same file whatever the site runs on.</summary>
    /// <returns>How many rows.</returns>
    /// <exception cref="SettingsException">
    /// There is a file already, or the copy is not what it should be; then nothing is left behind.
    /// </exception>
    public abstract long WriteTo(string target);

    public abstract void Dispose();

    sealed class PostgresSnapshot : DatabaseSnapshot
    {
        readonly SiteDb reading;
        readonly IDbContextTransaction moment;

        public PostgresSnapshot(string source, Action? together)
        {
            using var holding = StoreServices.Open(source);
            using var still = holding.Database.BeginTransaction();
            holding.Database.ExecuteSqlRaw(PostgresDb.Lock);
            reading = StoreServices.Open(source);
            moment = reading.Database.BeginTransaction(IsolationLevel.RepeatableRead);
            // The first question fixes what all later ones see.
            reading.Database.ExecuteSqlRaw("SELECT 1");
            together?.Invoke();
        }

        public override long WriteTo(string target) => StoreMove.IntoFile(reading, target, _ => { });

        public override void Dispose()
        {
            moment.Dispose();
            reading.Dispose();
        }
    }
}
