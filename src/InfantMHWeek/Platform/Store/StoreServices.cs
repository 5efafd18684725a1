using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InfantMHWeek.Platform.Store;

public static class StoreServices
{
    public static void AddStore(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WriteGate>();
        builder.Services.AddHostedService<BackupRound>();
        builder.Services.AddDbContext<SiteDb>((services, store) => Configure(store, services.GetRequiredService<IConfiguration>()), optionsLifetime: ServiceLifetime.Singleton);
    }

    /// <summary>A database outside the served site, for commands and for the start.</summary>
    public static SiteDb Open(IConfiguration settings)
    {
        var store = new DbContextOptionsBuilder<SiteDb>();
        Configure(store, settings);
        return new(store.Options, new WriteGate());
    }

    static void Configure(DbContextOptionsBuilder store, IConfiguration settings) =>
        store.UseSqlite(ConnectionString(settings)).AddInterceptors(SafeAndPatient.Instance);

    /// <summary>As set by <c>ConnectionStrings:Site</c>, else the file <c>site.db</c> in the data folder.</summary>
    public static string ConnectionString(IConfiguration settings) =>
        settings.GetConnectionString("Site") is { Length: > 0 } set ? set
            : new SqliteConnectionStringBuilder { DataSource = Path.Combine(SiteFolders.Data(settings), "site.db"), ForeignKeys = true, DefaultTimeout = 20 }.ToString();

    /// <summary>What SQLite must be told on every connection: nothing acknowledged is lost, and what is deleted is overwritten.</summary>
    sealed class SafeAndPatient : DbConnectionInterceptor
    {
        public static readonly SafeAndPatient Instance = new();
        const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA busy_timeout=20000;";

        /// <summary>Entity Framework looks whether a file is there by opening it for reading only.</summary>
        static bool OnlyReads(DbConnection connection) => connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.Ordinal);

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (OnlyReads(connection)) return;
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (OnlyReads(connection)) return;
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
