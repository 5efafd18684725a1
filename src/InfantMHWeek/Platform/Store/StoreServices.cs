using System.Data.Common;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InfantMHWeek.Platform.Store;

static class StoreServices
{
    public static void AddStore(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WriteLock>();
        builder.Services.AddSingleton<SchemaGuard>();
        builder.Services.AddSingleton<StoreModel>();
        builder.Services.AddSingleton<SiteStore>();
        builder.Services.AddSingleton<SiteLock>();
        if (IsPostgres(builder.Configuration))
            builder.Services.AddDbContext<SiteDb, PostgresDb>(Configured, optionsLifetime: ServiceLifetime.Singleton);
        else
            builder.Services.AddDbContext<SiteDb>(Configured, optionsLifetime: ServiceLifetime.Singleton);

        static void Configured(IServiceProvider services, DbContextOptionsBuilder store) =>
            Configure(store, ConnectionString(services.GetRequiredService<IConfiguration>()));
    }

    /// <summary>The database outside the served site, for commands and for the start: no site runs beside it, so it also writes.</summary>
    public static SiteDb Open(IConfiguration settings) => Open(ConnectionString(settings));

    /// <param name="connection">Of either kind.</param>
    internal static SiteDb Open(string connection)
    {
        var store = new DbContextOptionsBuilder();
        Configure(store, connection);
        return (IsPostgres(connection) ? new PostgresDb(store.Options) : new SiteDb(store.Options)).ForWriting();
    }

    static void Configure(DbContextOptionsBuilder store, string connection)
    {
        store
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(ReadOnlyInterceptor.Instance, RequestIdInterceptor.Instance);
        if (IsPostgres(connection))
            store.UseNpgsql(connection);
        else
            store.UseSqlite(connection).AddInterceptors(PragmaInterceptor.Instance);
    }

    public static bool IsPostgres(IConfiguration settings) => IsPostgres(ConnectionString(settings));

    /// <summary>A connection string that names a host is PostgreSQL's; SQLite's names a file.</summary>
    internal static bool IsPostgres(string connection) =>
        connection
            .Split(';')
            .Any(part =>
                part.TrimStart().StartsWith("Host", StringComparison.OrdinalIgnoreCase) && part.Contains('=', StringComparison.Ordinal)
            );

    /// <summary>As set by <c>ConnectionStrings:Site</c>, else the file <c>site.db</c> in the data folder.</summary>
    public static string ConnectionString(IConfiguration settings) =>
        SettingsReader.Read<StoreSettings>(settings).Site is { } set
            ? Bounded(set)
            : ConnectionOf(Path.Combine(SiteFolders.Data(settings), "site.db"));

    /// <summary>How long a statement may take, or wait for another's: nobody waits minutes for a store that hangs.</summary>
    const int PatienceSeconds = 8,
        ConnectSeconds = 4;

    /// <summary>What the connection string does not say about waiting, for PostgreSQL.</summary>
    static string Bounded(string set)
    {
        if (!IsPostgres(set))
            return set;
        try
        {
            var said = new DbConnectionStringBuilder { ConnectionString = set };
            if (!said.ContainsKey("Timeout"))
                set = $"{set.TrimEnd(';')};Timeout={ConnectSeconds}";
            if (!said.ContainsKey("Command Timeout") && !said.ContainsKey("CommandTimeout"))
                set = $"{set.TrimEnd(';')};Command Timeout={PatienceSeconds}";
            return set;
        }
        catch (ArgumentException)
        {
            // That it is none is said where it is opened.
            return set;
        }
    }

    /// <summary>A SQLite database in this file.</summary>
    internal static string ConnectionOf(string file) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = file,
            ForeignKeys = true,
            DefaultTimeout = PatienceSeconds,
        }.ToString();

    /// <summary>What SQLite must be told on every connection: nothing acknowledged is lost, and what is deleted is overwritten.</summary>
    sealed class PragmaInterceptor : DbConnectionInterceptor
    {
        public static readonly PragmaInterceptor Instance = new();
        const string Pragmas =
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA busy_timeout=8000;";

        /// <summary>Entity Framework looks whether a file is there by opening it for reading only.</summary>
        static bool OnlyReads(DbConnection connection) => connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.Ordinal);

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (OnlyReads(connection))
                return;
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            if (OnlyReads(connection))
                return;
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
