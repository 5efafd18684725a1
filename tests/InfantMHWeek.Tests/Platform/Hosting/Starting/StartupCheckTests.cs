using System.Diagnostics;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Hosting.Starting;
using InfantMHWeek.Platform.Store;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Hosting.Starting;

/// <summary>The real program refuses what cannot work with one sentence and exit code 1, and leaves everything as it was.</summary>
[OneStore("settings and folders")]
public sealed class StartupCheckTests : IDisposable
{
    readonly TestDataFolder data = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
    string Database => Path.Combine(data.Path, "site.db");

    public void Dispose() => data.Dispose();

    async Task IsRefused(string reason, params string[] settings)
    {
        var before = Everything();
        var (code, _, errors) = await SiteProgram.Run([
            "--urls=http://127.0.0.1:0",
            "--Data:Path=" + data.Path,
            "--environment=Production",
            .. settings,
        ]);
        Assert.Equal(1, code);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.Equal(before, Everything());

        var check = await SiteProgram.Run(["check", "--Data:Path=" + data.Path, "--environment=Production", .. settings]);
        Assert.Equal((1, errors), (check.Code, check.Errors));
        Assert.Equal(before, Everything());
    }

    /// <summary>Every file and folder with its rights and its size.</summary>
    string[] Everything() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(data.Path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(f =>
                    $"{f} {new FileInfo(f).UnixFileMode} "
                    + $"{(File.Exists(f) ? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))) : "")}"
                ),
            new DirectoryInfo(data.Path).UnixFileMode.ToString(),
        ];

    void InStore(string what)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in this file.
        command.CommandText = what;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    Guid Key(string? folder = null)
    {
        var id = Guid.NewGuid();
        Directory.CreateDirectory(folder ?? Path.Combine(data.Path, "keys"));
        File.WriteAllText(Path.Combine(folder ?? Path.Combine(data.Path, "keys"), $"key-{id}.xml"), "<key />");
        return id;
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1", "names no database")]
    [InlineData("Nonsense=1;And=2", "is not a connection string")]
    public Task A_wrong_connection_string(string connection, string reason) => IsRefused(reason, "--ConnectionStrings:Site=" + connection);

    /// <summary>The start would wait for it; who asks wants to know.</summary>
    [Fact]
    public async Task A_server_that_does_not_answer_is_told_by_the_check()
    {
        var (code, _, errors) = await SiteProgram.Run(
            "check",
            "--Data:Path=" + data.Path,
            "--ConnectionStrings:Site=Host=127.0.0.1;Port=1;Database=none;Username=none;Timeout=2"
        );
        Assert.Equal(1, code);
        Assert.Contains("cannot be read", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_another_version_or_of_another_program()
    {
        InStore("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '10.0')");
        await IsRefused("was written by another version of the site");
        InStore("DROP TABLE \"__EFMigrationsHistory\"");
        await IsRefused("was not made by this site");
    }

    [Fact]
    public async Task A_restore_of_which_nobody_knows_how_far_it_is()
    {
        await File.WriteAllTextAsync(Path.Combine(data.Path, "restore-under-way.json"), "half a no", TestContext.Current.CancellationToken);
        await IsRefused("restore-under-way.json");
    }

    [Fact]
    public async Task Keys_without_their_database()
    {
        Key();
        File.Delete(Database);
        await IsRefused("There are keys in");
    }

    [Fact]
    public async Task Keys_of_another_site_or_none()
    {
        var ours = Key();
        InStore($"INSERT INTO \"KeyRecords\" (\"Id\") VALUES ('{ours.ToString().ToUpperInvariant()}')");
        Assert.Equal(0, (await SiteProgram.Run("check", "--Data:Path=" + data.Path)).Code);

        Directory.Delete(Path.Combine(data.Path, "keys"), recursive: true);
        await IsRefused("are not those of this database");
        Key();
        await IsRefused("are not those of this database");
        Assert.Equal(0, (await SiteProgram.Run("check", "--Data:Path=" + data.Path, "--Data:AcceptKeys=true")).Code);
    }

    [Fact]
    public async Task The_site_notes_which_keys_are_its_own()
    {
        await using var site = new TestSite();
        _ = site.Services;
        var key = Key(Path.Combine(site.DataPath, "keys"));
        await using var scope = site.Services.CreateAsyncScope();
        for (var times = 0; times < 2; times++)
            await scope.ServiceProvider.GetRequiredService<KeyRecords>().NoteAsync(Cancel);
        Assert.Contains(key, await site.InStore(db => Task.FromResult(db.Set<KeyRecord>().Select(k => k.Id).ToList())));
    }

    /// <summary>Root may give a folder away; any other account takes one of root's.</summary>
    [Fact]
    public async Task A_data_folder_of_another_account()
    {
        if (Environment.IsPrivilegedProcess)
        {
            using (var chown = Process.Start("chown", ["12345", data.Path]))
                await chown.WaitForExitAsync(Cancel);
            await IsRefused("belongs to another account");
        }
        else
            Assert.Equal(1, (await SiteProgram.Run("--urls=http://127.0.0.1:0", "--Data:Path=/usr")).Code);
    }

    [Fact]
    public async Task Content_that_is_not_there_is_refused_before_a_database_is_made()
    {
        File.Delete(Database);
        await IsRefused("There is no content folder at /nowhere", "--Content:Path=/nowhere");
    }

    [Fact]
    public async Task What_is_doubtful_is_said_and_stops_nothing()
    {
        InStore(
            "INSERT INTO \"AuditEntries\" (\"Id\", \"At\", \"Who\", \"What\") VALUES ('00000000-0000-0000-0000-000000000001', "
                + "'2999-01-01 00:00:00', 'a', 'b')"
        );
        var (code, output, _) = await SiteProgram.Run(
            "check",
            "--Data:Path=" + data.Path,
            "--environment=Production",
            "--Site:BaseUrl=http://week.example",
            "--Data:LeastFreeMegabytes=1000000000000"
        );
        Assert.Equal(0, code);
        var doubts = output.Split('\n').Where(l => l.StartsWith("Doubtful: ", StringComparison.Ordinal)).ToList();
        foreach (
            var doubt in new[]
            {
                "The disk of the data folder is nearly full.",
                "Site:BaseUrl is no https address",
                "No mail server is set",
                "but the database was written to at 1 January 2999",
            }
        )
            Assert.Single(doubts, line => line.Contains(doubt, StringComparison.Ordinal));

        var good = await SiteProgram.Run(
            "check",
            "--Data:Path=" + data.Path,
            "--environment=Production",
            "--Site:BaseUrl=https://week.example",
            "--Mail:Host=mail.example",
            "--Mail:From=post@week.example"
        );
        Assert.DoesNotContain("https address", good.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("mail server", good.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("nearly full", good.Output, StringComparison.Ordinal);
        Assert.Equal(Environment.Version < new Version(10, 0, 13), good.Output.Contains("known holes", StringComparison.Ordinal));
    }

    /// <summary>The control: from a proxy that the settings name, the same header is believed.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData("203.0.113.9", false)]
    [InlineData("127.0.0.1", true)]
    public async Task What_a_proxy_says_is_believed_only_of_one_that_the_settings_name(string known, bool believed)
    {
        await using var site = await ServedSite.On(data.Path, "--Site:BaseUrl=", "--ReverseProxy:KnownAddresses=" + known);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/contact/write")
        {
            Headers = { { "X-Forwarded-Proto", "https" }, { "X-Forwarded-For", "203.0.113.77" } },
        };
        using var answer = await site.Browser.SendAsync(request, Cancel);
        Assert.Equal(believed, answer.Headers.GetValues("Set-Cookie").Any(c => c.Contains("secure", StringComparison.OrdinalIgnoreCase)));
    }
}
