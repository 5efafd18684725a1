using InfantMHWeek.Platform.Store;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace InfantMHWeek.Tests;

/// <summary>
/// The site's store is away, in earnest: no connection is there any more and none can be made, until this is disposed of.
/// </summary>
sealed class StoreOutage : IDisposable
{
    readonly Action back;

    StoreOutage(Action back) => this.back = back;

    public static StoreOutage Of(TestSite site) =>
        site.Store is { } server ? OfServer(server) : OfFile(Path.Combine(site.DataPath, "site.db"));

    /// <summary>Nobody may connect to the database, and who is connected is shown the door.</summary>
    static StoreOutage OfServer(string store)
    {
        var name = new NpgsqlConnectionStringBuilder(store).Database;
        TestStore.OnServer($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        TestStore.OnServer($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        return new(() => TestStore.OnServer($"ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
    }

    /// <summary>Something else stands where the file was.</summary>
    static StoreOutage OfFile(string file)
    {
        SqliteConnection.ClearPool(new(StoreServices.ConnectionOf(file)));
        var aside = file + "-aside";
        File.Move(file, aside);
        Directory.CreateDirectory(file);
        return new(() =>
        {
            Directory.Delete(file);
            File.Move(aside, file);
        });
    }

    public void Dispose() => back();
}
