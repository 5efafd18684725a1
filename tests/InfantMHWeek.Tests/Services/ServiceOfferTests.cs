using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Services;

/// <summary>A service from its first word to its end, through the front door.</summary>
[BothStores]
public sealed partial class ServiceOfferTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<string> Location(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        Assert.True(
            answer.StatusCode == HttpStatusCode.Found,
            $"{answer.StatusCode}: {(await TestSite.Read(answer)).QuerySelector("main")?.TextContent}"
        );
        return answer.Headers.Location!.OriginalString;
    }

    async Task<string> MailedLink(string kind)
    {
        var text = await site.InStore(db =>
            db.Set<OutboxMail>().Where(m => m.Kind == kind).OrderByDescending(m => m.Id).Select(m => m.Text).FirstAsync(Cancel)
        );
        return Path().Match(text).Value;
    }

    Task<List<FamilyService>> All() => site.InStore(db => db.Set<FamilyService>().AsNoTracking().OrderBy(s => s.Id).ToListAsync(Cancel));

    async Task<string> Opened(HttpClient browser, string path)
    {
        for (var hop = 0; hop < 3; hop++)
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            if (answer.StatusCode != HttpStatusCode.Found)
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return path;
            }
            path = answer.Headers.Location!.OriginalString;
        }
        throw new InvalidOperationException("It goes round in circles.");
    }

    async Task<string> Text(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(await Opened(browser, path), UriKind.Relative), Cancel);
        return (await TestSite.Read(answer)).QuerySelector("main")!.TextContent;
    }

    async Task<string> Begin(HttpClient browser, string email)
    {
        using var opened = await browser.GetAsync(new Uri("/services/offer", UriKind.Relative), Cancel);
        var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
        site.Clock.Advance(TimeSpan.FromSeconds(3));
        await Location(browser.Send(form, "/services/offer", Fields(("Email", email))));
        return await Opened(browser, await Location(browser.Send(form, "/services/offer", Fields(("Email", email)))));
    }

    static async Task FillIn(HttpClient browser, string one, string name, bool secret = false)
    {
        await Location(
            browser.Send(
                one + "/what",
                Fields(("Name", name), ("Summary", "Somebody listens."), ("Organisation", "Families together"), ("YourName", "Sam Jones"))
            )
        );
        await Location(browser.Send(one + "/for", Fields(("Needs", "bond"), ("Audience", "mothers"))));
        await Location(browser.Send(one + "/touch", Fields(("Access", "yourself"), ("PublicPhone", "0113 496 0000"))));
        Assert.Equal(one + "/place", await Location(browser.Send(one + "/where", Fields(("How", "place"), ("Reach", "any")))));
        await Location(
            browser.Send(
                one + "/place",
                Fields(
                    ("Name", "Hidden House"),
                    ("Address", "17 Quiet Lane"),
                    ("Town", "Leeds"),
                    ("Postcode", "ls1 4ap"),
                    ("Secret", secret ? "true" : null)
                )
            )
        );
        await Location(browser.Send(one + "/cost", Fields(("Price", "free"), ("Languages", "ur"), ("Fact[baby]", "yes"))));
    }

    [Fact]
    public async Task A_service_is_offered_confirmed_approved_changed_checked_and_closed()
    {
        using var browser = site.Browser();
        using var staff = await site.SignedIn(StaffRole.Events);
        var draft = await Begin(browser, "sam@example.org");
        await FillIn(browser, draft, "Parents and babies");
        await Location(browser.Send(draft, Fields(("Do", "send"), ("Declared", "true")), "form:has([name=Declared])"));
        Assert.DoesNotContain("Parents and babies", await Text(staff, "/staff/services"), StringComparison.Ordinal);

        // The mailed link: nothing happens by opening it, only by pressing its button.
        var one = await Opened(browser, await MailedLink("service-started"));
        Assert.Null(Assert.Single(await All()).ConfirmedAt);
        await Location(browser.Send(one, Fields(("Do", "confirm")), "form:has([value=confirm])"));
        Assert.Contains("Parents and babies", await Text(staff, "/staff/services"), StringComparison.Ordinal);
        await MailedLink("service-received");

        var id = Assert.Single(await All()).Id;
        await Location(staff.Send($"/staff/services/review?id={id}", Fields(("Do", "approve")), "form:has([name=Revision])"));
        var service = Assert.Single(await All());
        Assert.Contains("Parents and babies", await Text(browser, "/services?near=LS1"), StringComparison.Ordinal);
        one = await Opened(browser, await MailedLink("service-approved"));

        // Ticks at once, words when they have been read.
        await Location(browser.Send(one + "/for", Fields(("Needs", "loss"), ("Audience", "mothers"))));
        await Location(browser.Send(one + "/touch", Fields(("Access", "yourself"), ("PublicPhone", "0113 496 9999"))));
        var shown = await Text(browser, "/services/" + service.Slug);
        Assert.Contains("Losing a baby", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("0113 496 9999", shown, StringComparison.Ordinal);
        Assert.Contains("0113 496 9999", await Text(staff, $"/staff/services/review?id={id}"), StringComparison.Ordinal);
        await Location(staff.Send($"/staff/services/review?id={id}", Fields(("Do", "approve")), "form:has([name=Revision])"));
        Assert.Contains("0113 496 9999", await Text(browser, "/services/" + service.Slug), StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromDays(30));
        await Location(browser.Send(one, Fields(("Do", "right")), "form:has([value=right])"));
        Assert.Contains(
            "Checked on 8 July 2026 by the service itself",
            await Text(browser, "/services/" + service.Slug),
            StringComparison.Ordinal
        );
        await Location(browser.Send(one, Fields(("Do", "pause")), "form:has([value=pause])"));
        Assert.Contains("closed for now", await Text(browser, "/services/" + service.Slug), StringComparison.Ordinal);
        await Location(browser.Send(one, Fields(("Do", "close"), ("Sure", "true")), "form:has([value=close])"));
        Assert.Contains("This service has closed.", await Text(browser, "/services/" + service.Slug), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_services_of_one_organisation_stand_behind_one_link()
    {
        using var browser = site.Browser();
        var draft = await Begin(browser, "sam@example.org");
        await FillIn(browser, draft, "First");
        var link = await MailedLink("service-started");

        // Pressed twice, one is begun.
        const string form = "main form[action*=manage]";
        var second = await Location(browser.Send(await Opened(browser, link), form: form));
        Assert.Equal(second, await Location(browser.Send(link, form: "main form[method=post]")));
        await FillIn(browser, second, "Second");

        List<FamilyService> services = [.. (await All()).OrderBy(s => s.Latest.Title, StringComparer.Ordinal)];
        Assert.Equal(["First", "Second"], services.Select(s => s.Latest.Title));
        Assert.Single(services.Select(s => s.OrganisationId).Distinct());
        Assert.Contains("First", await Text(browser, link), StringComparison.Ordinal);
        Assert.Contains("Second", await Text(browser, link), StringComparison.Ordinal);

        // Of another organisation nothing is opened by it, nor by the browser's own link once the address is known.
        using var other = site.Browser();
        var stranger = await Begin(other, "eve@example.org");
        var foreign = stranger[..(stranger.LastIndexOf('/') + 1)] + services[0].Id;
        foreach (var path in new[] { foreign, foreign + "/what", draft, draft[..draft.LastIndexOf('/')] })
        {
            using var answer = await other.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_secret_address_is_known_to_staff_and_to_nobody_else()
    {
        using var browser = site.Browser();
        using var staff = await site.SignedIn(StaffRole.Events);
        await FillIn(browser, await Begin(browser, "refuge@example.org"), "A safe place", secret: true);
        var one = await Opened(browser, await MailedLink("service-started"));
        await Location(browser.Send(one + "/what", Fields(("Description", "We are at 17 Quiet Lane."))));
        await Location(browser.Send(one, Fields(("Do", "send"), ("Declared", "true")), "form:has([name=Declared])"));
        var service = Assert.Single(await All());
        var review = $"/staff/services/review?id={service.Id}";

        Assert.Null(Assert.Single(service.Latest.Places).Point);
        Assert.Contains("17 Quiet Lane", await Text(staff, review), StringComparison.Ordinal);
        Assert.Contains("secret address seems to stand in a text", await Text(staff, review), StringComparison.Ordinal);
        await Location(browser.Send(one + "/what", Fields(("Description", "Somebody is there day and night."))));
        await Location(staff.Send(review, Fields(("Do", "approve")), "form:has([name=Revision])"));

        var slug = Assert.Single(await All()).Slug;
        foreach (var path in new[] { "/services?near=LS1", "/services/" + slug, "/services/print?near=LS1", "/services/wrong/" + slug })
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            var seen = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.Contains("A safe place", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("Quiet Lane", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("LS1 4AP", seen, StringComparison.Ordinal);
        }
        var table = await staff.GetStringAsync(new Uri("/staff/services/export", UriKind.Relative), Cancel);
        Assert.Contains("A safe place", table, StringComparison.Ordinal);
        Assert.DoesNotContain("LS1 4AP", table, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Log, l =>
            l.Contains("Quiet Lane", StringComparison.Ordinal) || l.Contains("LS1 4AP", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_cannot_be_used_is_said_and_stays_typed()
    {
        using var browser = site.Browser();
        var one = await Begin(browser, "sam@example.org");

        await Says(one + "/where", "We don’t know “QQ1”", ("How", "home"), ("Reach", "areas"), ("Districts", "LS1, qq1"));
        await Says(one + "/where", "If it has no place", ("How", "online"), ("Reach", "any"));
        await Says(one + "/place", "Enter the whole postcode", ("Town", "Paris"), ("Postcode", "75001"));
        await Says(one + "/touch", "Enter a phone number, an email address or a website", ("Access", "gp"));
        await Says(one + "/touch", "begins with https://", ("Access", "gp"), ("Website", "javascript:alert(1)"));
        await Says(one + "/what", "Enter the name of the service", ("Summary", "It stays."));

        async Task Says(string path, string words, params (string, string?)[] typed)
        {
            using var answer = await browser.Send(path, Fields(typed));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var page = await TestSite.Read(answer);
            Assert.Contains(words, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.Contains(
                typed[^1].Item2!,
                string.Concat(
                    page.QuerySelectorAll("input")
                        .OfType<IHtmlInputElement>()
                        .Where(i => i.Type is not ("checkbox" or "radio") || i.IsChecked)
                        .Select(i => i.Value)
                ) + string.Concat(page.QuerySelectorAll("textarea").OfType<IHtmlTextAreaElement>().Select(a => a.Value)),
                StringComparison.OrdinalIgnoreCase
            );
        }
    }

    [Fact]
    public async Task Staff_ask_decline_and_deal_with_reports_once()
    {
        using var ruth = await site.SignedIn(StaffRole.Events);
        using var tom = await site.SignedIn(StaffRole.Events);
        var generated = new GeneratedServices(3);
        var (waiting, live) = (generated.Waiting(generated.InLeeds("A question")), generated.Published(generated.InLeeds("Here")));
        await site.Write(db =>
        {
            db.AddRange(waiting, live);
            db.Add(
                new ServiceReport
                {
                    Id = Guid.CreateVersion7(),
                    ServiceId = live.Id,
                    At = TestSite.Start.UtcDateTime,
                    What = "closed",
                }
            );
            return Task.CompletedTask;
        });
        var review = $"/staff/services/review?id={waiting.Id}";

        using (var empty = await ruth.Send(review, Fields(("Do", "ask")), "form:has([name=Revision])"))
            Assert.Contains(
                "Write what the organisation should read",
                await empty.Content.ReadAsStringAsync(Cancel),
                StringComparison.Ordinal
            );
        using var opened = await tom.GetAsync(new Uri(review, UriKind.Relative), Cancel);
        var stale = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("form:has([name=Revision])")!;
        await Location(ruth.Send(review, Fields(("Do", "ask"), ("Words", "Where is it?")), "form:has([name=Revision])"));
        using (var late = await tom.Send(stale, review, Fields(("Do", "approve"))))
            Assert.Contains("Nothing waits here for a decision", await late.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Null((await All()).Single(s => s.Id == waiting.Id).ApprovedAt);
        await MailedLink("service-asked");

        Assert.Contains("It has closed", await Text(ruth, "/staff/services"), StringComparison.Ordinal);
        await Location(ruth.Send("/staff/services", form: "form[action*=Close]"));
        Assert.DoesNotContain("It has closed", await Text(ruth, "/staff/services"), StringComparison.Ordinal);
        Assert.Contains("Here", await Text(ruth, "/staff/services?Words=here"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"/services/manage/[\w-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Path();
}
