using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>Leaving by three presses of Shift, and by nothing else.</summary>
public sealed class ExitKeyTests(SiteUnderTest site, Chromium chromium) : LeavingTest(site, chromium)
{
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
        foreach (var key in keys.Split(' '))
            await page.Keyboard.PressAsync(key);

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
}
