using System.Net;
using AngleSharp.Dom;
using InfantMHWeek.Campaign.Content;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Campaign;

/// <summary>Whom to call, by what it is about and where: every answer has an address of its own, and 999 stands above each.</summary>
public sealed class SupportFinderTests(RealSite site)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> Topics => SupportTopics.All.Select(t => new TheoryDataRow<string>(t.Name));

    [Theory]
    [MemberData(nameof(Topics))]
    public async Task Each_topic_has_lines_in_every_nation_and_none_of_another(string topic)
    {
        var services = site.Library.Current.Registers.Support;
        foreach (var (nation, label) in Nations.All)
        {
            var page = await site.Open($"/support/{topic}/{nation}");
            var lines = page.QuerySelectorAll(".help-now li").Select(l => l.QuerySelector("strong")!.TextContent.Trim()).ToList();
            Assert.Equal("Emergency services", lines[0]);
            Assert.True(lines.Count > 1, $"{topic} in {label} has nobody to turn to");
            Assert.DoesNotContain(services.Where(s => !s.IsIn(label)).Select(s => s.Name), name =>
                lines.Contains(name, StringComparer.Ordinal)
            );
            Assert.Equal($"https://week.example/support/{topic}/{nation}", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
            Assert.NotNull(page.QuerySelector(".exit"));
        }
    }

    /// <summary>At two in the morning most lines are closed.</summary>
    [Theory]
    [InlineData("not-safe")]
    [InlineData("very-low")]
    [InlineData("crying")]
    [InlineData("hurt")]
    [InlineData("loss")]
    [InlineData("father")]
    public async Task At_any_hour_somebody_answers_beside_999(string topic)
    {
        foreach (var (nation, _) in Nations.All)
        {
            var page = await site.Open($"/support/{topic}/{nation}");
            var open = page.QuerySelector(".help-now")!.QuerySelectorAll("li");
            Assert.True(open.Length > 1, $"{topic} in {nation} has only 999 at night");
            Assert.All(open.Skip(1), l => Assert.Contains("day and night", l.TextContent, StringComparison.Ordinal));
            // There is no 111 in Northern Ireland.
            Assert.Equal(
                nation == "northern-ireland" || topic is "hurt" or "loss",
                page.QuerySelector(".help-now a[href='tel:111']") is null
            );
        }
    }

    [Fact]
    public async Task Who_is_hurt_can_write_quietly_in_every_nation_and_finds_the_way_back()
    {
        foreach (var (nation, _) in Nations.All)
            Assert.NotEmpty((await site.Open($"/support/hurt/{nation}")).QuerySelectorAll(".help-now a[href^=http].button"));
        var page = await site.Open("/support/hurt");
        Assert.Equal(4, page.QuerySelectorAll(".help-now a[href^=http].button").Length);
        Assert.NotNull(page.QuerySelector("main a[href='/using-this-site-privately']"));
    }

    [Fact]
    public async Task What_is_no_topic_or_no_nation_is_not_found()
    {
        using var browser = site.Browser();
        foreach (var path in new[] { "/support/nothing", "/support/crying/france", "/support/crying/scotland/edinburgh" })
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Readers_hear_no_doubts_about_our_work_and_staff_do()
    {
        using var content = new TestContentFolder();
        content.Write("support.md", Page("Get support", "::: help\n:::", "sensitive: yes"));
        content.Write("support.yml", "one:\n  name: A line\n  phone: \"123\"\n  text: HELLO to 456\n  about: crying\n");
        await using var here = new TestSite(content.Root);
        var page = await here.Open("/support");
        Assert.DoesNotContain("checked", page.QuerySelector("main")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("sms:456?body=HELLO", page.QuerySelector(".help-lines a[href^='sms:']")!.GetAttribute("href"));
        content.Write("support.yml", "one:\n  name: A line\n  text: 07700 900123\n  about: crying\n");
        here.Library.Refresh(openAll: true);
        page = await here.Open("/support");
        Assert.Equal("sms:07700900123", page.QuerySelector(".help-lines a[href^='sms:']")!.GetAttribute("href"));
        content.Write("support.yml", "one:\n  name: A line\n  phone: \"123\"\n  about: crying, sky\n");
        here.Library.Refresh(openAll: true);
        Assert.Contains(here.Library.Faults, f =>
            f.Message.Contains("\"sky\" is nothing that help is sorted by", StringComparison.Ordinal)
        );
    }
}
