using System.Security.Cryptography;
using System.Text;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace InfantMHWeek.Tests.Platform.Store;

/// <summary>
/// The other tests make their databases from the model; a site is made by its migrations, and those that were released are history.
/// </summary>
public sealed class MigrationTests : IDisposable
{
    /// <summary>Of each released migration and its designer file: SHA-256 of their text, one after the other.</summary>
    static readonly Dictionary<string, string> Released = new(StringComparer.Ordinal)
    {
        ["Migrations/20261123225550_Initial"] = "4f0cccffb463822f92644beb823d57065f38a9ef38acec45045a5a8009137d4c",
        ["PostgresMigrations/20261123225554_InitialOnPostgres"] = "33d09aec691f794113075ac839d1392652b5338b355fa1ac8d8f766fb32d5c74",
    };

    readonly string data = Directory.CreateTempSubdirectory("imhw-migrations-").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Theory]
    [InlineData("Data Source=none.db")]
    [InlineData("Host=none;Database=none")]
    public void Both_kinds_of_migrations_make_what_the_model_asks_for(string connection)
    {
        using var db = StoreServices.Open(connection);
        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void A_released_migration_is_never_changed()
    {
        foreach (var (migration, hash) in Released)
            Assert.True(
                HashOf(TextOf(migration)) == hash,
                $"""
                {migration} was released: databases out there were made by it, and a change here reaches none of them. Undo the change and
                add a new migration instead (dotnet ef migrations add NAME, for SiteDb and for PostgresDb). Its text has the hash {HashOf(
                    TextOf(migration)
                )} now.
                """
            );
    }

    /// <summary>The control: one letter is noticed, the way a line ends is not.</summary>
    [Fact]
    public void A_change_of_one_letter_is_noticed()
    {
        var text = TextOf(Released.Keys.First());
        Assert.NotEqual(HashOf(text), HashOf(text.Replace("maxLength: 100", "maxLength: 101", StringComparison.Ordinal)));
        Assert.Equal(HashOf(text), HashOf(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(KeptReleases.All), MemberType = typeof(KeptReleases))]
    public void What_is_kept_of_a_release_is_what_its_migrations_make(string version, string engine)
    {
        var kept = KeptReleases.PutBack(version, engine, data);
        var made =
            engine == "postgres"
                ? TestStore.EmptyOnServer()
                : KeptReleases.FileIn(Directory.CreateDirectory(Path.Combine(data, "m")).FullName);
        var migrations = StoreSchema.Ask(kept, "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY 1");
        using (var db = StoreServices.Open(made))
            db.GetService<IMigrator>().Migrate(migrations[^1]);

        Assert.Equal(StoreSchema.Shape(made), StoreSchema.Shape(kept));
        Assert.Empty(StoreSchema.Counts(kept).Where(table => table.Value == 0).Select(table => table.Key + " has no row"));
        var unknown = migrations.Where(migration => !Released.Keys.Any(known => known.EndsWith("/" + migration, StringComparison.Ordinal)));
        Assert.Empty(unknown.Select(migration => $"{migration} was released with {version}: add its hash to this test."));
    }

    static string TextOf(string migration)
    {
        var place = Path.Combine(SiteFolders.Home, "Platform", "Store", migration);
        return File.ReadAllText(place + ".cs") + File.ReadAllText(place + ".Designer.cs");
    }

    static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))));
}
