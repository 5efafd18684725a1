using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>The site with the mouse unplugged.</summary>
public sealed class KeyboardTests(SiteUnderTest site, Chromium chromium) : BrowserTest(site, chromium)
{
    [Theory]
    [InlineData("/", 1280)]
    [InlineData("/", 320)]
    [InlineData("/themes/2022", 320)]
    [InlineData("/search?q=baby", 1280)]
    public async Task Tab_visits_everything_in_reading_order_and_shows_where_it_is(string path, int width)
    {
        var page = await Visit(width, 640);
        // Smooth scrolling would move what is being measured.
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync(path);
        var all = await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('a[href], button, input, summary')].filter(e => e.checkVisibility()).map(e => e.outerHTML)"
        );
        var visited = new List<Focus>();
        for (var i = 0; i < all.Length; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            visited.Add(await page.EvaluateAsync<Focus>(FocusNow));
        }

        Assert.Equal(all, visited.Select(f => f.Html), StringComparer.Ordinal);
        Assert.Empty(visited.Where(f => !f.Outlined).Select(f => f.Html));
        Assert.Empty(visited.Where(f => !f.Seen).Select(f => f.Html));
        Assert.Equal(
            ["skip", "header", "main", "footer"],
            visited.Select(f => f.Region).Where(r => r is not "exit").Distinct(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public async Task The_skip_link_leads_past_the_menu()
    {
        var page = await Visit();
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("Tab");
        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip to the main text" });
        await Expect(skip).ToBeFocusedAsync();
        await Expect(skip).ToBeInViewportAsync(new() { Ratio = 1 });
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(Site.Start + "/#main");
        // The browser moves the focus when it next paints, which may be after the address has changed.
        await Expect(skip).Not.ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");

        var inMain = await page.EvaluateAsync<bool>("document.activeElement.closest('main') !== null");
        Assert.True(inMain, "after the skip link, the next stop is not in the main text");
    }

    /// <summary>Covered means that at none of five points of the element the element itself is on top.</summary>
    const string FocusNow = """
        () => {
          const e = document.activeElement;
          const style = getComputedStyle(e);
          const boxes = [...e.getClientRects()];
          const five = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]];
          const points = boxes.flatMap(b => five.map(([x, y]) => [b.left + b.width * x, b.top + b.height * y]));
          const onScreen = ([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
          const onTop = ([x, y]) => (top => top === e || e.contains(top))(document.elementFromPoint(x, y));
          return {
            html: e.outerHTML,
            outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
            seen: points.some(point => onScreen(point) && onTop(point)),
            region: e.closest('main') ? 'main'
              : e.closest('.masthead') ? 'header'
              : e.closest('.site-foot') ? 'footer'
              : e.closest('.exit-here') || e.matches('[data-exit]') ? 'exit'
              : 'skip',
          };
        }
        """;

    sealed record Focus
    {
        public string Html { get; init; } = "";
        public bool Outlined { get; init; }
        public bool Seen { get; init; }
        public string Region { get; init; } = "";
    }
}
