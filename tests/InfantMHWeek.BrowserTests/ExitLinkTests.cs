using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>Leaving by the link: where it stands, with script and without.</summary>
public sealed class ExitLinkTests(SiteUnderTest site, Chromium chromium) : LeavingTest(site, chromium)
{
    [Fact]
    public async Task A_click_hides_the_page_and_one_that_comes_back_can_be_read()
    {
        var page = await Visit();
        var elsewhere = await Elsewhere.For(page, Site.Start);
        await page.GotoAsync(Sensitive);
        var title = await page.TitleAsync();
        await page.Locator(".exit-link").ClickAsync();
        await elsewhere.Asked();
        await ExpectHidden(page);

        // What a browser tells a page that it brings back from its memory.
        await page.EvaluateAsync("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        await ExpectShown(page);
        await Expect(page.GetByText("Loading.")).ToHaveCountAsync(0);
        await Expect(page).ToHaveTitleAsync(title);
    }

    [Fact]
    public async Task Without_script_the_control_is_a_link_and_the_way_back_shows_the_page()
    {
        var page = await Visit(script: false);
        await Elsewhere.For(page, Site.Start, silent: false);
        await page.GotoAsync(Sensitive);
        await page.Locator(".exit-link").ClickAsync();
        await Expect(page).ToHaveTitleAsync("Weather");
        await page.GoBackAsync();
        await ExpectShown(page);
    }

    [Fact]
    public async Task Without_script_no_key_is_promised()
    {
        var page = await Visit(script: false);
        await page.GotoAsync(Sensitive);

        await Expect(page.Locator("[data-exit-keys]")).ToBeHiddenAsync();
        await Expect(page.Locator(".exit-note")).ToContainTextAsync("history");
    }

    [Fact]
    public async Task Somebody_who_cannot_see_meets_the_link_first()
    {
        var page = await Visit();
        var elsewhere = await Elsewhere.For(page, Site.Start);
        await page.GotoAsync(Sensitive);
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the main text" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        var exit = page.GetByRole(AriaRole.Link, new() { Name = "Exit this page quickly" });
        await Expect(exit).ToBeFocusedAsync();
        await Expect(exit).ToBeInViewportAsync(new() { Ratio = 1 });
        await page.Keyboard.PressAsync("Enter");
        await elsewhere.Asked();
        await ExpectHidden(page);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task The_control_stays_in_sight_to_the_end_of_the_page(int width)
    {
        var page = await Visit(width, 640);
        await page.GotoAsync(Sensitive);
        await Expect(page.Locator(".exit-link")).ToBeInViewportAsync(new() { Ratio = 1 });
        await page.EvaluateAsync("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })");
        await Expect(page.Locator(".site-foot")).ToBeInViewportAsync();
        await Expect(page.Locator(".exit-link")).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task A_page_that_is_not_sensitive_has_no_such_control()
    {
        var page = await Visit();
        var elsewhere = await Elsewhere.For(page, Site.Start);
        await page.GotoAsync(Harmless);
        await Expect(page.Locator("[data-exit]")).ToHaveCountAsync(0);
        await PressShift(page, 3);
        await ExpectShown(page);
        Assert.False(elsewhere.IsAsked);
    }
}
