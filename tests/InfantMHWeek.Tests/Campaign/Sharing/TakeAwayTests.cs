using System.Net;
using System.Xml.Linq;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Sharing;
using SkiaSharp;

namespace InfantMHWeek.Tests.Campaign.Sharing;

/// <summary>What people take away to share: pictures of facts, the logo and the scenes.</summary>
public sealed class TakeAwayTests(RealSite site)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_fact_to_quote_has_its_source_and_a_picture()
    {
        var facts = (await site.Open("/take-part")).QuerySelectorAll("figure.statistic");
        Assert.NotEmpty(facts);
        using var browser = site.Browser();
        var drawn = new List<byte[]>();
        foreach (var fact in facts)
        {
            Assert.Contains("Source: ", fact.TextContent, StringComparison.Ordinal);
            var picture = await browser.GetByteArrayAsync(
                new Uri(fact.QuerySelector("a.data-link")!.GetAttribute("href")!, UriKind.Relative),
                Cancel
            );
            using var read = SKBitmap.Decode(picture);
            Assert.Equal((FactTile.Side, FactTile.Side), (read.Width, read.Height));
            drawn.Add(picture);
        }
        Assert.Distinct(drawn.Select(Convert.ToHexString), StringComparer.Ordinal);
        using var missing = await browser.GetAsync(new Uri($"/share/take-part/fact-{facts.Length + 1}.png", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task The_logo_and_the_scenes_stand_alone_with_their_licence()
    {
        var named = (await site.Open("/take-part")).QuerySelectorAll("a[href$='.svg']").Select(a => a.GetAttribute("href")!);
        Assert.Equal(ProgramPages.Drawings.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        using var browser = site.Browser();
        foreach (var path in ProgramPages.Drawings)
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType!.MediaType);
            var drawing = XDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).Root!;
            Assert.Equal("http://www.w3.org/2000/svg", drawing.Name.NamespaceName);
            Assert.Contains("MIT licence", drawing.Elements().First().Value, StringComparison.Ordinal);
            // Nothing in it needs the style sheet.
            Assert.DoesNotContain(drawing.Descendants(), e => e.Attribute("class") is not null || e.Attribute("style") is not null);
        }
        using var none = await browser.GetAsync(new Uri("/take-part/drawings/appsettings.svg", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task The_feed_holds_what_is_new_and_no_page_that_is_always_there()
    {
        using var browser = site.Browser();
        var entries = XDocument
            .Parse(await browser.GetStringAsync(new Uri("/feed.atom", UriKind.Relative), Cancel))
            .Root!.Elements()
            .Where(e => e.Name.LocalName == "entry")
            .Select(e => e.Elements().Single(x => x.Name.LocalName == "id").Value)
            .ToList();
        Assert.Contains("https://week.example/research/early-trauma-2022", entries);
        Assert.Contains("https://week.example/themes/2022", entries);
        Assert.DoesNotContain("https://week.example/privacy", entries);
    }
}
