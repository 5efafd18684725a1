using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>Paper, strong magnification, the reader's own colours: the page is shown otherwise and says the same.</summary>
public sealed class DisplayTests(SiteUnderTest site, Chromium chromium) : BrowserTest(site, chromium)
{
    const string Sensitive = "/themes/2022";

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task On_paper_there_is_the_text_and_where_its_links_lead(ColorScheme scheme)
    {
        var page = await Visit(scheme: scheme);
        await page.GotoAsync(Sensitive);
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var part in new[] { ".menu", "search", ".breadcrumbs", ".exit-link", ".exit-note", ".skip", ".contents" })
        foreach (var element in await page.Locator(part).AllAsync())
            await Expect(element).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(page.Locator(".help-box a[href='tel:999']").First).ToBeVisibleAsync();

        var links = await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.prose a[href^=http]')].filter(a => !getComputedStyle(a, "
                + "'::after').content.includes(a.getAttribute('href'))).map(a => a.outerHTML)"
        );
        Assert.True(links.Length == 0, "printed without their address: " + string.Join(", ", links));
        Assert.NotEqual(0, await page.Locator(".prose a[href^=http]").CountAsync());
        Assert.Equal(("rgb(255, 255, 255)", "rgb(0, 0, 0)"), await Colours(page));
    }

    [Theory]
    [InlineData("/")]
    [InlineData(Sensitive)]
    [InlineData("/research/early-trauma-2022")]
    [InlineData("/support")]
    [InlineData("/search?q=baby")]
    public async Task At_400_per_cent_nothing_is_lost(string path)
    {
        var page = await Visit();
        await page.GotoAsync(path);
        var words = await Words(page);
        await page.SetViewportSizeAsync(320, 256);

        Assert.Equal(words, await Words(page));
        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        foreach (var link in await page.Locator(".menu a").AllAsync())
            await Expect(link).ToBeVisibleAsync();
        await Expect(page.Locator(".menu a[href='/search']")).ToBeVisibleAsync();
        var covered = await page.EvaluateAsync<double>(
            "[...document.querySelectorAll('body *')].filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position) && "
                + "e.checkVisibility()).reduce((sum, e) => sum + e.offsetHeight, 0) / innerHeight"
        );
        Assert.True(covered <= 1 / 3.0, $"what stays in place takes {covered:P0} of the window");
    }

    [Fact]
    public async Task Nothing_moves_for_those_who_asked_for_stillness()
    {
        var page = await Visit();
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync(Sensitive);

        Assert.Equal("auto", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).scrollBehavior"));
        Assert.Equal(
            0,
            await page.EvaluateAsync<int>(
                "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0 || "
                    + "getComputedStyle(e).animationName !== 'none').length"
            )
        );
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task In_forced_colours_bars_buttons_and_focus_can_be_seen(ColorScheme scheme)
    {
        var page = await Visit(scheme: scheme);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await page.GotoAsync(Sensitive);
        Assert.True(await page.EvaluateAsync<bool>("matchMedia('(forced-colors: active)').matches"));

        var bars = await page.EvaluateAsync<Bar[]>(
            """
            [...document.querySelectorAll('.bar')].map(bar => ({
              fill: getComputedStyle(bar.querySelector('.bar-fill')).fill, track: getComputedStyle(bar.querySelector('.bar-track')).fill,
              paper: getComputedStyle(document.documentElement).backgroundColor, border: getComputedStyle(bar).borderTopStyle,
              width: bar.querySelector('.bar-fill').getBoundingClientRect().width }))
            """
        );
        Assert.NotEmpty(bars);
        Assert.All(bars, bar =>
            Assert.True(bar.Fill != bar.Track && bar.Fill != bar.Paper && bar.Border == "solid" && bar.Width > 0, bar.ToString())
        );
        var borders = await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.exit-link, button, .content-note')].filter(e => e.checkVisibility()).map(e => "
                + "getComputedStyle(e).borderTopStyle)"
        );
        Assert.All(borders, style => Assert.Equal("solid", style));
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("solid", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
    }

    [Fact]
    public async Task Dark_and_light_differ_and_each_matches_the_colour_around_the_page()
    {
        var light = await Visit(scheme: ColorScheme.Light);
        var dark = await Visit(scheme: ColorScheme.Dark);
        foreach (var page in new[] { light, dark })
        {
            await page.GotoAsync("/");
            var same = await page.EvaluateAsync<bool>(
                """
                () => {
                  const probe = document.createElement('i');
                  const colours = [...document.querySelectorAll('meta[name=theme-color]')];
                  probe.style.color = colours.find(m => matchMedia(m.media).matches).content;
                  document.body.append(probe);
                  const [around, paper] = [getComputedStyle(probe).color, getComputedStyle(document.documentElement).backgroundColor];
                  probe.remove();
                  return around === paper;
                }
                """
            );
            Assert.True(same, "the browser's own bar has another colour than the page");
        }
        var (lightPaper, lightInk) = await Colours(light);
        var (darkPaper, darkInk) = await Colours(dark);
        Assert.NotEqual(lightPaper, darkPaper, StringComparer.Ordinal);
        Assert.NotEqual(lightInk, darkInk, StringComparer.Ordinal);
    }

    /// <summary>
    /// All the text; small screens fold the list of contents, which says nothing that the headings do not.
    /// </summary>
    static Task<string> Words(IPage page) =>
        page.EvaluateAsync<string>(
            """
            () => {
              const shortcuts = [...document.querySelectorAll('.contents, .fold')].filter(s => s.checkVisibility());
              const words = ['main', '.site-foot', '.exit-here'].map(part => document.querySelector(part)?.innerText ?? '').join(' ');
              return shortcuts.reduce((all, s) => all.replace(s.innerText, ''), words).replace(/\s+/g, ' ');
            }
            """
        );

    static async Task<(string Paper, string Ink)> Colours(IPage page)
    {
        var both = await page.EvaluateAsync<string[]>(
            "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.querySelector('h1')).color]"
        );
        return (both[0], both[1]);
    }

    sealed record Bar
    {
        public string Fill { get; init; } = "";
        public string Track { get; init; } = "";
        public string Paper { get; init; } = "";
        public string Border { get; init; } = "";
        public double Width { get; init; }
    }
}
