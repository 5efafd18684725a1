using System.Net;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Campaign.Content;

/// <summary>What readers see while editors work on the files.</summary>
public sealed class LiveContentTests : IDisposable
{
    readonly TestContentFolder content = new();
    TestSite? started;

    TestSite Site => started ??= new TestSite(content.Root);

    async Task<(HttpStatusCode Status, string Text)> Open(string path)
    {
        using var browser = Site.Browser();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (answer.StatusCode, (await TestSite.Read(answer)).QuerySelector("main")?.TextContent ?? "");
    }

    [Fact]
    public async Task A_saved_page_is_seen_by_the_next_reader()
    {
        await Open("/about");
        content.Write("about.md", Page("About", "New words."));
        Site.Library.Refresh(openAll: false);

        Assert.Contains("New words.", (await Open("/about")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_watcher_notices_a_saved_page_by_itself()
    {
        await Open("/about");
        var before = Site.Library.Current.Version;
        content.Write("about.md", Page("About", "New words."));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Site.Library.Current.Version == before && !patience.IsCancellationRequested)
            await Task.Yield();

        Assert.False(patience.IsCancellationRequested);
        Assert.Contains("New words.", (await Open("/about")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_breaks_keeps_its_last_good_version()
    {
        content.Write("about.md", Page("About", "Good words."));
        await Open("/about");
        content.Write("about.md", Page("About", "::: notice\nNever closed."));
        Site.Library.Refresh(openAll: false);

        var (status, text) = await Open("/about");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Good words.", text, StringComparison.Ordinal);
        Assert.Contains(Site.Library.Faults, f =>
            f.Code == "IMH031" && f.File.EndsWith("about.md", StringComparison.Ordinal) && f.Line == 6
        );
    }

    [Fact]
    public async Task A_page_that_was_never_good_is_unavailable_alone()
    {
        content.Write("broken.md", "no facts at all");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Open("/broken")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Open("/about")).Status);
        content.Write("broken.md", Page("Mended"));
        Site.Library.Refresh(openAll: false);
        Assert.Equal(HttpStatusCode.OK, (await Open("/broken")).Status);
    }

    [Fact]
    public async Task A_page_appears_and_goes_at_its_moments_in_UK_time()
    {
        // 8 June is summer time: 12:00 on the wall is 11:00 UTC. The test's clock starts at 9:00 UTC.
        content.Write("soon.md", Page("Soon", facts: "publish: 2026-06-08 12:00\nexpire: 2026-06-09"));

        Assert.Equal(HttpStatusCode.NotFound, (await Open("/soon")).Status);
        Assert.Equal(new DateTime(2026, 6, 8, 11, 0, 0, DateTimeKind.Utc), Site.Library.Current.NextChange);
        Site.Clock.Advance(TimeSpan.FromHours(2));
        Site.Library.Refresh(openAll: false);
        Assert.Equal(HttpStatusCode.OK, (await Open("/soon")).Status);
        Site.Clock.Advance(TimeSpan.FromHours(12));
        Site.Library.Refresh(openAll: false);
        Assert.Equal(HttpStatusCode.NotFound, (await Open("/soon")).Status);
    }

    [Fact]
    public async Task A_folder_that_is_moved_in_is_found()
    {
        await Open("/");
        using var elsewhere = new TestContentFolder();
        elsewhere.Write("themes/2031.md", Page("A theme"));
        Directory.Move(Path.Combine(elsewhere.Root, "themes"), Path.Combine(content.Root, "themes"));
        Site.Library.Refresh(openAll: true);

        Assert.Equal(HttpStatusCode.OK, (await Open("/themes/2031")).Status);
    }

    [Fact]
    public async Task A_change_that_leaves_time_and_size_alone_is_found_by_the_sweep()
    {
        await Open("/about");
        var file = Path.Combine(content.Root, "about.md");
        var written = File.GetLastWriteTimeUtc(file);
        content.Write("about.md", Page("About", "Same words."));
        File.SetLastWriteTimeUtc(file, written);
        Site.Library.Refresh(openAll: true);

        Assert.Contains("Same words.", (await Open("/about")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_made_from_an_old_snapshot_is_never_kept_for_the_new_one()
    {
        await Open("/about");
        var old = Site.Library.Current;
        content.Write("about.md", Page("About", "New words."));
        Site.Library.Refresh(openAll: false);

        Assert.True(old.Responses.TryGet("/about", out _));
        Assert.False(Site.Library.Current.Responses.TryGet("/about", out _));
    }

    [Fact]
    public async Task A_link_that_leaves_the_folder_is_not_followed()
    {
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, Page("Secret", "Hidden words."), TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(content.Root, "link.md"), secret);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Open("/link")).Status);
        Assert.Contains(Site.Library.Faults, f => f.Code == "IMH005");
        File.Delete(secret);
    }

    [Fact]
    public async Task A_file_that_vanishes_takes_only_its_page_with_it()
    {
        content.Write("short.md", Page("Short"));
        Assert.Equal(HttpStatusCode.OK, (await Open("/short")).Status);
        content.Delete("short.md");
        Site.Library.Refresh(openAll: false);

        Assert.Equal(HttpStatusCode.NotFound, (await Open("/short")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Open("/about")).Status);
    }

    [Fact]
    public async Task A_register_that_breaks_keeps_its_last_good_state()
    {
        content.Write("site.yml", "name: Good name\n");
        await Open("/");
        content.Write("site.yml", "name: [broken\n");
        Site.Library.Refresh(openAll: false);

        Assert.Equal("Good name", Site.Library.Current.Site.Name);
        Assert.Contains(Site.Library.Faults, f => f.File.EndsWith("site.yml", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        started?.Dispose();
        content.Dispose();
    }
}
