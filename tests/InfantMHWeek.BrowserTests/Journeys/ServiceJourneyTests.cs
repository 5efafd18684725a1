using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>A parent at night and an organisation, each page looked at by axe, at three widths, in light and dark.</summary>
public sealed class ServiceJourneyTests(ServiceSite site, Chromium chromium) : AccessibilityTests(site, chromium)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await site.FillAsync();
    }

    static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = name });

    [Fact]
    public async Task A_parent_finds_who_helps_nearest_first_and_how_to_reach_them()
    {
        var page = await Visit();
        await page.GotoAsync("/services");
        await LookAtWidths(page, "the finder of services");
        await page.GetByLabel("Postcode or town").FillAsync("Richmond");
        await Button(page, "Find services").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("More than one place is called “Richmond”");
        await LookAtWidths(page, "a place that several bear the name of");
        await page.GetByLabel("Postcode or town").FillAsync("ls1 4ap");
        await Button(page, "Find services").First.ClickAsync();
        await Expect(page.Locator("#found-title")).ToContainTextAsync("5 services for Leeds, LS1");
        await Expect(page.Locator("main")).ToContainTextAsync("If you need help now");
        await LookAtWidths(page, "services near Leeds");

        await page.GetByRole(AriaRole.Link, new() { Name = "Parents and babies 1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "0113 496 0000" })).ToBeVisibleAsync();
        await LookAtWidths(page, "a service");
        await page.GetByRole(AriaRole.Link, new() { Name = "Report a mistake" }).ClickAsync();
        await LookAtWidths(page, "something is wrong");

        await page.GotoAsync("/services?near=ls1+4ap");
        await page.GetByRole(AriaRole.Link, new() { Name = "Parents and babies 4" }).ClickAsync();
        await Expect(page.Locator("main")).Not.ToContainTextAsync("High Street");
        await page.GotoAsync("/services/print?near=ls1+4ap");
        await LookAtWidths(page, "services to print");
        NobodyWasShutOut();
    }

    [Fact]
    public async Task An_organisation_is_led_through_every_part()
    {
        var page = await Visit();
        await page.GotoAsync("/services/offer");
        await LookAtWidths(page, "list your service");
        await page.GetByLabel("Your email address").FillAsync($"sam-{Guid.NewGuid():N}@example.org");
        while (page.Url.EndsWith("/services/offer", StringComparison.Ordinal))
            await Button(page, "Continue").ClickAsync();
        await LookAtWidths(page, "a new service");
        var draft = page.Url;
        foreach (var part in new[] { "what", "for", "touch", "where", "cost" })
        {
            await page.GotoAsync($"{draft}/{part}");
            await LookAtWidths(page, "the part " + part);
            await Button(page, "Save and continue").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
            await LookAtWidths(page, $"the part {part} with errors");
        }
        NobodyWasShutOut();
    }
}
