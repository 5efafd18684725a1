using InfantMHWeek.Platform.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests;

/// <summary>An empty database, made once for each run and copied for each site.</summary>
static class TestStore
{
    static readonly Lazy<byte[]> Template = new(Make);

    public static void CopyTo(string dataFolder) => File.WriteAllBytes(Path.Combine(dataFolder, "site.db"), Template.Value);

    static byte[] Make()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var gate = new WriteGate();
            var options = new DbContextOptionsBuilder<SiteDb>().UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()).Options;
            using (var db = new SiteDb(options, gate))
            {
                // From the model, not by the migrations: those are written anew when a change is landed.
                db.Database.EnsureCreated();
                db.Database.ExecuteSqlRaw("PRAGMA journal_mode=DELETE; CREATE TABLE \"__EFMigrationsHistory\" (\"MigrationId\" TEXT NOT NULL PRIMARY KEY, \"ProductVersion\" TEXT NOT NULL);");
                foreach (var migration in db.Database.GetMigrations()) db.Database.ExecuteSql($"INSERT INTO __EFMigrationsHistory VALUES ({migration}, '10')");
            }
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
