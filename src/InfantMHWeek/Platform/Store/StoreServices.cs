using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InfantMHWeek.Platform.Store;

public static class StoreServices
{
    public static void AddStore(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WriteGate>();
        builder.Services.AddDbContext<SiteDb>((services, store) => Configure(store, services.GetRequiredService<IConfiguration>()), optionsLifetime: ServiceLifetime.Singleton);
    }

    static void Configure(DbContextOptionsBuilder store, IConfiguration settings) =>
        store.UseSqlite(ConnectionString(settings)).AddInterceptors(SafeAndPatient.Instance);

    /// <summary>As set by <c>ConnectionStrings:Site</c>, else the file <c>site.db</c> in the data folder.</summary>
    public static string ConnectionString(IConfiguration settings) =>
        settings.GetConnectionString("Site") is { Length: > 0 } set ? set
            : new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder { DataSource = Path.Combine(SiteFolders.Data(settings), "site.db"), ForeignKeys = true, DefaultTimeout = 20 }.ToString();

    /// <summary>What SQLite must be told on every connection: nothing acknowledged is lost, and what is deleted is overwritten.</summary>
    sealed class SafeAndPatient : DbConnectionInterceptor
    {
        public static readonly SafeAndPatient Instance = new();
        const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA busy_timeout=20000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
