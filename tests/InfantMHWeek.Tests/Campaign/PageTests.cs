using System.Text.Json;
using System.Xml.Linq;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Campaign;

/// <summary>What every page gives its reader, and what machines learn from it.</summary>
public sealed class PageTests(RealSite site)
{
    [Fact]
    public async Task Every_page_has_one_heading_a_title_a_summary_and_its_own_address()
    {
        foreach (var (path, facts) in site.Library.Current.Pages)
        {
            var page = await site.Open(path);
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Contains(facts.Title, page.Title!, StringComparison.Ordinal);
            Assert.Equal(facts.Summary, page.QuerySelector("meta[name=description]")!.GetAttribute("content"));
            Assert.Equal("https://week.example" + path, page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
            Assert.StartsWith(
                "https://week.example/share/",
                page.QuerySelector("meta[property='og:image']")!.GetAttribute("content"),
                StringComparison.Ordinal
            );
            Assert.Equal("en-GB", page.DocumentElement.GetAttribute("lang"));
        }
    }

    [Fact]
    public async Task Ids_are_unique_and_every_link_on_the_site_leads_somewhere()
    {
        using var browser = site.Browser();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in site.Library.Current.Pages.Keys)
        {
            var page = await site.Open(path);
            Assert.Distinct(page.QuerySelectorAll("[id]").Select(e => e.Id!), StringComparer.Ordinal);
            foreach (
                var link in page.QuerySelectorAll("a[href], link[href], script[src]")
                    .Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!)
            )
            {
                if (link.StartsWith('#'))
                    Assert.NotNull(page.GetElementById(link[1..]));
                if (!link.StartsWith('/') || !seen.Add(link))
                    continue;
                using var answer = await browser.GetAsync(new Uri(link, UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.True(answer.IsSuccessStatusCode, $"{path} links to {link}, which answers {(int)answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Sensitive_pages_and_only_they_have_the_note_the_exit_and_the_help()
    {
        foreach (var (path, facts) in site.Library.Current.Pages)
        {
            var page = await site.Open(path);
            Assert.Equal(facts.Sensitive, page.QuerySelector("#content-note") is not null);
            Assert.Equal(facts.Sensitive, page.QuerySelector("script[src^='/exit']") is not null);
            if (facts.Sensitive)
                Assert.NotEmpty(page.QuerySelectorAll(".help-box a[href='tel:999']"));
        }
    }

    [Fact]
    public async Task The_home_page_leads_to_the_theme_the_article_the_findings_the_events_and_the_course()
    {
        var links = (await site.Open("/")).QuerySelectorAll("main a").Select(a => a.GetAttribute("href")).ToList();
        foreach (
            var path in new[]
            {
                "/themes/2025",
                "/understanding-early-trauma",
                "/research/early-trauma-2022",
                "/events",
                "/courses/infant-mental-health-introduction",
            }
        )
            Assert.Contains(path, links, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("/themes/2022", "/themes/2021", "/themes/2023")]
    [InlineData("/themes/2016", null, "/themes/2017")]
    [InlineData("/themes/2025", "/themes/2024", null)]
    public async Task Years_lead_to_their_neighbours(string path, string? before, string? after)
    {
        var page = await site.Open(path);
        Assert.Equal(before, page.QuerySelector("a[rel=prev]")?.GetAttribute("href"));
        Assert.Equal(after, page.QuerySelector("a[rel=next]")?.GetAttribute("href"));
    }

    [Fact]
    public async Task Facts_for_machines_are_valid_and_cannot_break_out()
    {
        using var content = new TestContentFolder();
        content.Write("a.md", Page("\"</script><script>alert(1)</script>\""));
        await using var fresh = new TestSite(content.Root);
        var page = await fresh.Open("/a");

        var data = Assert.Single(page.QuerySelectorAll("script:not([src])"));
        using var json = JsonDocument.Parse(data.TextContent);
        Assert.Equal("https://schema.org", json.RootElement.GetProperty("@context").GetString());
        Assert.Equal("</script><script>alert(1)</script>", json.RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_feed_names_pages_with_days_and_summaries()
    {
        using var browser = site.Browser();
        var feed = XDocument.Parse(
            await browser.GetStringAsync(new Uri("/feed.atom", UriKind.Relative), TestContext.Current.CancellationToken)
        );
        var entries = feed.Root!.Elements().Where(e => e.Name.LocalName == "entry").ToList();

        Assert.NotEmpty(entries);
        Assert.All(entries, e => Assert.Equal(5, e.Elements().Count()));
        Assert.Distinct(entries.Select(e => e.Elements().Single(x => x.Name.LocalName == "id").Value), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_security_contact_never_expires()
    {
        await using var later = new TestSite();
        later.Clock.Advance(TimeSpan.FromDays(400));
        using var browser = later.Browser();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var text = await browser.GetStringAsync(
                new Uri("/.well-known/security.txt", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            var expires = DateTimeOffset.Parse(
                text.Split('\n').Single(l => l.StartsWith("Expires: ", StringComparison.Ordinal))["Expires: ".Length..],
                System.Globalization.CultureInfo.InvariantCulture
            );
            Assert.InRange(expires - later.Clock.GetUtcNow(), TimeSpan.FromDays(90), TimeSpan.FromDays(366));
            later.Clock.Advance(TimeSpan.FromDays(170));
        }
    }

    [Fact]
    public async Task Pictures_are_shown_and_nothing_else_of_the_folder()
    {
        using var content = new TestContentFolder();
        Directory.CreateDirectory(Path.Combine(content.Root, "media"));
        content.Write("media/leaf.png", [0x89, 0x50]).Write("media/script.html", "<script>").Write("media/drawing.svg", "<svg/>");
        File.CreateSymbolicLink(Path.Combine(content.Root, "media", "link.png"), "/etc/hostname");
        await using var fresh = new TestSite(content.Root);
        using var browser = fresh.Browser();

        foreach (
            var (path, status) in new[]
            {
                ("/media/leaf.png", 200),
                ("/media/script.html", 404),
                ("/media/drawing.svg", 404),
                ("/media/link.png", 404),
                ("/media/..%2fhome.md", 404),
                ("/media/", 301),
            }
        )
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }
}
