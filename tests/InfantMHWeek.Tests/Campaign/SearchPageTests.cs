using System.Net;

namespace InfantMHWeek.Tests.Campaign;

public sealed class SearchPageTests(RealSite site)
{
    [Fact]
    public async Task Words_lead_to_pages_with_the_words_marked()
    {
        var page = await site.Open("/search?q=early+relationships");

        Assert.Contains(page.QuerySelectorAll("main a"), a => a.GetAttribute("href") == "/research/early-trauma-2022");
        Assert.NotEmpty(page.QuerySelectorAll("main mark"));
        Assert.Contains(page.QuerySelectorAll("main h3"), h => h.TextContent == "Early trauma and the importance of early relationships");
        Assert.Equal("early relationships", page.QuerySelector("input[name=q]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_slip_of_the_finger_gets_a_suggestion_that_works()
    {
        var page = await site.Open("/search?q=early+truama");
        var suggestion = page.QuerySelectorAll("main a")
            .Select(a => a.GetAttribute("href")!)
            .First(h => h.StartsWith("/search?q=", StringComparison.Ordinal));

        Assert.Equal("early trauma", WebUtility.UrlDecode(suggestion["/search?q=".Length..]));
        Assert.NotEmpty((await site.Open(suggestion)).QuerySelectorAll("main mark"));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("\" OR 1=1 --")]
    [InlineData("NEAR(a b) AND *")]
    [InlineData("title:^\"")]
    [InlineData("👶🏽 %_")]
    public async Task Whatever_is_typed_is_only_words(string words)
    {
        var page = await site.Open("/search?q=" + Uri.EscapeDataString(words));

        Assert.Equal(words, page.QuerySelector("input[name=q]")!.GetAttribute("value"));
        Assert.Empty(page.QuerySelectorAll("main script, main img"));
    }

    [Fact]
    public async Task Too_many_words_are_cut_and_not_refused()
    {
        var page = await site.Open("/search?q=" + new string('a', 3000));
        Assert.Equal(200, page.QuerySelector("input[name=q]")!.GetAttribute("value")!.Length);
    }

    [Fact]
    public async Task A_new_page_is_found_and_a_removed_one_is_not()
    {
        using var content = new TestContentFolder();
        content.Write("lullaby.md", TestContentFolder.Page("Lullabies", "A song about sleeping otters."));
        await using var fresh = new TestSite(content.Root);

        Assert.Contains((await fresh.Open("/search?q=otter")).QuerySelectorAll("main a"), a => a.GetAttribute("href") == "/lullaby");
        content.Delete("lullaby.md");
        fresh.Library.Refresh(openAll: false);
        Assert.DoesNotContain((await fresh.Open("/search?q=otter")).QuerySelectorAll("main a"), a => a.GetAttribute("href") == "/lullaby");
    }

    [Fact]
    public async Task An_unknown_address_suggests_what_was_meant()
    {
        var page = await site.Open("/abuot");
        Assert.Contains(page.QuerySelectorAll("main a"), a => a.GetAttribute("href") == "/about");
        Assert.NotNull(page.QuerySelector("form[action='/search']"));
    }
}
