using InfantMHWeek.Platform.Accounts;
using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>The page that says how the site is doing, on a phone and on a desk, in light and dark, with axe.</summary>
public sealed class SiteHealthTests(EditorSite site, Chromium chromium) : IClassFixture<EditorSite>
{
    static readonly string Axe = new Deque.AxeCore.Commons.BundledAxeScriptProvider().GetScript();

    [Theory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Everybody_can_read_it(int width, ColorScheme scheme)
    {
        await using var visit = await chromium.Browser.NewContextAsync(
            new()
            {
                BaseURL = site.Start,
                Locale = "en-GB",
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
            }
        );
        await site.SignIn(visit, "Ada", StaffRole.Administrator);
        var page = await visit.NewPageAsync();
        await page.GotoAsync("/staff/health");
        if (Environment.GetEnvironmentVariable("EVIDENCE") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"health-{width}-{scheme}.png"), FullPage = true });
        await page.EvaluateAsync(Axe);
        Assert.Empty(
            await page.EvaluateAsync<string[]>(
                "async () => { const { violations } = await axe.run(document, { resultTypes: ['violations'] }); return "
                    + "violations.flatMap(r => r.nodes.map(n => `${r.id} at ${n.target.join(' ')}: ${r.help}`)); }"
            )
        );
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways");
    }
}
