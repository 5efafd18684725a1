using InfantMHWeek.Platform.Accounts;
using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>Staff at work on pages, in a real browser, with axe at each step.</summary>
public sealed class EditorJourneyTests(EditorSite site, Chromium chromium) : IClassFixture<EditorSite>
{
    async Task<IPage> Staff(string name, string role = StaffRole.Publisher, bool script = true, int width = 1280)
    {
        var visit = await chromium.Browser.NewContextAsync(new() { BaseURL = site.Start, Locale = "en-GB", TimezoneId = "Europe/London", JavaScriptEnabled = script, ViewportSize = new() { Width = width, Height = 900 } });
        await site.SignIn(visit, name, role);
        var page = await visit.NewPageAsync();
        page.Console += (_, said) => { if (said.Type == "error") Assert.Fail($"{page.Url}: {said.Text}"); };
        return page;
    }

    static readonly string Axe = new Deque.AxeCore.Commons.BundledAxeScriptProvider().GetScript();

    static async Task Check(IPage page, bool script = true)
    {
        if (Environment.GetEnvironmentVariable("EVIDENCE") is { Length: > 0 } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{DateTime.UtcNow:HHmmssfff}.png"), FullPage = true });
        if (!script) return;
        await page.EvaluateAsync(Axe);
        // The frame shows a public page, which has tests of its own, and it runs no script: axe would wait for it in vain.
        var found = await page.EvaluateAsync<string[]>("async () => { const { violations } = await axe.run(document, { iframes: false, resultTypes: ['violations'] }); return violations.flatMap(r => r.nodes.map(n => `${r.id} at ${n.target.join(' ')}: ${r.help}`)); }");
        Assert.True(found.Length == 0, page.Url + ": " + string.Join("; ", found));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), page.Url + " scrolls sideways");
    }

    [Fact]
    public async Task Edit_preview_publish_and_the_reader_sees_it()
    {
        var page = await Staff("Ana");
        await page.GotoAsync("/staff/pages");
        await Check(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "About the week" }).First.ClickAsync();
        var text = page.Locator("#Form_Body");
        await Assertions.Expect(page.FrameLocator("iframe").Locator("h1")).ToBeVisibleAsync();
        await text.PressAsync("Control+End");
        await page.Keyboard.TypeAsync("\nWords from a browser.\n");
        await Assertions.Expect(page.FrameLocator("iframe").Locator("#text")).ToContainTextAsync("Words from a browser.");
        await Assertions.Expect(page.Locator("#kept")).ToContainTextAsync("Draft kept");
        await text.PressAsync("Control+End");
        await page.Keyboard.TypeAsync("\n[bad](/nowhere)\n");
        await Assertions.Expect(page.Locator("#faults")).ToContainTextAsync("/nowhere");
        await page.Locator("#faults a", new() { HasText = "/nowhere" }).ClickAsync();
        Assert.Contains("[bad](/nowhere)", await page.EvaluateAsync<string>("(() => { const t = document.getElementById('Form_Body'); return t.value.split('\\n')[t.value.slice(0, t.selectionStart).split('\\n').length - 1]; })()"), StringComparison.Ordinal);
        await Check(page);
        await text.EvaluateAsync("t => { t.value = t.value.replace('[bad](/nowhere)\\n', ''); }");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Published.", new() { Exact = true })).ToBeVisibleAsync();
        await Check(page);
        await page.GotoAsync("/about");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Words from a browser.");
    }

    [Fact]
    public async Task Two_editors_in_conflict_without_script()
    {
        var (ana, ben) = (await Staff("Ana", script: false), await Staff("Ben", script: false, width: 320));
        foreach (var page in (IPage[])[ana, ben]) await page.GotoAsync("/staff/pages/edit?file=privacy.md");
        await Check(ben, script: false);
        async Task Publish(IPage page, string words)
        {
            var text = page.Locator("#Form_Body");
            await text.FillAsync(words + (await text.InputValueAsync())[1..]);
            await page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        }

        await Publish(ben, "\nBen was here. ");
        await Publish(ana, "\nAna was here. ");
        await Assertions.Expect(ana.GetByRole(AriaRole.Alert)).ToContainTextAsync("Ben changed the same place");
        Assert.Contains("Ana was here.", await ana.Locator("#Form_Body").InputValueAsync(), StringComparison.Ordinal);
        Assert.Contains("Ben was here.", await ana.Locator("#theirs").InputValueAsync(), StringComparison.Ordinal);
        await Check(ana, script: false);
        await ana.GotoAsync("/staff/pages/history?file=privacy.md");
        await Check(ana, script: false);
    }

    [Fact]
    public async Task Schedule_and_time_travel()
    {
        var page = await Staff("Ana");
        await page.GotoAsync("/staff/pages/edit?file=accessibility.md");
        var text = page.Locator("#Form_Body");
        await text.FillAsync(await text.InputValueAsync() + "\nLater words.\n");
        await page.GetByText("Publish it later").ClickAsync();
        await page.GetByLabel("When?").FillAsync("2031-06-08 09:00");
        await Check(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan this change" }).ClickAsync();
        await Check(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "See it" }).ClickAsync();
        await Assertions.Expect(page.Locator(".as-of-bar")).ToContainTextAsync("as of 8 June 2031");
        await Assertions.Expect(page.Locator("#text")).ToContainTextAsync("Later words.");
        await Check(page);
        await page.GotoAsync("/accessibility");
        await Assertions.Expect(page.Locator("#text")).Not.ToContainTextAsync("Later words.");
    }

    [Fact]
    public async Task Move_with_redirect()
    {
        var page = await Staff("Ana");
        await page.GotoAsync("/staff/pages/move?file=contact.md");
        await Check(page);
        await page.GetByLabel("New file name").FillAsync("write-to-us.md");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Moved.");
        await Check(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Let all of them lead" }).ClickAsync();
        await page.GotoAsync("/staff/pages/new");
        await Check(page);
        await page.GotoAsync("/staff/pages/as-of");
        await Check(page);
        await page.GotoAsync("/staff");
        await Check(page);
    }
}
