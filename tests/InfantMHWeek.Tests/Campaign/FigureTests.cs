using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Campaign;

/// <summary>Figures as readers see them: a table first, a bar beside it, a source below, and a file to take away.</summary>
public sealed class FigureTests(RealSite site)
{
    [Fact]
    public async Task The_research_page_shows_every_figure_with_its_respondents_and_source()
    {
        var page = await site.Open("/research/early-trauma-2022");
        var text = page.QuerySelector("main")!.TextContent;

        foreach (var figure in new[] { "97%", "75%", "84%", "67%" })
            Assert.Contains(figure, text, StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("figure.statistics"), figure =>
        {
            Assert.NotEmpty(figure.QuerySelector("caption")!.TextContent);
            Assert.All(figure.QuerySelectorAll("thead th"), th => Assert.Equal("col", th.GetAttribute("scope")));
            Assert.All(figure.QuerySelectorAll("tbody th"), th => Assert.Equal("row", th.GetAttribute("scope")));
            Assert.Contains("Source:", figure.QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("Not known:", figure.QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_bar_is_as_long_as_its_percentage_and_hidden_from_screen_readers()
    {
        var page = await site.Open("/research/early-trauma-2022");

        Assert.NotEmpty(page.QuerySelectorAll("td.bar-cell"));
        Assert.All(page.QuerySelectorAll("td.bar-cell"), cell =>
        {
            Assert.Equal(
                cell.QuerySelector(".bar-value")!.TextContent.TrimEnd('%'),
                cell.QuerySelector(".bar-fill")!.GetAttribute("width")
            );
            Assert.Equal("true", cell.QuerySelector("svg")!.GetAttribute("aria-hidden"));
        });
    }

    [Fact]
    public async Task Each_figure_comes_as_CSV_with_its_source()
    {
        var page = await site.Open("/research/early-trauma-2022");
        using var browser = site.Browser();
        var links = page.QuerySelectorAll("a.data-link").Select(a => a.GetAttribute("href")!).ToList();

        Assert.NotEmpty(links);
        Assert.Distinct(links, StringComparer.Ordinal);
        foreach (var link in links)
        {
            using var answer = await browser.GetAsync(new Uri(link, UriKind.Relative), TestContext.Current.CancellationToken);
            var csv = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
            Assert.EndsWith("Figure,Source", csv.Split("\r\n")[0], StringComparison.Ordinal);
            Assert.Contains("Parent-Infant Foundation", csv, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cell_never_becomes_a_formula()
    {
        using var content = new TestContentFolder();
        content.Write(
            "a.md",
            Page("A", "::: statistics s1\nA caption\n\n| Who | Value |\n|---|---|\n| =1+1 | +5 |\n| -3 | @SUM |\n| \"a\", b | 5 |\n:::")
        );
        await using var fresh = new TestSite(content.Root);
        using var browser = fresh.Browser();
        var csv = await browser.GetStringAsync(new Uri("/a/a-caption.csv", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.DoesNotMatch("(^|,|\n)\"?[=+@-]", csv);
        Assert.Contains("\"\"\"a\"\", b\",5,", csv, StringComparison.Ordinal);
    }
}
