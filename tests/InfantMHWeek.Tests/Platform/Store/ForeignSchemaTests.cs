using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using InfantMHWeek.Contact;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Platform.Store;

/// <summary>A newer version has changed the database under a running site: that one goes on being read, and stores nothing.</summary>
[BothStores]
public sealed class ForeignSchemaTests : IAsyncDisposable
{
    const string Path = "/contact/write",
        Words = "Is Zoë's group in June \"for us\" too?";
    const string Plain = "being updated",
        Other = "could not save this just now";
    const string Newer = "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '10.0')";
    const string Gone = "DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" LIKE '2999%'";

    readonly TestSite site = new();
    readonly HttpClient browser;

    public ForeignSchemaTests() => browser = site.Browser();

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await site.DisposeAsync();
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>As another program does it.</summary>
    void Elsewhere(string what) => StoreSchema.Do(site.Store ?? KeptReleases.FileIn(site.DataPath), what);

    async Task<IHtmlFormElement> OpenForm()
    {
        using var opened = await browser.GetAsync(new Uri(Path, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        // What was sent before is acknowledged first.
        return (await TestSite.Read(opened)).QuerySelector<IHtmlFormElement>("main form[method=post]") ?? await OpenForm();
    }

    async Task<(HttpStatusCode Status, string Shown)> Send()
    {
        using var answer = await browser.Send(
            await OpenForm(),
            Path,
            Fields(("About", "message"), ("Text", Words), ("Name", "Ann"), ("Email", "ann@home.example"))
        );
        var page = await TestSite.Read(answer);
        var typed = page.QuerySelectorAll("textarea").OfType<IHtmlTextAreaElement>().Select(area => area.Value);
        return (answer.StatusCode, page.Body!.TextContent + string.Concat(typed));
    }

    Task<int> Stored() => site.InStore(db => db.Set<ContactMessage>().CountAsync(Cancel));

    async Task<string> Ready()
    {
        using var answer = await browser.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    [Fact]
    public async Task Forms_come_back_with_their_words_pages_are_served_and_it_recovers()
    {
        Assert.Equal(HttpStatusCode.Found, (await Send()).Status);
        Assert.Equal(1, await Stored());

        Elsewhere(Newer);
        site.Clock.Advance(SchemaGuard.CachedFor);
        var (status, shown) = await Send();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains(Words, shown, StringComparison.Ordinal);
        Assert.Contains(Plain, shown, StringComparison.Ordinal);
        Assert.Equal(1, await Stored());
        Assert.Equal("not ready: the database belongs to another version of the site", await Ready());
        foreach (var path in new[] { "/", "/support", "/events", "/courses" })
        {
            using var page = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
        Assert.Single(site.Log, line =>
            line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("29990101000000", StringComparison.Ordinal)
        );

        Elsewhere(Gone);
        site.Clock.Advance(SchemaGuard.CachedFor);
        Assert.Equal(HttpStatusCode.Found, (await Send()).Status);
        Assert.Equal(2, await Stored());
        Assert.Equal("ready", await Ready());
    }

    /// <summary>Within the second for which the last look counts, only the engine can notice it.</summary>
    [Fact]
    public async Task When_the_engine_complains_it_is_looked_at_once_why()
    {
        Assert.Equal(HttpStatusCode.Found, (await Send()).Status);
        Elsewhere("ALTER TABLE \"ContactMessages\" RENAME TO \"Letters\"");
        // The control: without a change of another version it is trouble like any other.
        Assert.Contains(Other, (await Send()).Shown, StringComparison.Ordinal);

        Elsewhere(Newer);
        var (status, shown) = await Send();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains(Words, shown, StringComparison.Ordinal);
        Assert.Contains(Plain, shown, StringComparison.Ordinal);
    }

    /// <summary>The look costs nothing most of the time: what was seen counts for a second.</summary>
    [Fact]
    public async Task It_is_looked_at_once_a_second_at_most()
    {
        Assert.Equal(HttpStatusCode.Found, (await Send()).Status);
        Elsewhere(Newer);
        await site.Write(db => db.Set<ContactMessage>().CountAsync(Cancel));
        site.Clock.Advance(SchemaGuard.CachedFor);
        await Assert.ThrowsAsync<ForeignSchemaException>(() => site.Write(db => db.Set<ContactMessage>().CountAsync(Cancel)));
        Elsewhere(Gone);
        await Assert.ThrowsAsync<ForeignSchemaException>(() => site.Write(db => db.Set<ContactMessage>().CountAsync(Cancel)));
        site.Clock.Advance(SchemaGuard.CachedFor);
        await site.Write(db => db.Set<ContactMessage>().CountAsync(Cancel));
    }

    [Fact]
    public async Task Jobs_and_mail_wait()
    {
        var (jobs, mail) = (site.Services.GetRequiredService<JobRunner>(), site.Services.GetRequiredService<OutboxSender>());
        Assert.Equal(HttpStatusCode.Found, (await Send()).Status);
        await jobs.RunDueAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromDays(1));
        Elsewhere(Newer);
        await Assert.ThrowsAsync<ForeignSchemaException>(() => mail.RunOnceAsync(Cancel));
        await Assert.ThrowsAsync<ForeignSchemaException>(() => jobs.RunDueAsync(Cancel));
        Assert.True(await site.InStore(db => db.Set<OutboxMail>().AllAsync(m => m.SentAt == null && m.LeasedUntil == null, Cancel)));

        // The control: the same a second after the schema is its own again.
        Elsewhere(Gone);
        site.Clock.Advance(SchemaGuard.CachedFor);
        Assert.Equal(1, await mail.RunOnceAsync(Cancel));
        Assert.NotEmpty(await jobs.RunDueAsync(Cancel));
    }
}
