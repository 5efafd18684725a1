using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>The control that hides a sensitive page. Somebody may be looking over the reader's shoulder, so each step counts.</summary>
public abstract class LeavingTest(SiteUnderTest site, Chromium chromium) : BrowserTest(site, chromium)
{
    protected const string Sensitive = "/themes/2022",
        Harmless = "/about";

    protected static async Task PressShift(IPage page, int times)
    {
        for (var i = 0; i < times; i++)
            await page.Keyboard.PressAsync("Shift");
    }

    protected static async Task ExpectHidden(IPage page)
    {
        var seen = await page.EvaluateAsync<string>(
            "document.title + '|' + document.body.innerText.trim() + '|' + [...document.body.children].filter(e => "
                + "e.checkVisibility()).length"
        );
        Assert.Equal("Loading|Loading.|1", seen);
    }

    protected static Task ExpectShown(IPage page) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
}
