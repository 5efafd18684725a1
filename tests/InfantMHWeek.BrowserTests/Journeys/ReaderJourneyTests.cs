using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>What people come for. Each journey is made twice: every part of it works without script.</summary>
public sealed class ReaderJourneyTests(SiteUnderTest site, Chromium chromium) : BrowserTest(site, chromium)
{
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_goes_from_the_theme_through_the_years_to_the_figures(bool script)
    {
        var page = await Visit(script: script);
        await page.GotoAsync("/");
        await page.Locator(".theme-band").GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Who is holding the baby?");
        var featured = new Uri(page.Url).AbsolutePath;

        await page.Locator("a[rel=prev]").ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(Site.Start + featured);
        await Expect(page).ToHaveURLAsync(PagePath("/themes/[0-9]{4}"));
        await page.Locator("a[rel=next]").ClickAsync();
        await Expect(page).ToHaveURLAsync(Site.Start + featured);

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })
            .GetByRole(AriaRole.Link, new() { Name = "Research" })
            .ClickAsync();
        await page.Locator(".archive a").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(PagePath("/research/.+"));

        var figure = page.Locator("figure.statistics").First;
        var written = await figure
            .Locator("tbody tr")
            .First.EvaluateAsync<string>(
                "row => row.querySelector('th').textContent.trim() + ',' + row.querySelector('.bar-value').textContent.trim()"
            );
        var download = await page.RunAndWaitForDownloadAsync(() => figure.Locator("a[href$='.csv']").ClickAsync());
        await using var file = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(file);

        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains(written, await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>
    /// Somebody who is frightened does not scroll to the first number; in pixels from the top of the page, on a small phone.
    /// </summary>
    [Fact]
    public async Task The_numbers_that_fit_most_are_on_the_first_screens_of_support()
    {
        var page = await Visit(360);
        await page.GotoAsync("/support");
        async Task<double> Top(string link) =>
            await page.Locator($"a[href='{link}']").First.EvaluateAsync<double>("e => e.getBoundingClientRect().top + scrollY");
        Assert.InRange(await Top("tel:999"), 0, 400);
        Assert.InRange(await Top("tel:116123"), 0, 900);
        Assert.InRange(await Top("tel:08082000247"), 0, 900);

        await page.GetByRole(AriaRole.Link, new() { Name = "My baby cries and cries" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Call 0800 448 0737" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Scotland" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Call 08000 28 22 33" })).ToBeVisibleAsync();
        Assert.InRange(await Top("tel:999"), 0, 500);
    }

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 1280)]
    [InlineData(true, 320)]
    [InlineData(false, 320)]
    public async Task Words_find_a_page_and_it_opens(bool script, int width)
    {
        var page = await Visit(width, script: script);
        await page.GotoAsync("/");
        // Small screens have a link to the search where wide ones have its form.
        if (width < 1024)
            await page.GetByRole(AriaRole.Link, new() { Name = "Search", Exact = true }).ClickAsync();
        var words = page.GetByRole(AriaRole.Searchbox);
        await words.FillAsync("early relationships");
        await words.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(Site.Start + "/search?q=early+relationships");

        var first = page.Locator(".results li").First;
        await Expect(first.Locator("mark").First).ToHaveTextAsync(new Regex("^[Ee]arly$|^[Rr]elationships?$", RegexOptions.None, Moment));
        await Expect(words).ToHaveValueAsync("early relationships");
        var title = await first.GetByRole(AriaRole.Link).InnerTextAsync();
        await first.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_slip_of_the_finger_is_met_with_a_suggestion_that_works(bool script)
    {
        var page = await Visit(script: script);
        await page.GotoAsync("/search");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("truama");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "trauma", Exact = true }).ClickAsync();

        await Expect(page).ToHaveURLAsync(Site.Start + "/search?q=trauma");
        await Expect(page.Locator(".results li mark").First).ToHaveTextAsync(new Regex("^[Tt]rauma", RegexOptions.None, Moment));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sensitive_article_warns_first_offers_help_and_lets_the_reader_choose(bool script)
    {
        var page = await Visit(script: script);
        await page.GotoAsync("/understanding-early-trauma");
        var note = page.Locator(".content-note");
        await Expect(note).ToBeInViewportAsync();
        await Expect(page.Locator(".help-box").First.Locator(".emergency a[href='tel:999']")).ToBeVisibleAsync();

        await note.Locator("a[href='#text']").ClickAsync();
        await Expect(page.Locator("#text")).ToBeInViewportAsync();
        var contents = page.Locator(".contents a");
        var target = await contents.Last.GetAttributeAsync("href");
        await contents.Last.ClickAsync();
        await Expect(page.Locator(target!)).ToBeInViewportAsync();
        await note.GetByRole(AriaRole.Link, new() { Name = "Find support instead" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(Site.Start + "/support");
    }

    [Fact]
    public async Task A_reader_hands_a_page_on_by_its_address_or_by_an_app()
    {
        var page = await Visit(width: 320);
        var overheard = await Overheard.On(page.Context, Site.Start);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.AddInitScriptAsync(
            "navigator.share = shared => { window.shared = shared.url; return Promise.reject(new DOMException('closed', 'AbortError')); }"
        );
        await page.GotoAsync("/about");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the address" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Address copied" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Share with an app" }).ClickAsync();

        Assert.Equal(Site.Start + "/about", await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Equal(Site.Start + "/about", await page.EvaluateAsync<string>("window.shared"));
        Assert.Empty(overheard.Said);
    }

    [Fact]
    public async Task Without_script_a_page_is_handed_on_by_links()
    {
        var page = await Visit(width: 320, script: false);
        await page.GotoAsync("/about");
        await Expect(page.Locator(".share button")).ToHaveCountAsync(0);
        await Expect(page.Locator(".share a[href^='mailto:']"))
            .ToHaveAttributeAsync("href", new Regex(Regex.Escape(Uri.EscapeDataString(Site.Start + "/about")), RegexOptions.None, Moment));
    }

    Regex PagePath(string pattern) => new("^" + Regex.Escape(Site.Start) + pattern + "$", RegexOptions.None, Moment);
}
