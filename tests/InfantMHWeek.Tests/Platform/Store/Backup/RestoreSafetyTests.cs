using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Store.Backup;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace InfantMHWeek.Tests.Platform.Store.Backup;

/// <summary>
/// Backups beside people who write, archives with planted files, restores beside running sites and restores that were killed.
/// </summary>
public sealed class RestoreSafetyTests : IDisposable
{
    readonly DirectoryInfo top = Directory.CreateTempSubdirectory("imhw-safety-");
    readonly FakeTimeProvider clock = new(TestSite.Start);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string Place(string name) => Path.Combine(top.FullName, name);

    public void Dispose() => top.Delete(recursive: true);

    IConfiguration Site(string name) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection([new("Data:Path", Place(name + "/data")), new("Content:Path", Place(name + "/content"))])
            .Build();

    IConfiguration Full(string name, string words)
    {
        Directory.CreateDirectory(Place(name + "/data/keys"));
        Directory.CreateDirectory(Place(name + "/content/media"));
        Directory.CreateDirectory(Place(name + "/content/.git"));
        TestStore.CopyTo(Place(name + "/data"));
        File.WriteAllText(Place(name + "/data/keys/key-1.xml"), "key " + words);
        File.WriteAllText(Place(name + "/content/home.md"), "home " + words);
        File.WriteAllText(Place(name + "/content/media/park.webp"), "park " + words);
        File.WriteAllText(Place(name + "/content/.git/config"), "not the site's");
        Do(
            name,
            $"PRAGMA journal_mode=WAL; INSERT INTO AuditEntries (Id, At, Who, What) VALUES ('{Guid.CreateVersion7()}', '2026-06-08', "
                + $"'Test', '{words}')"
        );
        return Site(name);
    }

    void Do(string name, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Place(name + "/data/site.db")};Pooling=False;Default Timeout=1");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static string Words(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(group_concat(What), '') FROM (SELECT What FROM AuditEntries ORDER BY Id)";
        return (string)command.ExecuteScalar()!;
    }

    /// <summary>Every file below a folder with its bytes, but what SQLite and the lock need.</summary>
    string Everything(string folder) =>
        string.Join(
            '\n',
            Directory
                .GetFileSystemEntries(Place(folder), "*", SearchOption.AllDirectories)
                .Where(f => Path.GetFileName(f) is not ("site.lock" or "site.db-wal" or "site.db-shm"))
                .Order(StringComparer.Ordinal)
                .Select(f => f + (File.Exists(f) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))) : ""))
        );

    [Fact]
    public void Nobody_waits_for_the_copying_and_what_comes_later_is_not_in_it()
    {
        var site = Full("busy", "before");
        using var files = new BackupFiles(site);
        var during = "";
        using var snapshot = DatabaseSnapshot.Of(site, () =>
        {
            files.Gather();
            // The control: in this moment nobody can write.
            during = Assert.Throws<SqliteException>(() => Do("busy", "DELETE FROM AuditEntries")).Message;
        });
        Assert.Contains("locked", during, StringComparison.Ordinal);
        Do("busy", $"INSERT INTO AuditEntries (Id, At, Who, What) VALUES ('{Guid.CreateVersion7()}', '2026-06-08', 'Test', 'after')");
        File.WriteAllText(Place("busy/content/home.md"), "home after");
        File.WriteAllText(Place("fresh"), "park after");
        File.Move(Place("fresh"), Place("busy/content/media/park.webp"), overwrite: true);
        snapshot.WriteTo(Place("copy.db"));

        Assert.Equal("before", Words(Place("copy.db")));
        Assert.Equal("before,after", Words(Place("busy/data/site.db")));
        Assert.Equal(
            ["content/home.md: home before", "content/media/park.webp: park before", "keys/key-1.xml: key before"],
            files
                .All.Select(f =>
                {
                    using var text = new StreamReader(f.Open()!);
                    return $"{f.Name}: {text.ReadToEnd()}";
                })
                .Order(StringComparer.Ordinal)
        );
        files.Dispose();
        Assert.Empty(Directory.GetDirectories(Place("busy/content"), ".backup-*"));
    }

    [Fact]
    public async Task On_PostgreSQL_nobody_waits_either()
    {
        var server = TestStore.EmptyOnServer();
        using (var db = StoreServices.Open(server))
        {
            await db.Database.EnsureCreatedAsync(Cancel);
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO \"AuditEntries\" (\"Id\", \"At\", \"Who\", \"What\") VALUES (gen_random_uuid(), now(), 'Test', 'before')",
                Cancel
            );
        }
        var site = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:Site", server), new("Data:Path", Place("pg/data"))])
            .Build();
        using var snapshot = DatabaseSnapshot.Of(site, () => Assert.False(HasLock(server)));
        Assert.True(HasLock(server));
        using (var db = StoreServices.Open(server))
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO \"AuditEntries\" (\"Id\", \"At\", \"Who\", \"What\") VALUES (gen_random_uuid(), now(), 'Test', 'after')",
                Cancel
            );
        Assert.Equal(1, snapshot.WriteTo(Place("pg.db")));
        Assert.Equal("before", Words(Place("pg.db")));

        static bool HasLock(string server)
        {
            using var db = StoreServices.Open(server);
            using var transaction = db.Database.BeginTransaction();
            return db.Database.SqlQueryRaw<bool>("SELECT pg_try_advisory_xact_lock(1229801559) AS \"Value\"").Single();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("unlisted")]
    [InlineData("missing")]
    [InlineData("changed")]
    [InlineData("twice")]
    [InlineData("link")]
    [InlineData("hard link")]
    [InlineData("folder")]
    [InlineData("absolute")]
    [InlineData("upwards")]
    [InlineData("elsewhere")]
    [InlineData("after the list")]
    [InlineData("no list")]
    public void An_archive_with_planted_files_is_no_backup(string planted)
    {
        new SiteBackup(Full("old", "old"), clock).WriteTo(Place("one.tar.gz"));
        Assert.DoesNotContain(Names(Place("one.tar.gz")), name => name.Contains(".git", StringComparison.Ordinal));
        var there = Full("there", "there");
        Plant(Place("one.tar.gz"), Place("two.tar.gz"), planted);
        var before = Everything("there");
        // The control: taken apart and put together with nothing planted, it is accepted.
        if (planted.Length == 0)
        {
            new SiteRestore(there, clock).From(Place("two.tar.gz"), replace: true);
            Assert.Equal("old", Words(Place("there/data/site.db")));
            return;
        }
        Assert.Contains(
            "Nothing was changed",
            Assert.Throws<SettingsException>(() => new SiteRestore(there, clock).From(Place("two.tar.gz"), replace: true)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(before, Everything("there"));
        Assert.False(File.Exists(Place("planted")) || File.Exists("/tmp/imhw-planted"));
    }

    static List<string> Names(string archive)
    {
        using var tar = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
        var names = new List<string>();
        while (tar.GetNextEntry() is { } entry)
            names.Add(entry.Name);
        return names;
    }

    static void Plant(string from, string to, string planted)
    {
        using var reader = new TarReader(new GZipStream(File.OpenRead(from), CompressionMode.Decompress));
        using var writer = new TarWriter(new GZipStream(File.Create(to), CompressionLevel.Fastest), TarEntryFormat.Pax);
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            if (entry.Name == "content/home.md" && planted == "missing")
                continue;
            if (entry.Name == "content/home.md" && planted == "changed")
                entry.DataStream = Text("other words");
            if (entry.Name == "backup.json")
            {
                if (planted == "no list")
                    break;
                Add();
                if (planted == "after the list")
                {
                    writer.WriteEntry(entry);
                    Put("content/late.md");
                    continue;
                }
            }
            writer.WriteEntry(entry);
        }

        void Add()
        {
            switch (planted)
            {
                case "unlisted":
                    Put("content/planted.md");
                    break;
                case "twice":
                    Put("content/home.md");
                    break;
                case "absolute":
                    Put("/tmp/imhw-planted");
                    break;
                case "upwards":
                    Put("content/../../../planted");
                    break;
                case "elsewhere":
                    Put("appsettings.json");
                    break;
                case "link":
                    writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "content/planted.md") { LinkName = "/etc/passwd" });
                    break;
                case "hard link":
                    writer.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, "content/planted.md") { LinkName = "site.db" });
                    break;
                case "folder":
                    writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "content/planted"));
                    break;
            }
        }

        void Put(string name) => writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = Text("planted") });
        static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public async Task Every_command_does_the_right_thing_beside_a_running_site()
    {
        Directory.CreateDirectory(Place("data"));
        TestStore.CopyTo(Place("data"));
        var data = "--Data:Path=" + Place("data");
        await using (var site = await ServedSite.On(Place("data")))
        {
            await Answers(0, "verified", "db", "backup", Place("a.tar.gz"), data);
            await Answers(0, "verified", "db", "backup", Place("a.db"), data);
            await Answers(0, "whole", "db", "check", data);
            await Answers(0, "up to date", "db", "migrate", data);
            await Answers(
                1,
                "Stop it first",
                "db",
                "restore",
                Place("a.tar.gz"),
                "--replace",
                "true",
                data,
                "--Content:Path=" + Place("content")
            );
            await Answers(1, "Stop it first", "db", "move", "--to", "Data Source=" + Place("moved.db"), data);
            Assert.False(File.Exists(Place("moved.db")));
            Assert.Equal(System.Net.HttpStatusCode.OK, (await site.Get("/health/ready")).Status);
        }
        // It was killed just now: its lock went with it.
        await Answers(0, "Put back", "db", "restore", Place("a.tar.gz"), "--replace", "true", data, "--Content:Path=" + Place("content"));

        using (
            SiteLock.Alone(new ConfigurationBuilder().AddInMemoryCollection([new("Data:Path", Place("data"))]).Build(), "This is a test")
        )
        {
            await Answers(1, "is being replaced or changed", "db", "backup", Place("b.tar.gz"), data);
            await Answers(1, "is being replaced or changed", data, "--urls=http://127.0.0.1:0");
        }
    }

    static async Task Answers(int code, string words, params string[] command)
    {
        var done = await SiteProgram.Run(command);
        Assert.Equal(
            (code, true, string.Join(' ', command)),
            (done.Code, (done.Output + done.Errors).Contains(words, StringComparison.OrdinalIgnoreCase), string.Join(' ', command))
        );
        Assert.DoesNotContain("   at ", done.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_site_on_another_machine_is_seen_in_the_store_until_it_has_long_been_silent()
    {
        var site = Full("there", "there");
        new SiteBackup(Full("old", "old"), clock).WriteTo(Place("one.tar.gz"));
        using (var db = StoreServices.Open(site))
        {
            var now = clock.GetUtcNow().UtcDateTime;
            db.Add(
                new SiteInstance
                {
                    Id = Guid.CreateVersion7(),
                    Machine = "far-away",
                    Folder = "/data",
                    StartedAt = now,
                    SeenAt = now,
                }
            );
            db.Add(
                new SiteInstance
                {
                    Id = Guid.CreateVersion7(),
                    Machine = Environment.MachineName,
                    Folder = Path.GetFullPath(Place("there/data")),
                    StartedAt = now,
                    SeenAt = now,
                }
            );
            db.SaveChanges();
        }
        SqliteConnection.ClearAllPools();
        Assert.Contains(
            "far-away",
            Assert.Throws<SettingsException>(() => new SiteRestore(site, clock).From(Place("one.tar.gz"), replace: true)).Message,
            StringComparison.Ordinal
        );
        clock.Advance(SiteInstance.Silence + TimeSpan.FromSeconds(1));
        var said = new List<string>();
        new SiteRestore(site, clock).From(Place("one.tar.gz"), replace: true, said.Add);
        Assert.Contains("far-away ended without saying so", Assert.Single(said), StringComparison.Ordinal);
        Assert.Equal("old", Words(Place("there/data/site.db")));
    }

    /// <summary>Killed at any point once it had begun to move: the next start finishes it.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    public void A_restore_that_was_killed_is_finished_by_the_next_start(int step, int moves)
    {
        var site = Full("there", "there");
        new SiteBackup(Full("old", "old"), clock).WriteTo(Place("one.tar.gz"));
        var (data, work, aside) = (Place("there/data"), Place("there/data/restore-1"), Place("there/data/before-restore-1"));
        Directory.CreateDirectory(work);
        using (var archive = File.OpenRead(Place("one.tar.gz")))
            BackupArchive.Read(archive, work);
        if (step == 2 || moves > 0)
            Move(data + "/keys", aside + "/keys");
        if (step == 2)
        {
            Move(Place("there/content"), aside + "/content");
            File.Move(data + "/site.db", aside + "/site.db");
            if (moves > 0)
                Move(work + "/keys", data + "/keys");
        }
        File.WriteAllText(
            data + "/restore-under-way.json",
            JsonSerializer.Serialize(
                new
                {
                    Work = "restore-1",
                    Aside = "before-restore-1",
                    Schema = "x",
                    HadDatabase = true,
                    Step = step,
                }
            )
        );

        var said = SiteRestore.ClearLeftovers(site);
        Assert.Equal(2, said.Count);
        Assert.Equal("old", Words(data + "/site.db"));
        Assert.Equal(
            "key old, home old, park old",
            $"{File.ReadAllText(data + "/keys/key-1.xml")}, {File.ReadAllText(Place("there/content/home.md"))}, "
                + $"{File.ReadAllText(Place("there/content/media/park.webp"))}"
        );
        Assert.Equal("there", Words(aside + "/site.db"));
        Assert.Equal(
            "key there, home there, park there",
            $"{File.ReadAllText(aside + "/keys/key-1.xml")}, {File.ReadAllText(aside + "/content/home.md")}, "
                + $"{File.ReadAllText(aside + "/content/media/park.webp")}"
        );
        Assert.False(Directory.Exists(work) || File.Exists(data + "/restore-under-way.json"));
        Assert.Single(SiteRestore.ClearLeftovers(site));

        static void Move(string from, string to)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            if (Directory.Exists(to))
                Directory.Delete(to);
            Directory.Move(from, to);
        }
    }

    [Fact]
    public void What_killed_commands_left_is_taken_away_and_what_is_being_written_is_not()
    {
        var site = Full("there", "there");
        Directory.CreateDirectory(Place("there/data/restore-1/content"));
        Directory.CreateDirectory(Place("there/data/backups"));
        foreach (
            var left in new[]
            {
                "a.tar.gz.part",
                "a.tar.gz.part.db",
                "a.tar.gz.part.db.part-1",
                "b.tar.gz.part",
                "b.tar.gz.part.db",
                "site-20260101T000000Z.tar.gz",
            }
        )
            File.WriteAllText(Place("there/data/backups/" + left), "half");
        using (new FileStream(Place("there/data/backups/b.tar.gz.part"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        using (SiteLock.Share(site))
        {
            SiteBackup.ClearLeftovers(Place("there/data/backups"), site);
            Assert.Empty(SiteRestore.ClearLeftovers(site));
            Assert.True(Directory.Exists(Place("there/data/restore-1")));
        }
        Assert.Equal(
            "b.tar.gz.part b.tar.gz.part.db site-20260101T000000Z.tar.gz",
            string.Join(' ', Directory.GetFiles(Place("there/data/backups")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal))
        );
        Assert.Single(SiteRestore.ClearLeftovers(site));
        Assert.False(Directory.Exists(Place("there/data/restore-1")));
    }

    [Fact]
    public void A_clock_that_was_ahead_costs_no_backup()
    {
        var settings = new ConfigurationBuilder()
            .AddConfiguration(Full("kept", "kept"))
            .AddInMemoryCollection([new("Backup:Keep", "2")])
            .Build();
        var nightly = new NightlyBackup(settings, clock);
        List<string> taken = [nightly.Take(), "", ""];
        clock.AdjustTime(TestSite.Start.AddDays(800));
        taken[1] = nightly.Take(forgetOld: false);
        clock.AdjustTime(TestSite.Start.AddDays(1));
        taken[2] = nightly.Take();
        Assert.All(taken, file => Assert.True(File.Exists(file)));
        Assert.Equal([taken[2], taken[0]], nightly.Existing());
        clock.AdjustTime(TestSite.Start.AddDays(2));
        nightly.Take();
        Assert.False(File.Exists(taken[0]));
        Assert.True(File.Exists(taken[1]));
    }
}
