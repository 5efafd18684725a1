using System.Net;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Platform.Hosting;

/// <summary>A site that cannot do all its work says why, in words that tell strangers nothing, and goes on being read.</summary>
[BothStores]
public sealed class HealthTests : IAsyncDisposable
{
    readonly TestSite site = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static async Task<(HttpStatusCode Status, string Text)> Ask(WebApplicationFactory<Program> site, string path)
    {
        using var browser = site.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://week.example") });
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    async Task BecomesNotReady(string reason)
    {
        site.Clock.Advance(CachedHealthChecks.CachedFor);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: " + reason), await Ask(site, "/health/ready"));
        Assert.Equal((HttpStatusCode.OK, "alive"), await Ask(site, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, (await Ask(site, "/")).Status);
    }

    [Fact]
    public async Task Says_its_version_to_whoever_watches_and_in_the_log()
    {
        using var browser = site.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://week.example") });
        using var answer = await browser.GetAsync(new Uri("/health/live", UriKind.Relative), Cancel);

        var changes = await File.ReadAllLinesAsync(Path.Combine(SiteFolders.Home, "../../CHANGELOG.md"), Cancel);
        Assert.Equal(SiteVersion.Current, Assert.Single(answer.Headers.GetValues(SiteVersion.Header)));
        Assert.StartsWith(
            "## " + SiteVersion.Current,
            changes.First(l => l.StartsWith("## ", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.Contains(site.Log, line =>
            line.Contains("InfantMHWeek", StringComparison.Ordinal) && line.Contains(SiteVersion.Current, StringComparison.Ordinal)
        );
    }

    [Fact, StoreFile]
    public async Task Without_its_database()
    {
        Assert.Equal((HttpStatusCode.OK, "ready"), await Ask(site, "/health/ready"));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(site.DataPath, "site.db*"))
            File.Delete(file);
        await BecomesNotReady("the database cannot be read");
    }

    [Fact]
    public async Task On_a_database_that_waits_for_a_change_or_has_one_too_many()
    {
        Assert.Equal((HttpStatusCode.OK, "ready"), await Ask(site, "/health/ready"));
        await site.Write(db =>
            db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '10.0')", Cancel)
        );
        await BecomesNotReady("the database belongs to another version of the site");
    }

    [Fact]
    public async Task Without_a_place_for_its_keys()
    {
        Assert.Equal((HttpStatusCode.OK, "ready"), await Ask(site, "/health/ready"));
        var keys = Path.Combine(site.DataPath, "keys");
        Directory.Move(keys, keys + "-elsewhere");
        await File.WriteAllTextAsync(keys, "not a folder", Cancel);
        await BecomesNotReady("the keys that sign forms and sign-ins cannot be written");
    }

    [Fact]
    public async Task On_a_disk_that_is_nearly_full()
    {
        await using var full = site.WithWebHostBuilder(host => host.UseSetting("Data:LeastFreeMegabytes", "1000000000000"));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "not ready: the disk of the data folder is nearly full"),
            await Ask(full, "/health/ready")
        );
        Assert.Equal((HttpStatusCode.OK, "ready"), await Ask(site, "/health/ready"));
    }

    [Fact]
    public async Task With_no_page_to_show()
    {
        using var content = new TestContentFolder();
        foreach (var file in Directory.GetFiles(content.Root, "*.md", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(file, "no front matter", Cancel);
        await using var empty = new TestSite(content.Root);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "not ready: no page of the content can be shown"),
            await Ask(empty, "/health/ready")
        );

        content.Write("home.md", Page("Home", "Good."));
        empty.Library.Refresh(openAll: true);
        empty.Clock.Advance(CachedHealthChecks.CachedFor);
        Assert.Equal((HttpStatusCode.OK, "ready"), await Ask(empty, "/health/ready"));
    }

    [Fact]
    public async Task Several_reasons_are_all_given_and_looked_for_once_a_second_at_most()
    {
        await using var full = site.WithWebHostBuilder(host => host.UseSetting("Data:LeastFreeMegabytes", "1000000000000"));
        Assert.Equal("not ready: the disk of the data folder is nearly full", (await Ask(full, "/health/ready")).Text);
        Directory.Delete(Path.Combine(site.DataPath, "keys"), recursive: true);
        Assert.Equal("not ready: the disk of the data folder is nearly full", (await Ask(full, "/health/ready")).Text);
        site.Clock.Advance(CachedHealthChecks.CachedFor);
        Assert.Equal(
            "not ready: the keys that sign forms and sign-ins cannot be written; the disk of the data folder is nearly full",
            (await Ask(full, "/health/ready")).Text
        );
    }
}
