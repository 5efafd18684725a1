using System.Globalization;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>Every page, at three widths. Light and dark are two classes so that two pages are looked at at once.</summary>
public sealed class LightAccessibilityTests(SiteUnderTest site, Chromium chromium) : AccessibilityTests(site, chromium)
{
    [Theory, MemberData(nameof(SiteUnderTest.Everything), MemberType = typeof(SiteUnderTest))]
    public Task In_light_colours_nobody_is_shut_out_of(string path) => NobodyIsShutOutOf(path, ColorScheme.Light);

    [Fact]
    public async Task A_page_with_barriers_is_noticed()
    {
        var page = await Visit(width: 320);
        await page.SetContentAsync(
            """
            <!DOCTYPE html><html><head><title>Barriers</title></head><body><h1>One</h1><h1>Two</h1>
            <img src="data:,"><p style="color:#999;background:#fff;width:900px">faint and wide</p>
            <p><a href="/a" style="display:inline-block;width:9px;height:9px">a</a><a href="/b"
              style="display:inline-block;width:9px;height:9px">b</a></p></body></html>
            """
        );
        await page.EvaluateAsync(Axe);
        var found = await BarriersOn(page, "the control, 320 px");
        var inDark = await BarriersOn(page, "the control in other colours, 320 px", ColorScheme.Dark);

        Assert.All(
            ["image-alt", "color-contrast", "html-has-lang", "target-size", "scrolls sideways", "2 headings", "smaller than 24"],
            sign => Assert.Contains(found, f => f.Contains(sign, StringComparison.Ordinal))
        );
        Assert.All(["color-contrast", "scrolls sideways", "smaller than 24"], sign =>
            Assert.Contains(inDark, f => f.Contains(sign, StringComparison.Ordinal))
        );
    }
}

public sealed class DarkAccessibilityTests(SiteUnderTest site, Chromium chromium) : AccessibilityTests(site, chromium)
{
    [Theory, MemberData(nameof(SiteUnderTest.Everything), MemberType = typeof(SiteUnderTest))]
    public Task In_dark_colours_nobody_is_shut_out_of(string path) => NobodyIsShutOutOf(path, ColorScheme.Dark);
}

public abstract class AccessibilityTests(SiteUnderTest site, Chromium chromium) : BrowserTest(site, chromium)
{
    static readonly int[] Widths = [320, 768, 1280],
        PictureWidths = [360, 768, 1280, 1920];
    readonly List<string> barriers = [];

    /// <summary>
    /// axe itself, as Deque packs it. Read in once for each page and asked in the page, it takes less than half the time that their
    /// wrapper does.
    /// </summary>
    protected static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    protected async Task NobodyIsShutOutOf(string path, ColorScheme scheme)
    {
        var page = await Visit(scheme: scheme);
        await page.GotoAsync(path);
        await page.EvaluateAsync(Axe);
        var found = new List<string>();
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 800);
            found.AddRange(await BarriersOn(page, string.Create(CultureInfo.InvariantCulture, $"{path}, {width} px, {scheme}"), scheme));
        }
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>Looks at a page in light and dark, at three widths. What is found is kept for <see cref="NobodyWasShutOut"/>.</summary>
    protected async Task LookAtWidths(IPage page, string where)
    {
        await page.EvaluateAsync(Axe);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            foreach (var width in Widths)
            {
                await page.SetViewportSizeAsync(width, 900);
                barriers.AddRange(await BarriersOn(page, $"{where}, {width} px, {scheme}", scheme));
            }
        }
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
            foreach (var width in PictureWidths)
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await page.SetViewportSizeAsync(width, 900);
                var name = $"{where.Replace(' ', '-').Replace('/', '_')}-{width}-{scheme}.png";
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
            }
    }

    protected void NobodyWasShutOut() => Assert.True(barriers.Count == 0, string.Join('\n', barriers));

    /// <summary>
    /// What axe finds, and what we ask beyond it. Every page is looked at in light too, so in dark its colours are enough.
    /// </summary>
    protected static async Task<IReadOnlyList<string>> BarriersOn(IPage page, string where, ColorScheme scheme = ColorScheme.Light)
    {
        var found = await page.EvaluateAsync<string[]>(PageScripts.AxeViolations, scheme == ColorScheme.Dark);
        var ours = await page.EvaluateAsync<string[]>(PageScripts.Barriers);
        return [.. found.Concat(ours).Select(barrier => $"{where}: {barrier}")];
    }
}
