using System.Diagnostics;
using System.Globalization;
using System.Net;
using InfantMHWeek.Platform.Hosting;

namespace InfantMHWeek.Tests.Campaign.Content;

/// <summary>
/// Another folder is put in the place of the content folder, in every way in which people do that; readers see it soon, then and
/// afterwards.
/// </summary>
public sealed class SwappedFolderTests : IAsyncDisposable
{
    /// <summary>Less than the slow sweep's wait: what is seen was noticed.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(
        int.Parse(Environment.GetEnvironmentVariable("SEEN_WITHIN_MS") ?? "12000", CultureInfo.InvariantCulture)
    );

    readonly DirectoryInfo top = Directory.CreateTempSubdirectory("imhw-swap-");
    TestSite? started;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string Place(string name) => Path.Combine(top.FullName, name);

    public async ValueTask DisposeAsync()
    {
        if (started is not null)
            await started.DisposeAsync();
        top.Delete(recursive: true);
    }

    void Fill(string folder, string words)
    {
        Directory.CreateDirectory(Place(folder + "/themes"));
        foreach (var (file, title) in new[] { ("about.md", "About"), ("home.md", "Home"), ("themes/2022.md", "Theme"), ("zoo.md", "Zoo") })
        {
            File.WriteAllText(Place($"{folder}/{file}"), TestContentFolder.Page(title, words));
            // Copied with their dates, and as long as the others: only the words tell them apart.
            File.SetLastWriteTimeUtc(Place($"{folder}/{file}"), new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }
    }

    async Task<TestSite> Start(string root)
    {
        started = new TestSite(Place(root));
        using var browser = started.Browser();
        // Until the watcher has begun, as every site does a second after its start.
        await Sees("/about", "first");
        var watch = Stopwatch.StartNew();
        while (
            !started.Log.Any(line => line.Contains("Content version", StringComparison.Ordinal)) && watch.Elapsed < TimeSpan.FromSeconds(20)
        )
            await Task.Yield();
        return started;
    }

    async Task<(HttpStatusCode Status, string Text)> Get(string path)
    {
        using var browser = started!.Browser();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    async Task Sees(string path, string words)
    {
        var watch = Stopwatch.StartNew();
        while (!(await Get(path)).Text.Contains($"words {words}", StringComparison.Ordinal))
            Assert.True(watch.Elapsed < Patience, $"{path} does not say \"{words}\" after {watch.ElapsedMilliseconds} ms");
        TestContext.Current.TestOutputHelper?.WriteLine($"{path} says \"{words}\" after {watch.ElapsedMilliseconds} ms");
    }

    /// <summary>Now, and when it is edited afterwards, at the top and below.</summary>
    async Task SeesAndGoesOn(string folder, string words)
    {
        await Sees("/about", words);
        await Sees("/themes/2022", words);
        foreach (var (file, path, title) in new[] { ("about.md", "/about", "About"), ("themes/2022.md", "/themes/2022", "Theme") })
        {
            await File.WriteAllTextAsync(Place($"{folder}/{file}"), TestContentFolder.Page(title, "words later" + words), Cancel);
            await Sees(path, "later" + words);
        }
    }

    [Fact]
    public async Task By_renaming()
    {
        Fill("content", "words first");
        Fill("next", "words other");
        await Start("content");
        Directory.Move(Place("content"), Place("old"));
        Directory.Move(Place("next"), Place("content"));
        await SeesAndGoesOn("content", "other");
        Directory.Move(Place("content"), Place("next"));
        Directory.Move(Place("old"), Place("content"));
        await SeesAndGoesOn("content", "first");
        // The control: nobody looks at what lies elsewhere now.
        await File.WriteAllTextAsync(Place("next/about.md"), TestContentFolder.Page("About", "words elsewhere"), Cancel);
        Assert.DoesNotContain("elsewhere", (await Get("/about")).Text, StringComparison.Ordinal);
    }

    /// <summary>The folder itself is a link, or one above it.</summary>
    [Theory]
    [InlineData("content", "")]
    [InlineData("current", "/content")]
    public async Task By_a_link_that_leads_elsewhere(string link, string below)
    {
        Fill("one" + below, "words first");
        Fill("two" + below, "words other");
        Directory.CreateSymbolicLink(Place(link), Place("one"));
        await Start(link + below);
        Directory.CreateSymbolicLink(Place("fresh"), Place("two"));
        await Replace("fresh", link);
        await SeesAndGoesOn("two" + below, "other");
    }

    [Fact]
    public async Task By_deleting_it_and_copying_another_there_slowly()
    {
        Fill("content", "words first");
        var site = await Start("content");
        // In one step: of a folder that goes file by file, what is left is what there is.
        Directory.Move(Place("content"), Place("gone"));
        Directory.Delete(Place("gone"), recursive: true);
        await Ready("not ready: the content folder is away, so pages are shown as they were read last");
        Assert.Equal(HttpStatusCode.OK, (await Get("/themes/2022")).Status);

        // Half of it is there: the home page is not.
        Fill("next", "words other");
        Directory.CreateDirectory(Place("content"));
        File.Move(Place("next/about.md"), Place("content/about.md"));
        site.Library.Refresh(openAll: true);
        Assert.True(site.Library.IsAway);
        foreach (var path in new[] { "/", "/about", "/themes/2022" })
            Assert.Contains("words first", (await Get(path)).Text, StringComparison.Ordinal);
        Directory.Move(Place("next/themes"), Place("content/themes"));
        File.Move(Place("next/home.md"), Place("content/home.md"));
        await SeesAndGoesOn("content", "other");
        await Ready("ready");
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/zoo")).Status);
    }

    [Fact]
    public async Task A_filled_folder_moved_in_or_swapped_below_it()
    {
        Fill("content", "words first");
        Fill("next", "words other");
        await Start("content");
        Directory.Move(Place("content/themes"), Place("old-themes"));
        Directory.Move(Place("next/themes"), Place("content/themes"));
        await Sees("/themes/2022", "other");
        Directory.Move(Place("old-themes"), Place("content/more"));
        await Sees("/more/2022", "first");
        await File.WriteAllTextAsync(Place("content/more/2022.md"), TestContentFolder.Page("Theme", "words later"), Cancel);
        await Sees("/more/2022", "later");
    }

    /// <summary>As releases are switched: in one step.</summary>
    async Task Replace(string link, string place)
    {
        using var move = Process.Start("mv", ["-T", Place(link), Place(place)]);
        await move.WaitForExitAsync(Cancel);
        Assert.Equal(0, move.ExitCode);
    }

    async Task Ready(string words)
    {
        var watch = Stopwatch.StartNew();
        do
        {
            started!.Clock.Advance(CachedHealthChecks.CachedFor);
            Assert.True(watch.Elapsed < Patience, "The site does not say: " + words);
        } while ((await Get("/health/ready")).Text != words);
    }
}
