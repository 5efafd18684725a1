using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>The control that hides a sensitive page. Somebody may be looking over the reader's shoulder, so each step counts.</summary>
public sealed class ExitTests(SiteUnderTest site, Chromium chromium) : BrowserTest(site, chromium)
{
    const string Sensitive = "/themes/2022", Harmless = "/about";

    [Fact]
    public async Task Three_presses_of_Shift_hide_the_page_at_once()
    {
        var page = await Visit();
        var overheard = await Overheard.On(page.Context, Site.Start);
        var elsewhere = await Elsewhere.For(page, Site.Start);
        await page.GotoAsync(Sensitive);
        await PressShift(page, 3);

        var request = await elsewhere.Asked();
        Assert.Equal(await page.Locator(".exit-link").GetAttributeAsync("href"), request.Url);
        Assert.DoesNotContain("referer", await request.AllHeadersAsync());
        await ExpectHidden(page);
        Assert.DoesNotContain(overheard.Said, said => said.Contains("policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_way_back_does_not_lead_to_the_page_that_was_left()
    {
        var page = await Visit();
        await Elsewhere.For(page, Site.Start, silent: false);
        await page.GotoAsync("/");
        await page.GotoAsync(Sensitive);
        await PressShift(page, 3);
        await Expect(page).ToHaveTitleAsync("Weather");
        await page.GoBackAsync();

        await Expect(page).ToHaveURLAsync(Site.Start + "/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }

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

    [Theory]
    [InlineData("Shift Shift")]
    [InlineData("Shift Shift Tab Shift")]
    [InlineData("Shift+A Shift+B Shift+C")]
    [InlineData("Control+Shift Control+Shift Control+Shift")]
    public async Task Other_keys_do_not_leave(string keys)
    {
        var page = await Visit();
        var elsewhere = await Elsewhere.For(page, Site.Start);
        await page.GotoAsync(Sensitive);
        foreach (var key in keys.Split(' ')) await page.Keyboard.PressAsync(key);

        await ExpectShown(page);
        Assert.False(elsewhere.IsAsked);
    }

    [Fact]
    public async Task Slow_presses_do_not_leave_and_quick_ones_do()
    {
        var page = await Visit();
        var elsewhere = await Elsewhere.For(page, Site.Start);
        await page.Clock.InstallAsync();
        await page.GotoAsync(Sensitive);
        var status = page.Locator("[data-exit-status]");
        for (var press = 0; press < 3; press++)
        {
            await PressShift(page, 1);
            await Expect(status).ToHaveTextAsync("Shift, press 2 more times to leave this page.");
            await page.Clock.FastForwardAsync(5001);
            await Expect(status).ToHaveTextAsync("Leaving by Shift has timed out.");
        }
        await ExpectShown(page);
        Assert.False(elsewhere.IsAsked);

        // The control: the same presses within five seconds.
        await PressShift(page, 2);
        await page.Clock.FastForwardAsync(2000);
        await PressShift(page, 1);
        await elsewhere.Asked();
        await ExpectHidden(page);
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

    static async Task PressShift(IPage page, int times)
    {
        for (var i = 0; i < times; i++) await page.Keyboard.PressAsync("Shift");
    }

    static async Task ExpectHidden(IPage page)
    {
        var seen = await page.EvaluateAsync<string>("document.title + '|' + document.body.innerText.trim() + '|' + [...document.body.children].filter(e => e.checkVisibility()).length");
        Assert.Equal("Loading|Loading.|1", seen);
    }

    static Task ExpectShown(IPage page) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
}
