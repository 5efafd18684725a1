using InfantMHWeek.Platform.Accounts;
using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>Staff at work on pages, in a real browser, with axe at each step.</summary>
public sealed class EditorJourneyTests(EditorSite site, Chromium chromium) : IClassFixture<EditorSite>
{
    async Task<IPage> Staff(string name, string role = StaffRole.Publisher, bool script = true, int width = 1280)
    {
        var visit = await chromium.Browser.NewContextAsync(
            new()
            {
                BaseURL = site.Start,
                Locale = "en-GB",
                TimezoneId = "Europe/London",
                JavaScriptEnabled = script,
                ViewportSize = new() { Width = width, Height = 900 },
            }
        );
        await site.SignIn(visit, name, role);
        var page = await visit.NewPageAsync();
        page.Console += (_, said) =>
        {
            if (said.Type == "error")
                Assert.Fail($"{page.Url}: {said.Text}");
        };
        return page;
    }

    static readonly string Axe = new Deque.AxeCore.Commons.BundledAxeScriptProvider().GetScript();

    static async Task Check(IPage page, bool script = true)
    {
        if (Environment.GetEnvironmentVariable("EVIDENCE") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{DateTime.UtcNow:HHmmssfff}.png"), FullPage = true });
        if (!script)
            return;
        await page.EvaluateAsync(Axe);
        // The frame shows a public page, which has tests of its own, and it runs no script: axe would wait for it in vain.
        var found = await page.EvaluateAsync<string[]>(
            "async () => { const { violations } = await axe.run(document, { iframes: false, resultTypes: ['violations'] }); return "
                + "violations.flatMap(r => r.nodes.map(n => `${r.id} at ${n.target.join(' ')}: ${r.help}`)); }"
        );
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
        Assert.Contains(
            "[bad](/nowhere)",
            await page.EvaluateAsync<string>(
                "(() => { const t = document.getElementById('Form_Body'); return t.value.split('\\n')[t.value.slice(0, "
                    + "t.selectionStart).split('\\n').length - 1]; })()"
            ),
            StringComparison.Ordinal
        );
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
        foreach (var page in (IPage[])[ana, ben])
            await page.GotoAsync("/staff/pages/edit?file=privacy.md");
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
    public async Task Edit_check_preview_and_publish_without_script()
    {
        var page = await Staff("Ana", script: false, width: 320);
        await page.GotoAsync("/staff/pages");
        await page.GetByLabel("Find a page by its title or file").FillAsync("understanding");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await page.Locator("a[href$='file=understanding-early-trauma.md']").ClickAsync();
        var text = page.Locator("#Form_Body");
        var before = await text.InputValueAsync();
        await text.FillAsync(before + "\n[bad](/nowhere)\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#faults")).ToContainTextAsync("/nowhere");
        Assert.Contains("[bad](/nowhere)", await text.InputValueAsync(), StringComparison.Ordinal);
        await text.FillAsync(before + "\nWords without script.\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep as draft" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Kept as your draft.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Assertions.Expect(page.FrameLocator("iframe").Locator("#text")).ToContainTextAsync("Words without script.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Published.", new() { Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync("/understanding-early-trauma");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Words without script.");
    }

    [Theory]
    [InlineData(true, "privacy")]
    [InlineData(false, "support")]
    public async Task Schedule_and_time_travel(bool script, string name)
    {
        var page = await Staff("Ana", script: script);
        await page.GotoAsync($"/staff/pages/edit?file={name}.md");
        var text = page.Locator("#Form_Body");
        await text.FillAsync(await text.InputValueAsync() + "\nLater words.\n");
        await page.GetByText("Publish it later").ClickAsync();
        await page.GetByLabel("When?").FillAsync("2031-06-08 09:00");
        await Check(page, script);
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan this change" }).ClickAsync();
        await Check(page, script);
        await page.GetByRole(AriaRole.Row, new() { Name = name + ".md" }).GetByRole(AriaRole.Link, new() { Name = "See it" }).ClickAsync();
        await Assertions.Expect(page.Locator(".as-of-bar")).ToContainTextAsync("as of 8 June 2031");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Later words.");
        await Check(page, script);
        await page.GotoAsync("/" + name);
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Later words.");
    }

    [Theory]
    [InlineData(true, "accessibility", "how-easy-it-is-to-use")]
    [InlineData(false, "about", "who-we-are")]
    public async Task Move_with_redirect(bool script, string from, string to)
    {
        var page = await Staff("Ana", script: script);
        await page.GotoAsync($"/staff/pages/move?file={from}.md");
        await Check(page, script);
        await page.GetByLabel("New file name").FillAsync(to + ".md");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#breaks")).ToContainTextAsync("links at the foot");
        await Check(page, script);
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, move it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Moved.");
        await Check(page, script);
        await page.GetByRole(AriaRole.Button, new() { Name = "Let all of them lead" }).ClickAsync();
        await page.GotoAsync("/" + from);
        Assert.EndsWith("/" + to, page.Url, StringComparison.Ordinal);
        foreach (var next in (string[])["/staff/pages/new", "/staff/pages/as-of", "/staff"])
        {
            await page.GotoAsync(next);
            await Check(page, script);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_earlier_text_is_brought_back(bool script)
    {
        var (page, file) = (await Staff("Ana", script: script), script ? "research.md" : "courses.md");
        async Task Publish() => await page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        foreach (var words in (string[])["First of two.", "Second of two."])
        {
            await page.GotoAsync("/staff/pages/edit?file=" + file);
            await page.Locator("#Form_Body").FillAsync($"\n{words}\n");
            await page.GetByLabel("What did you change?").FillAsync(words);
            await Publish();
            await Assertions.Expect(page.GetByText("Published.", new() { Exact = true })).ToBeVisibleAsync();
        }
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Assertions.Expect(page.Locator(".difference del")).ToContainTextAsync("First");
        await Check(page, script);
        await page.GetByRole(AriaRole.Row, new() { Name = "First of two." })
            .GetByRole(AriaRole.Link, new() { Name = "Open as a draft" })
            .ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("earlier text");
        await Check(page, script);
        await Publish();
        await page.GotoAsync("/" + file[..^3]);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("First of two.");
    }

    static readonly byte[] Leaf = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGOwqnXBihiGlgQAgrA+wSvBS9cAAAAASUVORK5CYII="
    );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_picture_is_brought_and_shown_with_its_maker(bool script)
    {
        var (page, name) = (await Staff("Ana", script: script), script ? "leaf" : "still");
        await page.GotoAsync("/staff/pages/pictures");
        await page.GetByLabel("Picture", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "../x.png",
                    MimeType = "image/png",
                    Buffer = Leaf,
                }
            );
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say what the picture shows");
        await Check(page, script);
        await page.GetByLabel("Picture", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "../x.png",
                    MimeType = "image/png",
                    Buffer = Leaf,
                }
            );
        await page.GetByLabel("What does it show?").FillAsync("A leaf");
        await page.GetByLabel("Who made it?").FillAsync("Jo Bloggs");
        await page.GetByLabel("What must stay in view?").SelectOptionAsync("top left");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The picture is there");
        await Check(page, script);
        await page.GotoAsync("/staff/pages/edit?file=themes.md");
        if (script)
        {
            await page.Locator("#Form_Body").PressAsync("Control+End");
            await page.GetByRole(AriaRole.Button, new() { Name = "Picture" }).ClickAsync();
            await Check(page);
            await page.GetByRole(AriaRole.Button, new() { Name = "leaf.webp: A leaf" }).ClickAsync();
        }
        else
            await page.Locator("#Form_Body").FillAsync($"\n![A leaf](/media/{name}.webp)\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Published.", new() { Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync("/themes");
        await Assertions
            .Expect(page.Locator($"figure:has(img.at-top-left[src='/media/{name}.webp']) figcaption"))
            .ToHaveTextAsync("Picture: Jo Bloggs");
        Assert.True(
            await page.Locator($"img[src='/media/{name}.webp']")
                .EvaluateAsync<bool>("async i => { await i.decode(); return i.naturalWidth > 0; }")
        );
    }

    [Fact]
    public async Task A_list_is_changed_entry_by_entry()
    {
        var page = await Staff("Ana", width: 320);
        await page.GotoAsync("/staff/pages/lists/words");
        await Check(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a wording hint" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("words to look for");
        await Check(page);
        await page.GetByLabel("Words to look for").FillAsync("battle");
        await page.GetByLabel("Say instead").FillAsync("hard time");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved");
        await page.GetByRole(AriaRole.Link, new() { Name = "battle", Exact = true }).ClickAsync();
        await Check(page);
        await page.GotoAsync("/staff/pages/lists/site/facts");
        await Check(page);
        await page.GotoAsync("/staff/pages/links");
        await Check(page);
    }
}
