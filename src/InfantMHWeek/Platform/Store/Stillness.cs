using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfantMHWeek.Platform.Store;

/// <summary>Nobody can write to the database until it is disposed; everybody else waits, and readers read on.</summary>
abstract class Stillness : IDisposable
{
    public static Stillness Of(IConfiguration settings) => StoreServices.IsPostgres(settings) ? new PostgresStillness(StoreServices.ConnectionString(settings)) : new StoreBackup(StoreVersion.FileOf(settings)).Hold();

    /// <summary>Writes all rows into a new SQLite database; so a backup is the same file whatever the site runs on.</summary>
    /// <returns>How many rows.</returns>
    /// <exception cref="SettingsException">There is a file already, or the copy is not what it should be; then nothing is left behind.</exception>
    public abstract long WriteTo(string target);

    public abstract void Dispose();

    sealed class PostgresStillness : Stillness
    {
        readonly string source;
        readonly SiteDb holding;
        readonly IDbContextTransaction transaction;

        public PostgresStillness(string source)
        {
            this.source = source;
            holding = StoreServices.Open(source);
            transaction = holding.Database.BeginTransaction();
            holding.Database.ExecuteSqlRaw(PostgresDb.Lock);
        }

        public override long WriteTo(string target) => StoreMove.IntoFile(source, target, _ => { });

        public override void Dispose()
        {
            transaction.Dispose();
            holding.Dispose();
        }
    }
}
