using System.Net;

namespace InfantMHWeek.Tests.Staff;

/// <summary>How the first person comes in: by a command at the server.</summary>
public sealed class InviteCommandTests
{
    [Fact]
    public async Task The_first_administrator_is_invited_at_the_shell_and_the_link_opens()
    {
        await using var site = new TestSite();
        using var browser = site.Browser();
        var (code, output, errors) = await SiteProgram.Run(
            "staff",
            "invite",
            "ada@week.example",
            "--role",
            "administrator",
            $"--Data:Path={site.DataPath}",
            $"--ConnectionStrings:Site={site.Store}",
            "--Site:BaseUrl=https://week.example"
        );
        Assert.Equal((0, ""), (code, errors));
        var link = output.Split('\n').Single(l => l.StartsWith("https://week.example/staff/join/", StringComparison.Ordinal));

        using var page = await browser.GetAsync(new Uri(link), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(
            "ada@week.example",
            await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("ada@week.example")]
    [InlineData("ada@week.example", "--role", "emperor")]
    [InlineData("not an address", "--role", "author")]
    public async Task Wrong_usage_is_explained(params string[] words)
    {
        var (code, _, errors) = await SiteProgram.Run(["staff", "invite", .. words]);
        Assert.Equal(2, code);
        Assert.Contains("The roles are: author, publisher", errors, StringComparison.Ordinal);
    }
}
