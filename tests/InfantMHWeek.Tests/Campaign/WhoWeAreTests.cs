using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Campaign;

/// <summary>Who runs the site is said everywhere as soon as somebody has said it, and nothing false before.</summary>
[OneStore("the content says it; the store is asked for nothing")]
public sealed class WhoWeAreTests
{
    const string Charity = "The Baby Trust";

    [Fact]
    public async Task Until_it_is_set_nothing_is_said_and_staff_are_asked_for_it()
    {
        using var content = Content("name: A\norganisation:\n  name:\n  charity-number:\n");
        await using var site = new TestSite(content.Root);

        foreach (var path in new[] { "/", "/about", "/privacy" })
        {
            var page = await site.Open(path);
            Assert.DoesNotContain("charity", page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("run by", page.Body.TextContent, StringComparison.OrdinalIgnoreCase);
        }
        Assert.DoesNotContain("charity", Mail(site), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Who we are", await Launch(site, StaffRole.Administrator), StringComparison.Ordinal);
        Assert.Equal("", await Launch(site, StaffRole.Author));
    }

    [Fact]
    public async Task When_it_is_set_pages_mails_and_machines_say_it()
    {
        using var content = Content(
            $"name: A\norganisation:\n  name: {Charity}\n  charity-number: \"1234567\"\n  address: 1 High Street, Leeds\n"
                + "  data-controller: Its board\n"
        );
        await using var site = new TestSite(content.Root);

        Assert.Contains(
            $"{Charity}, registered charity 1234567, 1 High Street, Leeds",
            (await site.Open("/")).QuerySelector(".site-foot")!.TextContent,
            StringComparison.Ordinal
        );
        foreach (var path in new[] { "/about", "/privacy" })
        {
            var page = await site.Open(path);
            Assert.Contains("Its board", page.QuerySelector("main dl")!.TextContent, StringComparison.Ordinal);
            var facts = System.Text.Json.Nodes.JsonNode.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent)!;
            Assert.Equal(Charity, (string?)facts["publisher"]!["name"]);
            Assert.Equal("Home", (string?)facts["mainEntityOfPage"]!["breadcrumb"]!["itemListElement"]![0]!["name"]);
        }
        Assert.Contains("registered charity 1234567", Mail(site), StringComparison.Ordinal);
        Assert.DoesNotContain("Who we are", await Launch(site, StaffRole.Administrator), StringComparison.Ordinal);
    }

    static TestContentFolder Content(string identity) =>
        new TestContentFolder().Write("site.yml", identity).Write("privacy.md", Page("Privacy"));

    static string Mail(TestSite site) => site.Services.GetRequiredService<IMailWordings>().Find("test").Markdown;

    static async Task<string> Launch(TestSite site, string role)
    {
        using var browser = await site.SignedIn(role);
        using var answer = await browser.GetAsync(new Uri("/staff", UriKind.Relative), TestContext.Current.CancellationToken);
        return (await TestSite.Read(answer)).QuerySelector("[aria-labelledby=launch-title]")?.TextContent ?? "";
    }
}
