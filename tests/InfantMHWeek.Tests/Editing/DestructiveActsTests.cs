using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Platform.Accounts;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Editing;

/// <summary>No page of the site goes with one press: what would break is said first, and one press brings it back.</summary>
[BothStores]
public sealed class DestructiveActsTests : IAsyncDisposable
{
    readonly TestContentFolder content = new();
    readonly TestSite site;

    public DestructiveActsTests()
    {
        content
            .Write("support.md", Page("Support"))
            .Write("privacy.md", Page("Privacy"))
            .Write("contact.md", Page("Contact"))
            .Write("themes.md", Page("Themes"))
            .Write("courses.md", Page("Courses"))
            .Write("themes/2022.md", Page("The year 2022"))
            .Write("links.md", Page("Links", "[About](/about) and [the year](/themes/2022)."))
            .Write(
                "emails/test.md",
                "---\nsubject: A test\n---\n\nSee https://week.example/about and https://week.example/themes/2022 for {time}.\n"
            )
            .Write("redirects.yml", "# ways\n/us: /about\n/year: /themes/2022\n")
            .Write("support.yml", "line:\n  name: A line\n  phone: 116 123\n")
            .Write(
                "site.yml",
                "name: A\nshort-name: A\nfeatured-theme: 2022\narticle: /about\nnavigation:\n  - /about\n  - /themes/2022\nfooter:\n  - "
                    + "/about\n"
            );
        site = new TestSite(content.Root);
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    Dictionary<string, string> Files() =>
        Directory
            .GetFiles(content.Root, "*", SearchOption.AllDirectories)
            .Where(f => !Path.GetFileName(f).StartsWith('.'))
            .ToDictionary(f => Path.GetRelativePath(content.Root, f), File.ReadAllText, StringComparer.Ordinal);

    static async Task<IHtmlDocument> See(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await TestSite.Read(answer);
    }

    static async Task<HttpResponseMessage> Edit(HttpClient browser, string file, string handler, params (string, string?)[] fields)
    {
        var form = (IHtmlFormElement)(await See(browser, "/staff/pages/edit?file=" + file)).QuerySelector("#editor")!;
        form.SetAttribute("action", $"/staff/pages/edit?file={file}&handler={handler}");
        return await browser.Send(form, "/", Fields(fields));
    }

    static readonly (string Handler, string Field, string Value)[] Acts =
    [
        ("Move", "To", "who-we-are.md"),
        ("Withdraw", "Reason", "It was wrong."),
        ("Remove", "LeadsTo", ""),
        ("Remove", "LeadsTo", "/support"),
    ];

    /// <summary>
    /// Every act on a page: the first press changes nothing and names all that leans on it; the second does it; one more brings every
    /// file back byte for byte.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_would_break_is_said_first_and_one_press_brings_it_back(int act)
    {
        var (handler, field, value) = Acts[act];
        using var browser = await site.SignedIn(StaffRole.Publisher);
        using (
            var planned = await Edit(
                browser,
                "links.md",
                "Plan",
                ("Form.Body", "\n[About](/about), later.\n"),
                ("Form.Moment", "2026-07-01 09:00")
            )
        )
            Assert.Equal(HttpStatusCode.Found, planned.StatusCode);
        using var author = await site.SignedIn(StaffRole.Author);
        using (var asked = await Edit(author, "about.md", "Ask", ("Form.Body", "\nMine.\n")))
            Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        var before = Files();
        var reader = site.Browser();
        var first = await See(reader, "/about");

        using var pressed = await browser.Send("/staff/pages/move?file=about.md", Fields((field, value)), $"form[action*={handler}]");
        var shown = await TestSite.Read(pressed);
        Assert.Equal(before, Files());
        var breaks = shown.QuerySelector("#breaks")!.TextContent;
        foreach (
            var leaning in (string[])
                [
                    "links.md",
                    "main menu",
                    "foot of each page",
                    "article on the home page",
                    "/us",
                    "emails/test.md",
                    "The change of links.md",
                    "asks for a text to be published",
                ]
        )
            Assert.Contains(leaning, breaks, StringComparison.Ordinal);

        using var done = await browser.Send((IHtmlFormElement)shown.QuerySelector("#confirm")!, "/");
        Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        using (var gone = await reader.GetAsync(new Uri("/about", UriKind.Relative), Cancel))
            Assert.Equal(
                act switch
                {
                    0 or 3 => HttpStatusCode.MovedPermanently,
                    1 => HttpStatusCode.Gone,
                    _ => HttpStatusCode.NotFound,
                },
                gone.StatusCode
            );
        var after = await See(browser, done.Headers.Location!.OriginalString);
        Assert.Contains(
            act switch
            {
                0 => "leads to /who-we-are",
                1 => "withdrawn",
                2 => "page not found",
                _ => "leads to /support",
            },
            after.QuerySelector("[role=status]")!.TextContent,
            StringComparison.Ordinal
        );

        using var undone = await browser.Send((IHtmlFormElement)after.QuerySelector("#undo")!, "/");
        Assert.Equal(before, Files());
        Assert.Equal(first.QuerySelector("main")!.TextContent, (await See(reader, "/about")).QuerySelector("main")!.TextContent);
        Assert.Contains(
            "Readers see it now.",
            (await See(browser, undone.Headers.Location!.OriginalString)).QuerySelector("[role=status]")!.TextContent,
            StringComparison.Ordinal
        );
        // Pressed twice: nothing is left to take back, and it is said.
        using var again = await browser.Send((IHtmlFormElement)after.QuerySelector("#undo")!, "/");
        Assert.Contains("already", (await TestSite.Read(again)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        // What was undone can be done again.
        using var redone = await browser.Send(
            (IHtmlFormElement)(await See(browser, undone.Headers.Location!.OriginalString)).QuerySelector("#undo")!,
            "/"
        );
        using (var goneAgain = await reader.GetAsync(new Uri("/about", UriKind.Relative), Cancel))
            Assert.NotEqual(HttpStatusCode.OK, goneAgain.StatusCode);
        reader.Dispose();
    }

    [Fact]
    public async Task The_year_on_the_home_page_is_among_what_would_break_and_the_home_page_goes_on_without_it()
    {
        content.Write("themes/2021.md", Page("The year 2021"));
        using var browser = await site.SignedIn(StaffRole.Publisher);
        using var pressed = await browser.Send("/staff/pages/move?file=themes/2022.md", Fields(("LeadsTo", "")), "form[action*=Remove]");
        Assert.Contains(
            "year on the home page",
            (await TestSite.Read(pressed)).QuerySelector("#breaks")!.TextContent,
            StringComparison.Ordinal
        );
        using var done = await browser.SendAndConfirm(
            "/staff/pages/move?file=themes/2022.md",
            Fields(("LeadsTo", "")),
            "form[action*=Remove]"
        );
        Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusOf("/"));
        Assert.Contains(InfantMHWeek.Campaign.Checking.ContentChecker.Check(content.Root, new DateOnly(2026, 6, 8)).Faults, f =>
            f.Code == "IMH023"
        );
    }

    async Task<HttpStatusCode> StatusOf(string path)
    {
        using var reader = site.Browser();
        using var answer = await reader.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return answer.StatusCode;
    }

    /// <summary>The pages that the site cannot do without, by every way in which one might go.</summary>
    [Theory]
    [InlineData("home.md", "/")]
    [InlineData("support.md", "/support")]
    [InlineData("privacy.md", "/privacy")]
    [InlineData("contact.md", "/contact")]
    public async Task A_needed_page_goes_by_no_way(string file, string path)
    {
        using var browser = await site.SignedIn(StaffRole.Administrator);
        var before = Files();
        var token = (IHtmlFormElement)
            (await See(browser, "/staff/account")).QuerySelector("form:has(input[name=__RequestVerificationToken])")!;
        var opened = (await See(browser, "/staff/pages/edit?file=" + file))
            .QuerySelector("input[name='Form.Opened']")!
            .GetAttribute("value");
        var offered = await See(browser, "/staff/pages/move?file=" + file);
        Assert.Empty(offered.QuerySelectorAll("main form[method=post]"));
        Assert.Contains("cannot be moved, withdrawn or removed", offered.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        foreach (var (handler, field, value) in Acts)
        {
            token.SetAttribute("action", $"/staff/pages/move?file={file}&handler={handler}");
            using var answer = await browser.Send(token, "/", Fields((field, value), ("Opened", opened), ("Accepted", "x")));
            Assert.Contains("cannot go", (await TestSite.Read(answer)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }
        foreach (var handler in (string[])["Publish", "Plan"])
        foreach (
            var (fact, value) in ((string, string)[])
                [("withdrawn", "Gone"), ("expire", "2026-06-09"), ("expire", "2020-01-01"), ("publish", "2031-01-01")]
        )
        {
            using var answer = await Edit(browser, file, handler, ($"Form.Facts[{fact}]", value), ("Form.Moment", "2026-06-08 20:00"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains(
                "has to be there always",
                (await TestSite.Read(answer)).QuerySelector("#faults")!.TextContent,
                StringComparison.Ordinal
            );
        }
        // Over it, by the move of another page; and in front of it, by an old address.
        using (var over = await browser.Send("/staff/pages/move?file=links.md", Fields(("To", file)), "form[action*=Move]"))
            Assert.Equal(HttpStatusCode.OK, over.StatusCode);
        Assert.Equal(before, Files());
        using (var way = await Edit(browser, "redirects.yml", "Publish", ("Form.Whole", $"{path}: /links\n")))
            Assert.True(way.StatusCode is HttpStatusCode.Found or HttpStatusCode.OK);
        using (var menu = await Edit(browser, "site.yml", "Publish", ("Form.Whole", "name: A\nshort-name: A\nnavigation:\nfooter:\n")))
            Assert.Equal(HttpStatusCode.Found, menu.StatusCode);
        Assert.Empty(await site.InStore(db => db.Set<PlannedChange>().ToListAsync(Cancel)));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(path));
    }

    /// <summary>The same end by the editor's own fields: it is asked about too, and can be taken back.</summary>
    [Theory]
    [InlineData("withdrawn", "It was wrong.")]
    [InlineData("expire", "2026-06-01")]
    [InlineData("publish", "2031-01-01")]
    public async Task A_text_that_takes_its_page_away_is_asked_about(string fact, string value)
    {
        using var browser = await site.SignedIn(StaffRole.Publisher);
        var before = Files();
        using var pressed = await Edit(browser, "about.md", "Publish", ($"Form.Facts[{fact}]", value));
        var shown = await TestSite.Read(pressed);
        Assert.Contains("main menu", shown.QuerySelector("#breaks")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        Assert.Equal(HttpStatusCode.OK, await StatusOf("/about"));

        var form = (IHtmlFormElement)shown.QuerySelector("#editor")!;
        form.SetAttribute("action", "/staff/pages/edit?file=about.md&handler=Publish");
        using var done = await browser.Send(form, "/");
        Assert.NotEqual(HttpStatusCode.OK, await StatusOf("/about"));
        using var undone = await browser.Send(
            (IHtmlFormElement)(await See(browser, done.Headers.Location!.OriginalString)).QuerySelector("#undo")!,
            "/"
        );
        Assert.Equal(before, Files());
        using var planned = await Edit(browser, "about.md", "Plan", ($"Form.Facts[{fact}]", value), ("Form.Moment", "2026-07-01 09:00"));
        Assert.Contains("main menu", (await TestSite.Read(planned)).QuerySelector("#breaks")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await site.InStore(db => db.Set<PlannedChange>().ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Who_agreed_to_something_else_is_asked_again()
    {
        using var browser = await site.SignedIn(StaffRole.Publisher);
        using var pressed = await browser.Send("/staff/pages/move?file=about.md", Fields(("LeadsTo", "")), "form[action*=Remove]");
        var confirm = (IHtmlFormElement)(await TestSite.Read(pressed)).QuerySelector("#confirm")!;
        using var other = await site.SignedIn(StaffRole.Publisher);
        using (var linked = await Edit(other, "themes.md", "Publish", ("Form.Body", "\nMore [about us](/about).\n")))
            Assert.Equal(HttpStatusCode.Found, linked.StatusCode);

        using var late = await browser.Send(confirm, "/");
        var again = await TestSite.Read(late);
        Assert.Equal(HttpStatusCode.OK, await StatusOf("/about"));
        Assert.Contains("themes.md", again.QuerySelector("#breaks")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Something changed", again.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var done = await browser.Send((IHtmlFormElement)again.QuerySelector("#confirm")!, "/");
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf("/about"));
    }

    [Fact]
    public async Task An_undo_keeps_what_others_did_since()
    {
        using var browser = await site.SignedIn(StaffRole.Publisher);
        using var first = await browser.SendAndConfirm(
            "/staff/pages/move?file=about.md",
            Fields(("To", "who-we-are.md")),
            "form[action*=Move]"
        );
        using var second = await browser.SendAndConfirm(
            "/staff/pages/move?file=links.md",
            Fields(("To", "all-links.md")),
            "form[action*=Move]"
        );
        using (var written = await Edit(browser, "who-we-are.md", "Publish", ("Form.Body", "\nNewer words.\n")))
            Assert.Equal(HttpStatusCode.Found, written.StatusCode);
        using var undone = await browser.Send(
            (IHtmlFormElement)(await See(browser, first.Headers.Location!.OriginalString)).QuerySelector("#undo")!,
            "/"
        );
        Assert.Equal(HttpStatusCode.Found, undone.StatusCode);

        var files = Files();
        Assert.Contains("Newer words.", files["about.md"], StringComparison.Ordinal);
        Assert.False(files.ContainsKey("who-we-are.md"));
        Assert.Equal(
            "# ways\n/us: /about\n/year: /themes/2022\n/links: /all-links\n",
            string.Concat(
                files["redirects.yml"]
                    .Split('\n')
                    .OrderBy(l => l.StartsWith("/links", StringComparison.Ordinal))
                    .ThenBy(l => l.StartsWith("/year", StringComparison.Ordinal))
                    .Where(l => l.Length > 0)
                    .Select(l => l + "\n")
            )
        );
        Assert.Equal(HttpStatusCode.OK, await StatusOf("/about"));
        Assert.Equal(HttpStatusCode.OK, await StatusOf("/all-links"));
    }

    /// <summary>Eight members of the staff press at once: one act happens, nobody gets an error page, and no text is lost.</summary>
    [Theory]
    [InlineData("Remove")]
    [InlineData("Move")]
    [InlineData("Withdraw")]
    [InlineData("all")]
    public async Task Eight_at_once_on_one_page(string what)
    {
        var browsers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => site.SignedIn(StaffRole.Publisher)));
        var forms = new List<(HttpClient Browser, IHtmlFormElement Form)>();
        for (var i = 0; i < browsers.Length; i++)
        {
            var (handler, field, value) = (
                what == "all" ? i % 4
                : what == "Move" ? 0
                : what == "Withdraw" ? 1
                : 2
            ) switch
            {
                0 => ("Move", "To", $"moved-{i}.md"),
                1 => ("Withdraw", "Reason", $"Reason {i}"),
                2 => ("Remove", "LeadsTo", ""),
                _ => ("Publish", "", ""),
            };
            if (handler == "Publish")
            {
                var editor = (IHtmlFormElement)(await See(browsers[i], "/staff/pages/edit?file=about.md")).QuerySelector("#editor")!;
                editor.SetAttribute("action", "/staff/pages/edit?file=about.md&handler=Publish");
                ((IHtmlTextAreaElement)editor.QuerySelector("#Form_Body")!).Value = $"\nWords {i}.\n";
                forms.Add((browsers[i], editor));
                continue;
            }
            using var asked = await browsers[i].Send("/staff/pages/move?file=about.md", Fields((field, value)), $"form[action*={handler}]");
            forms.Add((browsers[i], (IHtmlFormElement)(await TestSite.Read(asked)).QuerySelector("#confirm")!));
        }
        var answers = await Task.WhenAll(forms.Select(f => f.Browser.Send(f.Form, "/")));
        Assert.All(answers, a => Assert.True((int)a.StatusCode < 500, $"{a.StatusCode}"));
        if (what != "all")
            Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Found);
        var texts = await site.InStore(db =>
            db.Set<PageRevision>().Where(r => r.State == RevisionState.Published).Select(r => r.Text).ToListAsync(Cancel)
        );
        Assert.Contains(Page("About"), texts);
        var open = await site.InStore(db => db.Set<PageRevision>().CountAsync(r => r.State == RevisionState.UnderWay, Cancel));
        Assert.Equal(0, open);
        // What readers have is one of the outcomes and whole: no half of a move is left.
        var files = Files();
        Assert.True(
            files.Keys.Count(f => f.StartsWith("moved-", StringComparison.Ordinal) || f == "about.md") <= 1,
            string.Join(' ', files.Keys)
        );
        foreach (var answer in answers)
            answer.Dispose();
        foreach (var browser in browsers)
            browser.Dispose();
    }

    [Fact]
    public async Task An_entry_of_a_list_goes_the_same_way()
    {
        content.Write("distress.md", Page("Distress", "::: content-note\nGentle.\n:::\n\nWords.\n\n::: help line\n:::", "sensitive: yes"));
        using var browser = await site.SignedIn(StaffRole.Publisher);
        await See(browser, "/staff/pages/edit?file=distress.md");
        site.Library.Refresh(openAll: true);
        var before = Files();
        using var pressed = await browser.Send("/staff/pages/lists/support/service?key=line", null, "form[action*=Remove]");
        var shown = await TestSite.Read(pressed);
        Assert.Equal(before, Files());
        Assert.Contains("distress.md", shown.QuerySelector("#breaks")!.TextContent, StringComparison.Ordinal);
        using var done = await browser.Send((IHtmlFormElement)shown.QuerySelector("#confirm")!, "/");
        Assert.NotEqual(before, Files());
        using var undone = await browser.Send(
            (IHtmlFormElement)(await See(browser, done.Headers.Location!.OriginalString)).QuerySelector("#undo")!,
            "/"
        );
        Assert.Equal(before, Files());
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        content.Dispose();
    }
}
