using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Plans;
using InfantMHWeek.Platform.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Editing;

/// <summary>Two people and two roles: a text is asked for, published or sent back, and each looks at their own screen.</summary>
[BothStores]
public sealed class ReviewJourneyTests : IAsyncDisposable
{
    readonly TestContentFolder content = new();
    readonly TestSite site;

    public ReviewJourneyTests()
    {
        content.Write("about.md", Page("About", "One.\n\nTwo.\n\nThree."));
        site = new TestSite(content.Root);
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
    string AtDisk => File.ReadAllText(Path.Combine(content.Root, "about.md"));

    static async Task<IHtmlDocument> See(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await TestSite.Read(answer);
    }

    static async Task<HttpResponseMessage> Press(HttpClient browser, IHtmlDocument open, string handler, params (string, string?)[] fields)
    {
        var form = (IHtmlFormElement)open.QuerySelector("#editor")!;
        form.SetAttribute("action", "/staff/pages/edit?file=about.md&handler=" + handler);
        return await browser.Send(form, "/", Fields(fields));
    }

    static async Task<HttpResponseMessage> Press(HttpClient browser, string handler, params (string, string?)[] fields) =>
        await Press(browser, await See(browser, "/staff/pages/edit?file=about.md"), handler, fields);

    async Task<(HttpClient Author, HttpClient Publisher, string Draft)> AskedAsync(string body = "\nOne, by Ada.\n\nTwo.\n\nThree.\n")
    {
        var author = await site.SignedIn(await site.AddStaff("ada@week.example", StaffRole.Author));
        var publisher = await site.SignedIn(await site.AddStaff("pat@week.example", StaffRole.Publisher));
        using var asked = await Press(author, "Ask", ("Form.Body", body), ("Form.Note", "Please look"));
        Assert.EndsWith("said=asked", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var link = (await See(publisher, "/staff")).QuerySelector("a[href*='draft=']")!.GetAttribute("href")!;
        Assert.Contains("ada", (await See(publisher, "/staff")).QuerySelector($"a[href='{link}']")!.TextContent, StringComparison.Ordinal);
        return (author, publisher, link);
    }

    async Task EndsWithBothNamed(HttpClient author, HttpClient publisher, string by)
    {
        Assert.Null((await See(publisher, "/staff")).QuerySelector("a[href*='draft=']"));
        Assert.DoesNotContain(
            "asks for it to be published",
            (await See(publisher, "/staff/pages")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        var history = (await See(author, "/staff/pages/history?file=about.md")).QuerySelector("tbody")!.TextContent;
        Assert.Contains($"Written by ada, published by {by}", history, StringComparison.Ordinal);
        Assert.Contains("Please look", history, StringComparison.Ordinal);
        Assert.Contains(
            "about.md, published by " + by,
            (await See(author, "/staff")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "your draft",
            (await See(author, "/staff/pages/edit?file=about.md")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    /// <summary>However the text comes to readers, the question ends, and both are named.</summary>
    [Theory]
    [InlineData("as it is")]
    [InlineData("with a change of the publisher's")]
    [InlineData("over the publisher's own draft")]
    [InlineData("by hand, without opening the draft")]
    [InlineData("by a plan")]
    public async Task A_question_ends_when_its_text_is_published(string how)
    {
        var (author, publisher, draft) = await AskedAsync();
        switch (how)
        {
            case "as it is":
                using (var published = await Press(publisher, await See(publisher, draft), "Publish"))
                    Assert.EndsWith("said=published", published.Headers.Location!.OriginalString, StringComparison.Ordinal);
                break;
            case "with a change of the publisher's":
                using (
                    var published = await Press(
                        publisher,
                        await See(publisher, draft),
                        "Publish",
                        ("Form.Body", "\nOne, by Ada and Pat.\n\nTwo.\n\nThree.\n")
                    )
                )
                    Assert.Equal(HttpStatusCode.Found, published.StatusCode);
                // The author's own words stay to be found.
                Assert.Contains(
                    "A text you put aside",
                    (await See(author, "/staff/pages/edit?file=about.md")).QuerySelector("main")!.TextContent,
                    StringComparison.Ordinal
                );
                break;
            case "over the publisher's own draft":
                using (
                    var kept = await Press(
                        publisher,
                        await See(publisher, draft),
                        "Keep",
                        ("Form.Body", "\nOne, by Ada and Pat.\n\nTwo.\n\nThree.\n")
                    )
                )
                    Assert.Equal(HttpStatusCode.Found, kept.StatusCode);
                using (var published = await Press(publisher, "Publish"))
                    Assert.Equal(HttpStatusCode.Found, published.StatusCode);
                break;
            case "by hand, without opening the draft":
                using (var published = await Press(publisher, "Publish", ("Form.Body", "\nOne, by Ada.\n\nTwo.\n\nThree, by Pat.\n")))
                    Assert.Equal(HttpStatusCode.Found, published.StatusCode);
                break;
            default:
                using (var planned = await Press(publisher, await See(publisher, draft), "Plan", ("Form.Moment", "2026-06-08 10:10")))
                    Assert.EndsWith("said=planned", planned.Headers.Location!.OriginalString, StringComparison.Ordinal);
                Assert.Contains(
                    "planned for 8 June 2026, 10:10",
                    (await See(publisher, "/staff")).QuerySelector("main")!.TextContent,
                    StringComparison.Ordinal
                );
                site.Clock.Advance(TimeSpan.FromMinutes(12));
                await using (var scope = site.Services.CreateAsyncScope())
                    await scope.ServiceProvider.GetRequiredService<DuePlans>().RunDueAsync(Cancel);
                break;
        }
        Assert.Contains("One, by Ada", AtDisk, StringComparison.Ordinal);
        await EndsWithBothNamed(author, publisher, "pat");
        author.Dispose();
        publisher.Dispose();
    }

    [Fact]
    public async Task Who_writes_and_publishes_is_named_once_and_leaves_no_question()
    {
        using var both = await site.SignedIn(await site.AddStaff("pat@week.example", StaffRole.Publisher));
        using (var asked = await Press(both, "Ask", ("Form.Body", "\nMine.\n")))
            Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        using (var published = await Press(both, "Publish"))
            Assert.Equal(HttpStatusCode.Found, published.StatusCode);
        Assert.Null((await See(both, "/staff")).QuerySelector("a[href*='draft=']"));
        Assert.DoesNotContain(
            "Written by",
            (await See(both, "/staff/pages/history?file=about.md")).QuerySelector("tbody")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_publisher_sends_it_back_with_a_word_and_the_author_goes_on()
    {
        var (author, publisher, draft) = await AskedAsync();
        using (var wordless = await publisher.Send((IHtmlFormElement)(await See(publisher, draft)).QuerySelector("#send-back")!, "/"))
            Assert.Contains("Say in a word why", await wordless.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var form = (IHtmlFormElement)(await See(publisher, draft)).QuerySelector("#send-back")!;
        using (var sent = await publisher.Send(form, "/", Fields(("word", "Please name <b>the</b> source"))))
            Assert.EndsWith("said=sent-back", sent.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using (var twice = await publisher.Send(form, "/", Fields(("word", "Again"))))
            Assert.EndsWith("said=settled", twice.Headers.Location!.OriginalString, StringComparison.Ordinal);

        Assert.Null((await See(publisher, "/staff")).QuerySelector("a[href*='draft=']"));
        Assert.Contains(
            "pat: “Please name <b>the</b> source”",
            (await See(author, "/staff")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        var open = await See(author, "/staff/pages/edit?file=about.md");
        Assert.Contains("Please name <b>the</b> source", open.QuerySelector("#sent-back")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("One, by Ada.", ((IHtmlTextAreaElement)open.QuerySelector("#Form_Body")!).Value, StringComparison.Ordinal);

        using (var again = await Press(author, open, "Ask", ("Form.Body", "\nOne, by Ada, with its source.\n\nTwo.\n\nThree.\n")))
            Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        Assert.Null((await See(author, "/staff/pages/edit?file=about.md")).QuerySelector("#sent-back"));
        Assert.NotNull((await See(publisher, "/staff")).QuerySelector("a[href*='draft=']"));
        author.Dispose();
        publisher.Dispose();
    }

    /// <summary>What the author typed after the publisher had opened the text is not answered by publishing the older one.</summary>
    [Fact]
    public async Task What_was_typed_since_waits_on()
    {
        var (author, publisher, draft) = await AskedAsync();
        var open = await See(publisher, draft);
        using (var more = await Press(author, "Keep", ("Form.Body", "\nOne, by Ada.\n\nTwo.\n\nThree, by Ada too.\n")))
            Assert.Equal(HttpStatusCode.Found, more.StatusCode);
        using (var published = await Press(publisher, open, "Publish"))
            Assert.Equal(HttpStatusCode.Found, published.StatusCode);
        Assert.DoesNotContain("by Ada too", AtDisk, StringComparison.Ordinal);
        var next = await See(publisher, (await See(publisher, "/staff")).QuerySelector("a[href*='draft=']")!.GetAttribute("href")!);
        Assert.Contains("Three, by Ada too.", ((IHtmlTextAreaElement)next.QuerySelector("#Form_Body")!).Value, StringComparison.Ordinal);
        author.Dispose();
        publisher.Dispose();
    }

    /// <summary>
    /// Two publishers answer one question in the same moment, again and again: no error page, one outcome, nothing waits that is
    /// published.
    /// </summary>
    [Fact]
    public async Task Two_publishers_at_once_and_the_plan_beside_them()
    {
        var (author, publisher, _) = await AskedAsync();
        using var other = await site.SignedIn(StaffRole.Publisher);
        for (var round = 0; round < 6; round++)
        {
            using (var asked = await Press(author, "Ask", ("Form.Body", $"\nOne, round {round}.\n\nTwo.\n\nThree.\n")))
                Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
            var link = (await See(publisher, "/staff")).QuerySelector("a[href*='draft=']")!.GetAttribute("href")!;
            var (mine, theirs) = (await See(publisher, link), await See(other, link));
            var back = (IHtmlFormElement)theirs.QuerySelector("#send-back")!;
            await using var scope = site.Services.CreateAsyncScope();
            var answers = await Task.WhenAll(
                Press(publisher, mine, "Publish"),
                round % 2 == 0 ? Press(other, theirs, "Publish") : other.Send(back, "/", Fields(("word", "No"))),
                Press(author, "Keep", ("Form.Body", $"\nOne, round {round}.\n\nTwo.\n\nThree, still typing {round}.\n"))
            );
            Assert.All(answers, a => Assert.True((int)a.StatusCode < 500, $"{a.StatusCode}"));
            foreach (var answer in answers)
                answer.Dispose();
            Assert.Contains($"round {round}", AtDisk, StringComparison.Ordinal);
            var waiting = await site.InStore(db =>
                db.Set<PageDraft>().Where(d => d.AskedAt != null && d.SetAsideAt == null).Select(d => d.Text).ToListAsync(Cancel)
            );
            Assert.DoesNotContain(AtDisk, waiting);
            Assert.Contains(
                $"still typing {round}",
                string.Concat(await site.InStore(db => db.Set<PageDraft>().Select(d => d.Text).ToListAsync(Cancel))),
                StringComparison.Ordinal
            );
        }
        author.Dispose();
        publisher.Dispose();
    }

    [Theory]
    [InlineData("2026-06-08 09:00", null, "Readers see it now.")]
    [InlineData(null, "2026-12-24 18:30", "Readers see it now, and it will disappear on 24 December at 6.30pm (UK time).")]
    [InlineData("2027-05-03 09:00", null, "It will appear on 3 May 2027 at 9am (UK time).")]
    [InlineData("2026-10-03 12:00", null, "It will appear on 3 October at noon (UK time).")]
    public async Task After_publishing_it_says_what_readers_see(string? appears, string? disappears, string words)
    {
        using var browser = await site.SignedIn(StaffRole.Publisher);
        using (var begun = await browser.Send("/staff/pages/new", Fields(("Heading", "Later"), ("Name", "later"), ("Folder", ""))))
            Assert.Equal(HttpStatusCode.Found, begun.StatusCode);
        var form = (IHtmlFormElement)(await See(browser, "/staff/pages/edit?file=later.md")).QuerySelector("#editor")!;
        form.SetAttribute("action", "/staff/pages/edit?file=later.md&handler=Publish");
        using var published = await browser.Send(
            form,
            "/",
            Fields(
                ("Form.Facts[summary]", "Of later."),
                ("Form.Facts[publish]", appears ?? ""),
                ("Form.Facts[expire]", disappears ?? ""),
                ("Form.Body", "\nWords.\n")
            )
        );
        Assert.Contains(
            words,
            (await See(browser, published.Headers.Location!.OriginalString)).QuerySelector("[role=status]")!.TextContent,
            StringComparison.Ordinal
        );
        using var reader = site.Browser();
        using var seen = await reader.GetAsync(new Uri("/later", UriKind.Relative), Cancel);
        Assert.Equal(words.StartsWith("Readers see it now", StringComparison.Ordinal), seen.StatusCode == HttpStatusCode.OK);
    }

    /// <summary>
    /// A text that was kept (here, in the browser) is set beside what was published since it was begun, and published by no press but
    /// Publish.
    /// </summary>
    [Fact]
    public async Task A_kept_text_is_offered_only_beside_what_was_published_since()
    {
        using var ana = await site.SignedIn(StaffRole.Publisher);
        using var ben = await site.SignedIn(StaffRole.Publisher);
        var kept = await See(ana, "/staff/pages/edit?file=about.md");
        async Task<bool> Saved(string body)
        {
            var form = (IHtmlFormElement)kept.QuerySelector("#editor")!;
            form.SetAttribute("action", "/staff/pages/tools?file=about.md&handler=Kept");
            using var answer = await ana.Send(form, "/", Fields(("Form.Body", body)));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (await answer.Content.ReadAsStringAsync(Cancel)).Contains("true", StringComparison.Ordinal);
        }

        Assert.True(await Saved("\nOne.\n\nTwo.\n\nThree."));
        Assert.False(await Saved("\nOne, kept.\n\nTwo.\n\nThree.\n"));
        using (var published = await Press(ben, "Publish", ("Form.Body", "\nOne.\n\nTwo.\n\nThree, by Ben.\n")))
            Assert.Equal(HttpStatusCode.Found, published.StatusCode);
        // The old text as it was opened is not "different": nothing of it is new.
        Assert.True(await Saved("\nOne.\n\nTwo.\n\nThree.\n"));
        Assert.False(await Saved("\nOne, kept.\n\nTwo.\n\nThree.\n"));

        using var brought = await Press(ana, kept, "Bring", ("Form.Body", "\nOne, kept.\n\nTwo.\n\nThree.\n"));
        var together = await TestSite.Read(brought);
        var text = ((IHtmlTextAreaElement)together.QuerySelector("#Form_Body")!).Value;
        Assert.Contains("One, kept.", text, StringComparison.Ordinal);
        Assert.Contains("Three, by Ben.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("kept", AtDisk, StringComparison.Ordinal);

        using var apart = await Press(ana, kept, "Bring", ("Form.Body", "\nOne.\n\nTwo.\n\nThree, kept.\n"));
        var conflict = await TestSite.Read(apart);
        Assert.Contains("Three, by Ben.", ((IHtmlTextAreaElement)conflict.QuerySelector("#theirs")!).Value, StringComparison.Ordinal);
        Assert.Contains("Three, kept.", ((IHtmlTextAreaElement)conflict.QuerySelector("#Form_Body")!).Value, StringComparison.Ordinal);
        // The control: pressed from the old view, the conflict is told at publishing too.
        using var late = await Press(ana, kept, "Publish", ("Form.Body", "\nOne.\n\nTwo.\n\nThree, kept.\n"));
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.Contains("by Ben", AtDisk, StringComparison.Ordinal);
    }

    /// <summary>A draft on the server likewise: opened after others published, it shows their words.</summary>
    [Fact]
    public async Task A_draft_is_opened_with_what_was_published_since_and_not_offered_when_all_of_it_is()
    {
        using var ana = await site.SignedIn(StaffRole.Publisher);
        using var ben = await site.SignedIn(StaffRole.Publisher);
        using (var kept = await Press(ana, "Keep", ("Form.Body", "\nOne, by Ana.\n\nTwo.\n\nThree.\n")))
            Assert.Equal(HttpStatusCode.Found, kept.StatusCode);
        using (var published = await Press(ben, "Publish", ("Form.Body", "\nOne.\n\nTwo.\n\nThree, by Ben.\n")))
            Assert.Equal(HttpStatusCode.Found, published.StatusCode);
        var open = await See(ana, "/staff/pages/edit?file=about.md");
        Assert.Contains("Three, by Ben.", ((IHtmlTextAreaElement)open.QuerySelector("#Form_Body")!).Value, StringComparison.Ordinal);
        Assert.Contains("One, by Ana.", ((IHtmlTextAreaElement)open.QuerySelector("#Form_Body")!).Value, StringComparison.Ordinal);
        using (var all = await Press(ben, "Publish", ("Form.Body", "\nOne, by Ana.\n\nTwo.\n\nThree, by Ben.\n")))
            Assert.Equal(HttpStatusCode.Found, all.StatusCode);
        Assert.DoesNotContain(
            "your draft",
            (await See(ana, "/staff/pages/edit?file=about.md")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(await site.InStore(db => db.Set<PageDraft>().Where(d => d.SetAsideAt == null).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Presence_ends_when_the_page_is_left_and_only_then()
    {
        using var ana = await site.SignedIn(await site.AddStaff("ana@week.example", StaffRole.Publisher));
        using var ben = await site.SignedIn(StaffRole.Publisher);
        var first = await See(ana, "/staff/pages/edit?file=about.md");
        Task<string> SeenBy(HttpClient who) =>
            See(who, "/staff/pages/edit?file=about.md")
                .ContinueWith(
                    p => p.Result.QuerySelector("main")!.TextContent,
                    Cancel,
                    TaskContinuationOptions.None,
                    TaskScheduler.Default
                );
        async Task Leave(IHtmlDocument view)
        {
            var form = (IHtmlFormElement)view.QuerySelector("#editor")!;
            form.SetAttribute("action", $"/staff/pages/tools?file=about.md&handler=Leave&shown={form.GetAttribute("data-shown")}");
            using var answer = await ana.Send(form, "/");
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        Assert.Contains("Also open by ana", await SeenBy(ben), StringComparison.Ordinal);
        var second = await See(ana, "/staff/pages/edit?file=about.md");
        await Leave(first);
        Assert.Contains("Also open by ana", await SeenBy(ben), StringComparison.Ordinal);
        await Leave(second);
        Assert.DoesNotContain("Also open by ana", await SeenBy(ben), StringComparison.Ordinal);
        await See(ana, "/staff/pages/edit?file=about.md");
        site.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.DoesNotContain("Also open by ana", await SeenBy(ben), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        content.Dispose();
    }
}
