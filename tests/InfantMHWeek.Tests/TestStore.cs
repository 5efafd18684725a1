using InfantMHWeek.Platform.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace InfantMHWeek.Tests;

/// <summary>An empty database, made once for each run and copied for each site.</summary>
static class TestStore
{
    static readonly Lazy<byte[]> Template = new(Make);

    public static void CopyTo(string dataFolder) => File.WriteAllBytes(Path.Combine(dataFolder, "site.db"), Template.Value);

    /// <summary>A server on which tests make databases of their own; <c>tests/postgres</c> starts it.</summary>
    static readonly string? Server = Environment.GetEnvironmentVariable("TEST_POSTGRES");
    static readonly Lazy<string> ServerTemplate = new(MakeOnServer);

    /// <summary>Whether every site of this run stands on that server: <c>TEST_STORE=postgres</c>.</summary>
    public static bool OnPostgres { get; } = Environment.GetEnvironmentVariable("TEST_STORE") == "postgres";

    /// <summary>An empty database on the server.</summary>
    public static string EmptyOnServer()
    {
        Assert.SkipWhen(Server is null, "There is no PostgreSQL server: tests/postgres starts one.");
        var name = "empty_" + Guid.NewGuid().ToString("N");
        OnServer($"CREATE DATABASE {name}");
        return $"{Server};Database={name};Pooling=False";
    }

    /// <returns>Where the new database is: a connection string.</returns>
    public static string NewOnServer()
    {
        var name = "site_" + Guid.NewGuid().ToString("N");
        OnServer($"CREATE DATABASE {name} TEMPLATE {ServerTemplate.Value}");
        return $"{Server};Database={name};Maximum Pool Size=20";
    }

    /// <summary>Lets go of a database made by <see cref="NewOnServer"/>.</summary>
    public static void Drop(string connection)
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(connection));
        OnServer($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");
    }

    static string MakeOnServer()
    {
        var name = "template_" + Guid.NewGuid().ToString("N");
        OnServer($"CREATE DATABASE {name}");
        var connection = $"{Server};Database={name};Pooling=False";
        using var db = StoreServices.Open(connection);
        db.Database.EnsureCreated();
        db.Database.ExecuteSqlRaw(
            "CREATE TABLE \"__EFMigrationsHistory\" (\"MigrationId\" varchar(150) PRIMARY KEY, \"ProductVersion\" varchar(32) NOT NULL)"
        );
        foreach (var migration in db.Database.GetMigrations())
            db.Database.ExecuteSql($"INSERT INTO \"__EFMigrationsHistory\" VALUES ({migration}, '10')");
        return name;
    }

    public static void OnServer(string what)
    {
        using var connection = new NpgsqlConnection($"{Server};Database=postgres");
        connection.Open();
        using var command = new NpgsqlCommand(what, connection);
        command.ExecuteNonQuery();
    }

    static byte[] Make()
    {
        var file = Path.GetTempFileName();
        try
        {
            var options = new DbContextOptionsBuilder<SiteDb>()
                .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString())
                .Options;
            using (var db = new SiteDb(options))
            {
                // From the model: that is quicker than all migrations. UpgradeTests see that both make the same.
                db.Database.EnsureCreated();
                db.Database.ExecuteSqlRaw(
                    "PRAGMA journal_mode=DELETE; CREATE TABLE \"__EFMigrationsHistory\" (\"MigrationId\" TEXT NOT NULL PRIMARY KEY, "
                        + "\"ProductVersion\" TEXT NOT NULL);"
                );
                foreach (var migration in db.Database.GetMigrations())
                    db.Database.ExecuteSql($"INSERT INTO __EFMigrationsHistory VALUES ({migration}, '10')");
            }
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
