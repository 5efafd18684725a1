using System.Collections.Concurrent;
using System.Globalization;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Store.Backup;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace InfantMHWeek.Tests.Platform.Store.Backup;

/// <summary>Everything that cannot be made again, saved in one file and put back.</summary>
public sealed class SiteBackupTests : IDisposable
{
    static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("BACKUPS") ?? "10", CultureInfo.InvariantCulture);
    readonly DirectoryInfo top = Directory.CreateTempSubdirectory("imhw-backup-");
    readonly FakeTimeProvider clock = new(TestSite.Start);

    string Place(string name) => Path.Combine(top.FullName, name);

    IConfiguration Site(string name) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection([new("Data:Path", Place(name + "/data")), new("Content:Path", Place(name + "/content"))])
            .Build();

    public void Dispose() => top.Delete(recursive: true);

    IConfiguration Full(string name)
    {
        Directory.CreateDirectory(Place(name + "/data/keys"));
        Directory.CreateDirectory(Place(name + "/content/themes"));
        TestStore.CopyTo(Place(name + "/data"));
        File.WriteAllText(Place(name + "/data/keys/key-1.xml"), "a key");
        File.WriteAllText(Place(name + "/content/home.md"), "Home");
        File.WriteAllText(Place(name + "/content/themes/2022.md"), "Early trauma");
        var site = Site(name);
        Write(site, 1);
        return site;
    }

    static SqliteConnection Open(IConfiguration site)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = StoreVersion.FileOf(site),
                Pooling = false,
                DefaultTimeout = 20,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    static void Write(IConfiguration site, int number)
    {
        using var connection = Open(site);
        using var command = connection.CreateCommand();
        command.CommandText =
            "PRAGMA journal_mode=WAL; INSERT INTO AuditEntries (Id, At, Who, What) VALUES ($id, '2026-06-08 09:00:00', 'Test', $what)";
        command.Parameters.AddWithValue("$id", Guid.CreateVersion7().ToString());
        command.Parameters.AddWithValue("$what", number.ToString(CultureInfo.InvariantCulture));
        command.ExecuteNonQuery();
    }

    static HashSet<string> Written(IConfiguration site)
    {
        using var connection = Open(site);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT What FROM AuditEntries";
        using var reader = command.ExecuteReader();
        var all = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
            all.Add(reader.GetString(0));
        return all;
    }

    string Save(IConfiguration site, string name = "one.tar.gz")
    {
        new SiteBackup(site, clock).WriteTo(Place(name));
        return Place(name);
    }

    [Fact]
    public void A_saved_site_is_put_back_whole_on_a_new_machine()
    {
        var saved = Save(Full("old"));
        var site = Site("new");
        var (contents, aside) = new SiteRestore(site, clock).From(saved, replace: false);

        Assert.Null(aside);
        Assert.Equal(TestSite.Start.UtcDateTime, contents.MadeAt);
        Assert.Equal("1", string.Join(' ', Written(site)));
        Assert.Equal("a key", File.ReadAllText(Place("new/data/keys/key-1.xml")));
        Assert.Equal("Early trauma", File.ReadAllText(Place("new/content/themes/2022.md")));
        Assert.Equal(StoreState.Current, StoreVersion.Of(site).State);
        Assert.Equal(
            "keys site.db site.lock",
            string.Join(
                ' ',
                Directory
                    .GetFileSystemEntries(Place("new/data"))
                    .Select(f => Path.GetFileName(f))
                    .Where(n => !n.StartsWith("site.db-", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
            )
        );
    }

    [Fact]
    public void What_is_there_is_never_lost_silently()
    {
        var site = Full("old");
        var saved = Save(site);
        Write(site, 2);
        File.WriteAllText(Place("old/content/home.md"), "Newer");

        var refused = Assert.Throws<SettingsException>(() => new SiteRestore(site, clock).From(saved, replace: false));
        Assert.Contains("--replace", refused.Message, StringComparison.Ordinal);
        Assert.Equal("1 2", string.Join(' ', Written(site).Order(StringComparer.Ordinal)));

        var (_, aside) = new SiteRestore(site, clock).From(saved, replace: true);
        Assert.Equal("1", string.Join(' ', Written(site)));
        Assert.Equal("Home", File.ReadAllText(Place("old/content/home.md")));
        Assert.Equal("Newer", File.ReadAllText(Path.Combine(aside!, "content/home.md")));
        Assert.True(File.Exists(Path.Combine(aside!, "site.db")));
    }

    [Fact]
    public void A_backup_replaces_a_database_that_can_no_longer_be_read()
    {
        var site = Full("old");
        var saved = Save(site);
        File.WriteAllText(StoreVersion.FileOf(site), "nothing that SQLite knows");
        Assert.Throws<SettingsException>(() => StoreVersion.Of(site));

        Assert.Contains(
            "--replace",
            Assert.Throws<SettingsException>(() => new SiteRestore(site, clock).From(saved, replace: false)).Message,
            StringComparison.Ordinal
        );
        var (_, aside) = new SiteRestore(site, clock).From(saved, replace: true);

        Assert.Equal("1", string.Join(' ', Written(site)));
        Assert.Equal("nothing that SQLite knows", File.ReadAllText(Path.Combine(aside!, "site.db")));
    }

    [Fact]
    public void A_backup_is_put_back_into_PostgreSQL_and_what_was_there_is_kept()
    {
        var saved = Save(Full("old"));
        var server = TestStore.EmptyOnServer();
        var site = new ConfigurationBuilder()
            .AddConfiguration(Site("new"))
            .AddInMemoryCollection([new("ConnectionStrings:Site", server)])
            .Build();

        new SiteRestore(site, clock).From(saved, replace: false);
        Assert.Equal(["1"], OnServer(server, "SELECT \"What\" FROM \"AuditEntries\""));
        Assert.Equal("a key", File.ReadAllText(Place("new/data/keys/key-1.xml")));

        OnServer(server, "UPDATE \"AuditEntries\" SET \"What\" = 'newer' RETURNING \"What\"");
        Assert.Throws<SettingsException>(() => new SiteRestore(site, clock).From(saved, replace: false));
        Assert.Equal(["newer"], OnServer(server, "SELECT \"What\" FROM \"AuditEntries\""));

        new SiteRestore(site, clock).From(saved, replace: true);
        Assert.Equal(["1"], OnServer(server, "SELECT \"What\" FROM \"AuditEntries\""));
        var kept = Assert.Single(OnServer(server, "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'before_restore_%'"));
        Assert.Equal(["newer"], OnServer(server, $"SELECT \"What\" FROM \"{kept}\".\"AuditEntries\""));
    }

    static List<string> OnServer(string server, string question)
    {
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        using var command = new NpgsqlCommand(question, connection);
        using var reader = command.ExecuteReader();
        var all = new List<string>();
        while (reader.Read())
            all.Add(reader.GetString(0));
        return all;
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void Half_a_backup_is_refused_and_changes_nothing(double part)
    {
        var site = Full("old");
        var saved = Save(site);
        File.WriteAllBytes(Place("half.tar.gz"), File.ReadAllBytes(saved)[..(int)(new FileInfo(saved).Length * part)]);
        var before = File.ReadAllText(Place("old/content/home.md"));

        Assert.Throws<SettingsException>(() => new SiteRestore(site, clock).From(Place("half.tar.gz"), replace: true));
        Assert.Equal(before, File.ReadAllText(Place("old/content/home.md")));
        Assert.Equal("1", string.Join(' ', Written(site)));
        Assert.Empty(Directory.GetDirectories(Place("old/data"), "restore-*"));
    }

    [Fact]
    public void Every_backup_taken_while_people_write_holds_all_that_was_acknowledged_before()
    {
        var site = Full("busy");
        var acknowledged = new ConcurrentQueue<int>();
        using var stop = new CancellationTokenSource();
        var writer = new Thread(() =>
        {
            for (var number = 2; !stop.IsCancellationRequested; number++)
            {
                Write(site, number);
                acknowledged.Enqueue(number);
            }
        });
        writer.Start();
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                var before = acknowledged.ToArray();
                var saved = Save(site, $"busy-{round}.tar.gz");
                var fresh = Site($"fresh-{round}");
                new SiteRestore(fresh, clock).From(saved, replace: false);
                Assert.Empty(before.Select(n => n.ToString(CultureInfo.InvariantCulture)).Except(Written(fresh), StringComparer.Ordinal));
            }
        }
        finally
        {
            stop.Cancel();
            writer.Join();
        }
        Assert.NotEmpty(acknowledged);
    }

    /// <summary>
    /// The control: the file alone, as one would copy it by hand, lacks what still lies in the journal because somebody reads.
    /// </summary>
    [Fact]
    public void A_plain_copy_of_the_file_taken_while_people_read_lacks_what_was_acknowledged()
    {
        var (site, copy) = (Full("read"), Site("copy"));
        using (var reader = Open(site))
        {
            using var reading = reader.BeginTransaction(deferred: true);
            using var question = reader.CreateCommand();
            question.CommandText = "SELECT COUNT(*) FROM AuditEntries";
            question.ExecuteScalar();

            Write(site, 2);
            Directory.CreateDirectory(Place("copy/data"));
            File.Copy(StoreVersion.FileOf(site), StoreVersion.FileOf(copy));
        }
        Assert.Contains("2", Written(site));
        Assert.DoesNotContain("2", Written(copy));
    }

    [Fact]
    public void The_newest_backups_are_kept_and_the_oldest_let_go()
    {
        var data = Full("kept");
        var settings = new ConfigurationBuilder().AddConfiguration(data).AddInMemoryCollection([new("Backup:Keep", "3")]).Build();
        var round = new NightlyBackup(settings, clock);
        var taken = new List<string>();
        for (var night = 0; night < 5; night++)
        {
            taken.Add(round.Take());
            clock.Advance(TimeSpan.FromDays(1));
        }
        Assert.Equal(
            taken[^3..],
            [.. Directory.GetFiles(Place("kept/data/backups")).Order(StringComparer.Ordinal)],
            StringComparer.Ordinal
        );
    }
}
