using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Plans;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Tests.Staff.Pages;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Editing;

/// <summary>From a page's beginning to its end, and the site at other moments.</summary>
[BothStores]
public sealed class PageLifeTests : IAsyncDisposable
{
    readonly TestContentFolder content = new();
    TestSite? started;

    TestSite Site => started ??= new TestSite(content.Root);
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<IHtmlDocument> See(HttpClient browser, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(status, answer.StatusCode);
        return await TestSite.Read(answer);
    }

    static async Task<HttpResponseMessage> Publish(HttpClient browser, string file, params (string, string?)[] fields)
    {
        var form = (IHtmlFormElement)(await See(browser, "/staff/pages/edit?file=" + file)).QuerySelector("#editor")!;
        form.SetAttribute("action", $"/staff/pages/edit?file={file}&handler=Publish");
        return await browser.Send(form, "/", Fields(fields));
    }

    [Fact]
    public async Task A_new_page_begins_as_a_draft_and_is_published()
    {
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        using var bad = await browser.Send("/staff/pages/new", Fields(("Heading", "Volunteers"), ("Name", "../Our Volunteers")));
        Assert.Contains("small letters", await bad.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var begun = await browser.Send(
            "/staff/pages/new",
            Fields(("Heading", "Volunteers: all"), ("Name", "volunteers"), ("Folder", ""))
        );
        Assert.Equal("/staff/pages/edit?file=volunteers.md", begun.Headers.Location!.OriginalString);
        Assert.False(File.Exists(Path.Combine(content.Root, "volunteers.md")));
        using var published = await Publish(
            browser,
            "volunteers.md",
            ("Form.Facts[summary]", "How they help."),
            ("Form.Body", "\nThey help.\n")
        );
        Assert.Equal(HttpStatusCode.Found, published.StatusCode);
        Assert.Equal("Volunteers: all", (await Site.Open("/volunteers")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Search_feeds_and_maps_answer_as_of_the_moment_too()
    {
        content.Write("later.md", "---\ntitle: Marmalade\nsummary: Of later.\npublish: 2031-06-08 09:00\n---\n\nMarmalade days.\n");
        using var browser = await Site.SignedIn(StaffRole.Author);
        async Task<string> Ask(string path) => await browser.GetStringAsync(new Uri(path, UriKind.Relative), Cancel);
        foreach (var path in (string[])["/search?q=marmalade", "/sitemap.xml", "/feed.atom"])
        {
            Assert.DoesNotContain("/later", await Ask(path), StringComparison.Ordinal);
            Assert.Contains("/later", await Ask("/staff/as-of/2031-06-09T0900" + path), StringComparison.Ordinal);
            Assert.DoesNotContain("/later", await Ask("/staff/as-of/2031-06-07T0900" + path), StringComparison.Ordinal);
        }
        // What was asked of another moment stays there.
        Assert.DoesNotContain("/later", await Ask("/search?q=marmalade"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_front_page_names_links_that_lead_nowhere_and_lists_those_to_other_sites()
    {
        content.Write("about.md", "---\ntitle: About\nsummary: Words.\n---\n\n[Gone](/nowhere) and [there](https://other.example/a).\n");
        using var browser = await Site.SignedIn(StaffRole.Author);
        var start = await See(browser, "/staff");
        Assert.Contains("/nowhere", start.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(start.QuerySelector("main a[href='/staff/pages/links']"));
        var links = await See(browser, "/staff/pages/links");
        Assert.Equal("noreferrer", links.QuerySelector("a[href='https://other.example/a']")!.GetAttribute("rel"));
        Assert.NotNull(links.QuerySelector("a[href='/staff/pages/edit?file=about.md']"));
    }

    [Fact]
    public async Task History_shows_what_changed_and_brings_texts_back()
    {
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        using var first = await Publish(browser, "about.md", ("Form.Body", "\nFirst words here.\n"), ("Form.Note", "one"));
        Site.Clock.Advance(TimeSpan.FromMinutes(20));
        using var second = await Publish(browser, "about.md", ("Form.Body", "\nSecond words here.\n"));
        var history = await See(browser, "/staff/pages/history?file=about.md");

        Assert.Equal("First", history.QuerySelector(".difference del")!.TextContent.Replace("removed: ", "", StringComparison.Ordinal));
        Assert.Equal("Second", history.QuerySelector(".difference ins")!.TextContent.Replace("added: ", "", StringComparison.Ordinal));
        Assert.Equal(3, history.QuerySelectorAll("tbody tr").Length);
        var back = history.QuerySelectorAll("tbody a[href*=revision]")[1].GetAttribute("href")!;
        var form = (IHtmlFormElement)(await See(browser, back)).QuerySelector("#editor")!;
        form.SetAttribute("action", "/staff/pages/edit?file=about.md&handler=Publish");
        using var restored = await browser.Send(form, "/");
        Assert.Contains("First words here.", (await Site.Open("/about")).QuerySelector("#text")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moved_page_leaves_a_way_and_links_follow()
    {
        content
            .Write("links.md", Page("Links", "[A](/about) and [B](/about#text) and [C](/about-us).", "related: /about"))
            .Write("about-us.md", Page("Us"))
            .Write("redirects.yml", "# old ones\n/old: /about\n");
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        using var moved = await browser.SendAndConfirm(
            "/staff/pages/move?file=about.md",
            Fields(("To", "who-we-are.md")),
            "form[action*=Move]"
        );
        Assert.Equal(HttpStatusCode.Found, moved.StatusCode);

        using var reader = Site.Browser();
        foreach (var old in (string[])["/about", "/old"])
        {
            using var answer = await reader.GetAsync(new Uri(old, UriKind.Relative), Cancel);
            Assert.Equal("/who-we-are", answer.Headers.Location!.OriginalString);
        }
        Assert.Equal("# old ones\n/old: /who-we-are\n/about: /who-we-are\n", File.ReadAllText(Path.Combine(content.Root, "redirects.yml")));
        var after = await See(browser, moved.Headers.Location!.OriginalString);
        Assert.Equal("links.md", Assert.Single(after.QuerySelectorAll("section li")).TextContent);
        using var followed = await browser.Send((IHtmlFormElement)after.QuerySelector("form[action*=Follow]")!, "/");
        Assert.Equal(
            Page("Links", "[A](/who-we-are) and [B](/who-we-are#text) and [C](/about-us).", "related: /who-we-are"),
            File.ReadAllText(Path.Combine(content.Root, "links.md"))
        );
    }

    [Fact]
    public async Task A_withdrawn_page_is_gone_with_its_reason()
    {
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        using var withdrawn = await browser.SendAndConfirm(
            "/staff/pages/move?file=about.md",
            Fields(("Reason", "It was <b>wrong</b>: see the new one.")),
            "form[action*=Withdraw]"
        );
        Assert.Equal(HttpStatusCode.Found, withdrawn.StatusCode);
        using var reader = Site.Browser();
        using var answer = await reader.GetAsync(new Uri("/about", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains(
            "It was <b>wrong</b>: see the new one.",
            (await TestSite.Read(answer)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "/about",
            await reader.GetStringAsync(new Uri("/sitemap.xml", UriKind.Relative), Cancel),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_removed_page_can_lead_elsewhere_and_come_back()
    {
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        using var wrong = await browser.Send(
            "/staff/pages/move?file=about.md",
            Fields(("LeadsTo", "https://evil.example/")),
            "form[action*=Remove]"
        );
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.True(File.Exists(Path.Combine(content.Root, "about.md")));
        using var removed = await browser.SendAndConfirm(
            "/staff/pages/move?file=about.md",
            Fields(("LeadsTo", "/")),
            "form[action*=Remove]"
        );
        Assert.Equal(HttpStatusCode.Found, removed.StatusCode);
        Assert.NotNull((await See(browser, "/staff/pages")).QuerySelector("a[href='/staff/pages/history?file=about.md']"));
        var history = await See(browser, "/staff/pages/history?file=about.md");
        var form = (IHtmlFormElement)
            (await See(browser, history.QuerySelector("a[href*=revision]")!.GetAttribute("href")!)).QuerySelector("#editor")!;
        form.SetAttribute("action", "/staff/pages/edit?file=about.md&handler=Publish");
        using var back = await browser.Send(form, "/");
        Assert.Equal("About", (await Site.Open("/about")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task The_site_can_be_seen_at_another_moment_by_staff_only()
    {
        content
            .Write("themes.md", Page("Themes"))
            .Write("themes/2025.md", Page("Last year"))
            .Write("themes/2026.md", Page("This year", facts: "publish: 2026-07-01 09:00"))
            .Write("redirects.yml", "/this-year: /themes/2026\n");
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        var form = (IHtmlFormElement)(await See(browser, "/staff/pages/edit?file=about.md")).QuerySelector("#editor")!;
        form.SetAttribute("action", "/staff/pages/edit?file=about.md&handler=Plan");
        using var planned = await browser.Send(
            form,
            "/",
            Fields(("Form.Body", "\nPlanned words. [Home](/)\n"), ("Form.Moment", "2026-07-02 12:00"))
        );
        Assert.Equal("/staff/pages/plans?said=planned", planned.Headers.Location!.OriginalString);

        await See(browser, "/staff/as-of/2026-07-01T0859/themes/2026", HttpStatusCode.NotFound);
        var then = await See(browser, "/staff/as-of/2026-07-01T0900/themes/2026");
        Assert.Contains("as of 1 July 2026, 09:00", then.QuerySelector(".as-of-bar")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "2026",
            (await See(browser, "/staff/as-of/2026-07-01T0900/themes")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "This year",
            (await See(browser, "/staff/as-of/2026-07-01T0900")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "This year",
            (await See(browser, "/staff/as-of/2026-07-01T0800")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        var later = await See(browser, "/staff/as-of/2026-07-02T1200/about");
        Assert.Contains("Planned words.", later.QuerySelector("#text")!.TextContent, StringComparison.Ordinal);
        Assert.All(later.QuerySelectorAll("main a[href^='/'], nav a"), a =>
            Assert.StartsWith("/staff/as-of/2026-07-02T1200", a.GetAttribute("href"), StringComparison.Ordinal)
        );
        using var way = await browser.GetAsync(new Uri("/staff/as-of/2026-07-02T1200/this-year", UriKind.Relative), Cancel);
        Assert.Equal("/staff/as-of/2026-07-02T1200/themes/2026", way.Headers.Location!.OriginalString);
        Assert.Equal("no-store", way.Headers.CacheControl!.ToString());

        Assert.DoesNotContain("Planned words.", (await Site.Open("/about")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var reader = Site.Browser();
        using var closed = await reader.GetAsync(new Uri("/staff/as-of/2026-07-02T1200/about", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
        await See(browser, "/staff/as-of/2026-07-02T1200/staff/pages", HttpStatusCode.NotFound);
        await See(browser, "/staff/as-of/now/about", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_past_shows_what_the_history_holds_and_drafts_only_when_asked()
    {
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        await See(browser, "/staff/pages/edit?file=about.md");
        Site.Clock.Advance(TimeSpan.FromDays(2));
        using var again = await Site.SignedIn(StaffRole.Publisher);
        using var published = await Publish(again, "about.md", ("Form.Body", "\nNewer words.\n"));
        Assert.Contains(
            "Some words.",
            (await See(again, "/staff/as-of/2026-06-09T1200/about")).QuerySelector("#text")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Newer words.",
            (await See(again, "/staff/as-of/2026-07-09T1200/about")).QuerySelector("#text")!.TextContent,
            StringComparison.Ordinal
        );
        var form = (IHtmlFormElement)(await See(again, "/staff/pages/edit?file=about.md")).QuerySelector("#editor")!;
        form.SetAttribute("action", "/staff/pages/edit?file=about.md&handler=Keep");
        using var kept = await again.Send(form, "/", Fields(("Form.Body", "\nDraft words.\n")));
        Assert.Contains(
            "Newer words.",
            (await See(again, "/staff/as-of/2026-07-09T1200/about")).QuerySelector("#text")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Draft words.",
            (await See(again, "/staff/as-of/2026-07-09T1200-drafts/about")).QuerySelector("#text")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_planned_change_goes_out_by_itself_at_its_moment()
    {
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        var form = (IHtmlFormElement)(await See(browser, "/staff/pages/edit?file=about.md")).QuerySelector("#editor")!;
        form.SetAttribute("action", "/staff/pages/edit?file=about.md&handler=Plan");
        using var planned = await browser.Send(form, "/", Fields(("Form.Body", "\nPlanned words.\n"), ("Form.Moment", "2026-06-09 12:00")));
        Assert.Contains(
            "about.md",
            (await See(browser, "/staff/pages/plans")).QuerySelector("tbody")!.TextContent,
            StringComparison.Ordinal
        );
        Site.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Contains(
            PlannedChanges.Job,
            await Site.Services.GetRequiredService<JobRunner>().RunDueAsync(TestContext.Current.CancellationToken)
        );
        Assert.Contains("Planned words.", (await Site.Open("/about")).QuerySelector("#text")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_texts_run_nowhere_in_history_moves_and_plans()
    {
        const string Hostile = "\"></textarea><script>alert(1)</script><img src=x onerror=alert(1)>";
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        content.Write("about.md", Page("About", Hostile).Replace("What About says.", "'" + Hostile + "'", StringComparison.Ordinal));
        Site.Library.Refresh(openAll: true);
        await Site.Write(async db =>
        {
            var now = Site.Clock.GetUtcNow().UtcDateTime;
            db.Set<PlannedChange>()
                .Add(
                    new()
                    {
                        Id = Guid.NewGuid(),
                        File = "about.md",
                        Text = Hostile,
                        At = now.AddDays(1),
                        StaffId = Guid.NewGuid(),
                        Who = Hostile,
                        Note = Hostile,
                        State = PlanState.Waiting,
                        Problem = Hostile,
                    }
                );
            db.Set<PageRevision>()
                .Add(
                    new()
                    {
                        Id = Guid.NewGuid(),
                        File = "about.md",
                        Text = Hostile,
                        Hash = "x",
                        At = now.AddDays(-1),
                        Who = Hostile,
                        Note = Hostile,
                        Origin = RevisionOrigin.Editor,
                        State = RevisionState.Published,
                    }
                );
            return await db.SaveChangesAsync(Cancel);
        });
        foreach (
            var path in (string[])
                [
                    "/staff",
                    "/staff/pages/history?file=about.md",
                    "/staff/pages/plans",
                    "/staff/pages/move?file=about.md",
                    "/staff/pages/plans?said=" + Uri.EscapeDataString(Hostile),
                    "/staff/as-of/2026-06-10T1200/about",
                    "/staff/pages/as-of?at=" + Uri.EscapeDataString(Hostile),
                    "/staff/as-of/2026-06-10T1200-drafts/search?q=" + Uri.EscapeDataString(Hostile),
                ]
        )
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Empty(EditorScreenTests.ActiveIn(await TestSite.Read(answer)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (started is not null)
            await started.DisposeAsync();
        content.Dispose();
    }
}
