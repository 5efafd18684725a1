using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Platform.Accounts;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Staff.Pages;

/// <summary>The registers as staff change them, without script and without YAML.</summary>
[OneStore("screens; ReviewJourneyTests stores")]
public sealed class RegisterFormTests : IAsyncDisposable
{
    const string Redirects = "# Old ways\n/old: /about\n\n# Short\n/us: /about\n";
    readonly TestContentFolder content = new();
    TestSite? started;

    TestSite Site => started ??= new TestSite(content.Root);

    string AtDisk(string file) => File.ReadAllText(Path.Combine(content.Root, file));

    static async Task<IHtmlDocument> Open(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await TestSite.Read(answer);
    }

    static Task<HttpResponseMessage> Save(HttpClient browser, IHtmlDocument page, params (string Name, string? Value)[] fields) =>
        browser.Send((IHtmlFormElement)page.QuerySelector("form.form")!, "/", Fields(fields));

    [Fact]
    public async Task An_address_is_changed_added_and_removed_and_readers_follow_it()
    {
        content.Write("redirects.yml", Redirects);
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        const string list = "/staff/pages/lists/redirects";
        using (
            var added = await Save(browser, await Open(browser, list + "/address"), ("Form.Key", "/team"), ("Form.Facts[value]", "/about"))
        )
            Assert.Equal(list + "?said=published", added.Headers.Location?.OriginalString);
        Assert.Equal(Redirects + "/team: /about\n", AtDisk("redirects.yml"));
        using (var reader = Site.Browser())
        using (var led = await reader.GetAsync(new Uri("/team", UriKind.Relative), TestContext.Current.CancellationToken))
            Assert.Equal("/about", led.Headers.Location?.OriginalString);

        using (var changed = await Save(browser, await Open(browser, list + "/address?key=/us"), ("Form.Facts[value]", "/")))
            Assert.Equal(HttpStatusCode.Found, changed.StatusCode);
        Assert.Equal(Redirects.Replace("/us: /about", "/us: /", StringComparison.Ordinal) + "/team: /about\n", AtDisk("redirects.yml"));
        using (var removed = await browser.SendAndConfirm(list + "/address?key=/old", null, "form[action*=Remove]"))
            Assert.StartsWith("/staff/pages/done?act=", removed.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("# Old ways\n\n# Short\n/us: /\n/team: /about\n", AtDisk("redirects.yml"));
        Assert.Equal(
            ["/team: added", "/us: changed", "/old: removed"],
            await Site.InStore(db =>
                db.Set<PageRevision>()
                    .Where(r => r.File == "redirects.yml" && r.StaffId != null)
                    .OrderBy(r => r.At)
                    .Select(r => r.Note)
                    .ToListAsync()
            )
        );
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nothing_typed_is_lost()
    {
        content.Write("redirects.yml", Redirects);
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        var form = await Open(browser, "/staff/pages/lists/redirects/address");
        foreach (
            var (key, to, words) in new[]
            {
                ("", "/about", "begins with a slash"),
                ("/old", "/about", "already"),
                ("/new", "", "Leads to"),
                ("/new", "/nowhere", "no such page"),
                ("/new", "https://evil.example/", "one path of this site"),
                ("no-slash", "/about", "slash"),
            }
        )
        {
            using var answer = await Save(browser, form, ("Form.Key", key), ("Form.Facts[value]", to));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var page = await TestSite.Read(answer);
            Assert.Contains(words, page.QuerySelector(".error-summary")!.TextContent, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(
                (key, to),
                (
                    ((IHtmlInputElement)page.QuerySelector("#Form_Key")!).Value,
                    ((IHtmlInputElement)page.QuerySelector("[name='Form.Facts[value]']")!).Value
                )
            );
        }
        Assert.Equal(Redirects, AtDisk("redirects.yml"));
    }

    [Fact]
    public async Task Two_people_at_one_entry_see_both_and_at_two_entries_both_are_kept()
    {
        content.Write("sources.yml", "one:\n  title: One\n  publisher: Us\n  note: Old\n\ntwo:\n  title: Two\n\nthree:\n  title: Three\n");
        using var ana = await Site.SignedIn(StaffRole.Publisher);
        using var ben = await Site.SignedIn(StaffRole.Publisher);
        const string entry = "/staff/pages/lists/sources/source?key=";
        var (mine, his, far) = (await Open(ana, entry + "one"), await Open(ben, entry + "one"), await Open(ana, entry + "three"));
        using (await Save(ben, his, ("Form.Facts[title]", "One by Ben"), ("Form.Facts[publisher]", "Them"))) { }

        using var conflict = await Save(ana, mine, ("Form.Facts[title]", "One by Ana"));
        var both = await TestSite.Read(conflict);
        Assert.Contains("changed the same place", both.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("One by Ben", both.QuerySelector(".theirs")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("One by Ana", ((IHtmlInputElement)both.QuerySelector("[name='Form.Facts[title]']")!).Value);
        // What Ana did not touch follows Ben.
        Assert.Equal("Them", ((IHtmlInputElement)both.QuerySelector("[name='Form.Facts[publisher]']")!).Value);
        Assert.Contains("One by Ben", AtDisk("sources.yml"), StringComparison.Ordinal);
        using (await Save(ana, both)) { }

        using (var merged = await Save(ana, far, ("Form.Facts[title]", "Three by Ana")))
        {
            var again = await TestSite.Read(merged);
            Assert.Contains("does not touch", again.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
            using (await Save(ana, again)) { }
        }
        Assert.Equal(
            "one:\n  title: One by Ana\n  publisher: Them\n  note: Old\n\ntwo:\n  title: Two\n\nthree:\n  title: Three by Ana\n",
            AtDisk("sources.yml")
        );
    }

    [Fact]
    public async Task Wording_and_menus_are_forms_too()
    {
        content.Write("words.yml", "prefer:\n  victim:\n    say: person\n# rough words\nharm:\n  - abuse\n");
        content.Write("site.yml", "# Ours\nname: The week\nshort-name: Week\nnavigation:\n  - /about\n");
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        using (await Save(browser, await Open(browser, "/staff/pages/lists/words/harm"), ("Form.Facts[harm]", "abuse\r\nloss\r\n"))) { }
        using (
            await Save(
                browser,
                await Open(browser, "/staff/pages/lists/words/hint?key=victim"),
                ("Form.Facts[why]", "A person is more: always.")
            )
        ) { }
        Assert.Equal(
            "prefer:\n  victim:\n    say: person\n    why: \"A person is more: always.\"\n# rough words\nharm:\n  - abuse\n  - loss\n",
            AtDisk("words.yml")
        );
        using (
            await Save(
                browser,
                await Open(browser, "/staff/pages/lists/site/facts"),
                ("Form.Facts[name]", "Our week"),
                ("Form.Facts[navigation]", "/about\r\n/")
            )
        ) { }
        Assert.Equal("# Ours\nname: Our week\nshort-name: Week\nnavigation:\n  - /about\n  - /\n", AtDisk("site.yml"));
    }

    [Fact]
    public async Task An_author_asks_and_a_publisher_publishes()
    {
        content.Write("redirects.yml", Redirects);
        using var author = await Site.SignedIn(StaffRole.Author);
        var form = await Open(author, "/staff/pages/lists/redirects/address?key=/us");
        using (var asked = await Save(author, form, ("Form.Facts[value]", "/")))
            Assert.EndsWith("said=asked", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);
        // A second change goes on from the first.
        using (await Save(author, await Open(author, "/staff/pages/lists/redirects/address?key=/old"), ("Form.Facts[value]", "/"))) { }
        Assert.Equal(Redirects, AtDisk("redirects.yml"));
        var draft = await Site.InStore(db => db.Set<PageDraft>().SingleAsync());
        Assert.Equal(Redirects.Replace(": /about", ": /", StringComparison.Ordinal), draft.Text);
        Assert.NotNull(draft.AskedAt);
        foreach (var handler in new[] { "Publish", "Remove" })
        {
            var open = (IHtmlFormElement)form.QuerySelector("form.form")!;
            open.SetAttribute("action", $"/staff/pages/lists/redirects/address?key=/us&handler={handler}");
            using var refused = await author.Send(open, "/", Fields());
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        using var publisher = await Site.SignedIn(StaffRole.Publisher);
        Assert.Contains(
            "asks for a change",
            (await Open(publisher, "/staff/pages/lists/redirects")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_source_that_pages_name_is_not_removed_and_a_broken_list_leads_to_its_text()
    {
        content.Write("sources.yml", "one:\n  title: One\n");
        content.Write("about.md", "---\ntitle: About\nsummary: Words.\nsources: one\n---\n\nText.\n");
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        var page = await Open(browser, "/staff/pages/lists/sources/source?key=one");
        Assert.Null(page.QuerySelector("form[action*=Remove]"));
        Assert.NotNull(page.QuerySelector("a[href='/staff/pages/edit?file=about.md']"));
        var form = (IHtmlFormElement)page.QuerySelector("form.form")!;
        form.SetAttribute("action", "/staff/pages/lists/sources/source?key=one&handler=Remove");
        using (var refused = await browser.Send(form, "/", Fields()))
            Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Equal("one:\n  title: One\n", AtDisk("sources.yml"));

        content.Write("sources.yml", "one:\n  title: \"One\n");
        var broken = await Open(browser, "/staff/pages/lists/sources");
        Assert.NotNull(broken.QuerySelector("[role=alert] a[href='/staff/pages/edit?file=sources.yml']"));
        using var led = await browser.GetAsync(
            new Uri("/staff/pages/lists/sources/source?key=one", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.Found, led.StatusCode);
        foreach (
            var nothing in new[]
            {
                "/staff/pages/lists/nothing",
                "/staff/pages/lists/sources/nothing",
                "/staff/pages/lists/redirects/address?key=/nothing",
            }
        )
            using (var none = await browser.GetAsync(new Uri(nothing, UriKind.Relative), TestContext.Current.CancellationToken))
                Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (started is not null)
            await started.DisposeAsync();
        content.Dispose();
    }
}
