using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Tests.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Staff;

/// <summary>
/// What staff see of the mails and do with them: find, send again one, some or all of a kind, and let refused addresses be tried
/// again.
/// </summary>
[BothStores]
public sealed class StaffMailTests : IAsyncLifetime
{
    readonly SmtpCatcher catcher = new();
    readonly MailSite site;
    HttpClient browser = null!;

    public StaffMailTests() => site = new(catcher.Port);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => browser = await site.SignedIn(StaffRole.Administrator);

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await site.DisposeAsync();
        await catcher.DisposeAsync();
    }

    async Task<IHtmlDocument> Open(string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return await TestSite.Read(answer);
    }

    static string[] Rows(IParentNode page) => [.. page.QuerySelectorAll("tbody tr").Select(r => r.TextContent)];

    async Task GivenUp(string kind, int count, string name)
    {
        await site.Queue(kind, count, name);
        await site.Write(db =>
            db.Set<OutboxMail>()
                .Where(m => m.Kind == kind)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(m => m.GivenUpAt, site.Clock.GetUtcNow().UtcDateTime).SetProperty(m => m.Attempts, 26),
                    Cancel
                )
        );
    }

    [Fact]
    public async Task Many_are_shown_page_by_page_and_sent_again_all_of_a_kind_or_the_chosen()
    {
        await GivenUp(MailSite.Bulk, 230, "many");
        await GivenUp(MailSite.Ordinary, 4, "few");

        var first = await Open("/staff/mail");
        Assert.Equal(100, Rows(first).Length);
        Assert.Contains("Page 1 of 3, 234 in all", first.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Equal(34, Rows(await Open("/staff/mail?state=given-up&part=3")).Length);

        // All of one kind.
        using (var all = await browser.Send("/staff/mail?state=given-up&kind=event-thanks", form: "form:has([name=every])"))
            Assert.Contains("done=230", all.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains(
            "230 mails are on their way again",
            (await Open("/staff/mail?state=waiting&done=230")).DocumentElement.TextContent,
            StringComparison.Ordinal
        );

        // Two of those that are left.
        var left = await Open("/staff/mail?state=given-up");
        Assert.Equal(4, Rows(left).Length);
        var ids = left.QuerySelectorAll<IHtmlInputElement>("[name=chosen]").Take(2).Select(c => c.Value).ToList();
        var form = left.QuerySelector<IHtmlFormElement>("form#chosen")!;
        foreach (var box in form.QuerySelectorAll<IHtmlInputElement>("[name=chosen]"))
            box.IsChecked = ids.Contains(box.Value);
        (await browser.Send(form, "/staff/mail")).Dispose();
        Assert.Equal(2, (await site.Mails()).Count(m => m.GivenUpAt is not null));
        Assert.Equal(232, await site.Round());

        // Once more does nothing, and says so.
        using var again = await browser.Send(form, "/staff/mail");
        Assert.Contains("done=none", again.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_looked_for_is_found_and_does_not_stand_in_the_address()
    {
        await site.Queue(MailSite.Ordinary, 150, "many");
        var to = await site.Queue(MailSite.Urgent, "Grace.Hopper@navy.example");
        using var found = await browser.Send(
            "/staff/mail?state=waiting",
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["words"] = "grace.hopper@NAVY" },
            "form#find"
        );
        var page = await TestSite.Read(found);
        Assert.Contains("Grace.Hopper@navy.example", Assert.Single(Rows(page)), StringComparison.Ordinal);
        Assert.DoesNotContain("grace", found.RequestMessage!.RequestUri!.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(await site.Find(to));

        // Also the second page of what was found.
        using var second = await browser.Send(
            "/staff/mail?state=waiting",
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["words"] = "many", ["part"] = "2" },
            "form#find"
        );
        Assert.Equal(50, Rows(await TestSite.Read(second)).Length);
    }

    [Fact]
    public async Task A_refused_address_is_shown_with_its_servers_words_and_tried_again_when_staff_say_so()
    {
        catcher.ByReader = _ => SmtpCatcher.Mood.RefuseReader;
        var mail = await site.Queue(MailSite.Ordinary, "ada@example.org");
        await site.Round();
        var row = Assert.Single(Rows(await Open("/staff/mail?state=refused")));
        Assert.Contains("ada@example.org", row, StringComparison.Ordinal);
        Assert.Contains("no such mailbox", row, StringComparison.Ordinal);

        catcher.ByReader = null;
        (await browser.Send("/staff/mail?state=refused", form: "form[action*=Lift]")).Dispose();
        Assert.Empty(Rows(await Open("/staff/mail?state=refused")));
        await site.Queue(MailSite.Ordinary, "ada@example.org", "2");
        Assert.Equal(1, await site.Round());

        // The first one is sent again, too, and nothing stands in its way.
        (await browser.Send("/staff/mail?state=given-up", form: "form:has([name=every])")).Dispose();
        Assert.Equal(1, await site.Round());
        Assert.NotNull((await site.Find(mail)).SentAt);
    }

    [Fact]
    public async Task What_is_held_is_tried_at_once_when_staff_say_so()
    {
        catcher.Behaves = SmtpCatcher.Mood.RefuseSender;
        await site.Queue(MailSite.Ordinary, 3, "x");
        Assert.Equal(0, await site.Round());
        var page = await Open("/staff/mail");
        var held = page.QuerySelector("section.warning")!.TextContent;
        Assert.Contains("The mail server takes no mail from week@week.example.", held, StringComparison.Ordinal);
        Assert.Contains("Set Mail:From", held, StringComparison.Ordinal);
        Assert.Contains("Nothing is lost: 3 mails wait.", held, StringComparison.Ordinal);
        Assert.Contains("550", held, StringComparison.Ordinal);

        catcher.Behaves = SmtpCatcher.Mood.Accept;
        Assert.Equal(0, await site.Round());
        (await browser.Send("/staff/mail", form: "form[action*=Now]")).Dispose();
        Assert.Equal(3, await site.Round());
        Assert.Null((await Open("/staff/mail")).QuerySelector("section.warning"));
    }
}
