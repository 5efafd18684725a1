using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>Follows every link of the site as a browser would, and listens.</summary>
public sealed class CrawlTests(SiteUnderTest site, Chromium chromium) : BrowserTest(site, chromium)
{
    readonly Dictionary<string, HashSet<string>> anchors = new(StringComparer.Ordinal);
    readonly List<string> faults = [];

    [Fact]
    public async Task Every_link_leads_somewhere_and_no_page_breaks_the_policy_or_speaks_to_others()
    {
        var page = await Visit();
        var overheard = await Overheard.On(page.Context, Site.Start);
        var known = new HashSet<string>(SiteUnderTest.PagesAndAnswers, StringComparer.Ordinal);
        var waiting = new Queue<string>(known);
        var fragments = new List<(string From, string To)>();
        while (waiting.TryDequeue(out var path))
            foreach (var link in await Open(page, path))
            {
                var to = link.Split('#')[0];
                if (known.Add(to))
                    waiting.Enqueue(to);
                if (link.Contains('#', StringComparison.Ordinal))
                    fragments.Add((path, link));
            }
        faults.AddRange(overheard.Said.Where(said => !IsTheMissingPage(said)));
        faults.AddRange(fragments.Where(f => !Exists(f.To)).Select(f => $"{f.From} links to {f.To}, and there is no such place"));

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Superset(SiteUnderTest.Pages.ToHashSet(StringComparer.Ordinal), anchors.Keys.ToHashSet(StringComparer.Ordinal));
        Assert.Contains("/feed.atom", known);
        Assert.Contains(known, path => path.EndsWith(".csv", StringComparison.Ordinal));
    }

    /// <summary>Opens an address, and gives the links of this site that stand on it, as paths.</summary>
    async Task<IReadOnlyList<string>> Open(IPage page, string path)
    {
        var answer = await page.APIRequest.GetAsync(path);
        if (answer.Status != (path == "/nothing" ? 404 : 200))
            faults.Add($"{path} answered {answer.StatusText}");
        if (!answer.Headers["content-type"].StartsWith("text/html", StringComparison.Ordinal))
            return [];

        await page.GotoAsync(path);
        // A form that is sent needs its token's cookie, and nothing else does; the next page must not be blamed for it.
        if (await page.QuerySelectorAsync("form[method=post]") is not null)
            await page.Context.ClearCookiesAsync();
        if (await Overheard.LeftBehind(page) is { Length: > 0 } left)
            faults.Add($"{path} left {left}");
        anchors[path] = [.. await page.EvaluateAsync<string[]>("[...document.querySelectorAll('[id]')].map(e => e.id)")];
        return await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('a[href], link[href]')].map(e => new URL(e.href))
              .filter(u => u.origin === location.origin).map(u => u.pathname + u.search + u.hash)
            """
        );
    }

    bool Exists(string link)
    {
        var parts = link.Split('#');
        return anchors.TryGetValue(parts[0], out var ids) && ids.Contains(Uri.UnescapeDataString(parts[1]));
    }

    // The page that says "not found" is meant to be answered with 404, and the browser tells the console so.
    bool IsTheMissingPage(string said) =>
        said.Contains(Site.Start + "/nothing", StringComparison.Ordinal) && said.Contains("404", StringComparison.Ordinal);

    [Fact]
    public async Task A_page_that_breaks_the_policy_is_heard()
    {
        var page = await Visit();
        var overheard = await Overheard.On(page.Context, Site.Start);
        await page.RouteAsync("**/about", async route =>
        {
            var real = await route.FetchAsync();
            await route.FulfillAsync(
                new()
                {
                    Headers = real.Headers.Where(h => h.Key is "content-security-policy" or "content-type"),
                    Body = """
                    <!DOCTYPE html><title>Bad</title><p style="color: red">Red</p>
                    <script>document.title = 'Run'</script><img src="/nothing.png" alt="">
                    """,
                }
            );
        });
        await page.GotoAsync("/about");
        await page.EvaluateAsync("() => { try { document.body.innerHTML = '<p>' } catch { } }");

        Assert.Equal("Bad", await page.TitleAsync());
        Assert.All(["style-src", "script-src", "require-trusted-types-for", "answer 404"], sign =>
            Assert.Contains(overheard.Said, said => said.Contains(sign, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_page_that_follows_its_reader_is_heard()
    {
        var page = await Visit();
        var overheard = await Overheard.On(page.Context, Site.Start);
        await page.RouteAsync("**/about", route => route.FulfillAsync(
                new()
                {
                    ContentType = "text/html",
                    Headers = [new("Set-Cookie", "visitor=1")],
                    Body = """
                    <!DOCTYPE html><title>Curious</title>
                    <script>localStorage.setItem('visitor', '1')</script><img src="http://elsewhere.example/pixel.png" alt="">
                    """,
                }
            ));
        await page.GotoAsync("/about");

        Assert.Equal("cookies: visitor local storage: 1", await Overheard.LeftBehind(page));
        Assert.Contains(overheard.Said, said => said.Contains("another host: http://elsewhere.example/", StringComparison.Ordinal));
        Assert.Contains(overheard.Said, said => said.Contains("request failed: http://elsewhere.example/", StringComparison.Ordinal));
    }
}
