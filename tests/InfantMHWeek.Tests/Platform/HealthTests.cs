using System.Net;
using Microsoft.Data.Sqlite;

namespace InfantMHWeek.Tests.Platform;

public sealed class HealthTests
{
    [Fact, Trait("Store", "File")]
    public async Task A_site_without_its_database_says_so_and_goes_on_being_read()
    {
        await using var site = new TestSite();
        using var browser = site.Browser();
        Assert.Equal("ready", await browser.GetStringAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken));

        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(site.DataPath, "site.db*")) File.Delete(file);

        using var ready = await browser.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("not ready: the database cannot be read", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var page = await browser.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("alive", await browser.GetStringAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken));
    }
}
