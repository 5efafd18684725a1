using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Store.Backup;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace InfantMHWeek.Tests.Platform.Store;

/// <summary>The database from its making to its copy, as whoever runs the server meets it.</summary>
public sealed class StoreTests : IDisposable
{
    readonly string data = Directory.CreateTempSubdirectory("imhw-store-").FullName;

    string File => Path.Combine(data, "site.db");
    string Setting => $"--Data:Path={data}";
    IConfiguration Settings => new ConfigurationBuilder().AddInMemoryCollection([new("Data:Path", data)]).Build();

    public void Dispose() => Directory.Delete(data, recursive: true);

    SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    void Write(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [Fact]
    public async Task A_database_is_made_checked_and_copied_from_the_shell()
    {
        var made = await SiteProgram.Run("db", "migrate", Setting);
        Assert.Equal((0, ""), (made.Code, made.Errors));
        Assert.True(IsPrivate(File));
        Assert.True(IsPrivate(data));

        var check = await SiteProgram.Run("db", "check", Setting);
        Assert.Equal((0, ""), (check.Code, check.Errors));

        var copy = Path.Combine(data, "copy.db");
        var backup = await SiteProgram.Run("db", "backup", copy, Setting);
        Assert.Equal((0, ""), (backup.Code, backup.Errors));
        Assert.True(IsPrivate(copy));

        var again = await SiteProgram.Run("db", "backup", copy, Setting);
        Assert.Equal(1, again.Code);
        Assert.Contains("never writes over", again.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(data, "*.part-*"));
    }

    [Theory]
    [InlineData("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '99')", "another version of the site")]
    [InlineData(
        "DELETE FROM __EFMigrationsHistory WHERE rowid = (SELECT max(rowid) FROM __EFMigrationsHistory); INSERT INTO "
            + "__EFMigrationsHistory VALUES ('20000101000000_Gone', '1')",
        "another version of the site"
    )]
    [InlineData("DROP TABLE __EFMigrationsHistory", "was not made by this site")]
    public async Task A_database_that_does_not_fit_is_refused_and_left_alone(string change, string message)
    {
        TestStore.CopyTo(data);
        Write(change);
        var before = System.IO.File.ReadAllBytes(File);

        foreach (var words in new string[][] { ["--urls=http://127.0.0.1:0", "--Data:MigrateAtStart=true"], ["db", "migrate"] })
        {
            var (code, _, errors) = await SiteProgram.Run([.. words, Setting]);
            Assert.Equal(1, code);
            Assert.Contains(message, errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        }
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    static bool IsPrivate(string path) =>
        OperatingSystem.IsWindows()
        || (
            System.IO.File.GetUnixFileMode(path)
            & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)
        ) == UnixFileMode.None;

    [Fact]
    public async Task Keys_last_and_nobody_else_reads_them()
    {
        await using var site = new TestSite();
        using (var first = await site.SignedIn()) { }
        Assert.All(Directory.GetFiles(Path.Combine(site.DataPath, "keys")), key => Assert.True(IsPrivate(key), key));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(site.DataPath, "keys")));
    }

    [Fact]
    public void What_is_due_is_counted()
    {
        Assert.Equal(StoreState.Missing, StoreVersion.Of(Settings).State);
        TestStore.CopyTo(data);
        Assert.Equal(StoreState.Current, StoreVersion.Of(Settings).State);
        Write("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '99')");
        Assert.Equal(["29990101000000_Later"], StoreVersion.Of(Settings).Foreign);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_said_plainly()
    {
        await System.IO.File.WriteAllTextAsync(
            File,
            "This is a letter, not a database, and long enough to be looked at.",
            TestContext.Current.CancellationToken
        );
        var (code, _, errors) = await SiteProgram.Run("db", "check", Setting);
        Assert.Equal(1, code);
        Assert.Contains("cannot be read", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_said_plainly()
    {
        var (code, _, errors) = await SiteProgram.Run("--Data:Path=/proc/nowhere", "--urls=http://127.0.0.1:0");
        Assert.Equal(1, code);
        Assert.Contains("The data folder /proc/nowhere", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    /// <summary>
    /// The control: the file alone, copied while the site is open, lacks what lies in the log beside it, and no check says so.
    /// </summary>
    [Fact]
    public void A_copy_holds_what_a_copied_file_would_lose()
    {
        TestStore.CopyTo(data);
        using var open = Open();
        using var command = open.CreateCommand();
        command.CommandText =
            "PRAGMA journal_mode=WAL; INSERT INTO AuditEntries (Id, At, Who, What) VALUES ('a', '2026-06-08', 'Ada', 'did')";
        command.ExecuteNonQuery();
        var (plain, backup) = (Path.Combine(data, "plain.db"), Path.Combine(data, "backup.db"));
        System.IO.File.Copy(File, plain);
        new DatabaseBackup(File).WriteTo(backup);

        Assert.Equal(0, RowsIn(plain));
        Assert.Equal(1, RowsIn(backup));
        Assert.Empty(DatabaseBackup.ProblemsOf(plain));
    }

    [Fact]
    public void A_row_that_names_nothing_is_found()
    {
        TestStore.CopyTo(data);
        Assert.Empty(DatabaseBackup.ProblemsOf(File));
        Write(
            "PRAGMA foreign_keys=OFF; INSERT INTO StaffSessions (Id, StaffId, StartedAt, SeenAt, ProvenAt, Device) VALUES ('a', "
                + "'nobody', '2026-06-08', '2026-06-08', '2026-06-08', 'x')"
        );
        Assert.Contains("StaffSessions", Assert.Single(DatabaseBackup.ProblemsOf(File)), StringComparison.Ordinal);
    }

    static long RowsIn(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM AuditEntries";
        return (long)command.ExecuteScalar()!;
    }
}
