using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Organisers;

/// <summary>What an organiser says of themselves is on their events' pages once somebody approved it, and only that.</summary>
[BothStores]
public sealed class OrganiserProfileTests : IAsyncDisposable
{
    readonly TogetherSite site = new();
    readonly GeneratedEvents generated = new(8);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Dictionary<string, string?> Typed(string about) =>
        Fields(("Do", "save"), ("Name", "Families together"), ("About", about), ("Link", "families.example"));

    Task<OrganiserProfile> Only() => site.InStore(db => db.Set<OrganiserProfile>().AsNoTracking().SingleAsync(Cancel));

    async Task<string> Decide(HttpClient staff, string act, string words = "")
    {
        var id = (await Only()).Id;
        using var answer = await staff.Send($"/staff/events/profile?id={id}", Fields(("Do", act), ("Words", words)), "form.form");
        return answer.Headers.Location?.OriginalString ?? (await TestSite.Read(answer)).QuerySelector(".error-summary")!.TextContent.Trim();
    }

    static async Task<string> About(HttpClient browser, Event e)
    {
        var page = await browser.Open("/events/" + e.Slug);
        return page.QuerySelector("section[aria-labelledby=organiser]")?.TextContent ?? "";
    }

    [Fact]
    public async Task Only_what_was_approved_is_shown_and_only_with_events_of_the_same_address()
    {
        var (songs, stories, theirs) = (
            generated.Published(generated.Once("Songs")),
            generated.Published(generated.Once("Stories")),
            generated.Published(generated.Once("Somebody else’s"))
        );
        var other = HomeOf.Draft("other@example.org", generated.Once("Elsewhere"));
        other.Confirm(GeneratedEvents.Now);
        other.Send(GeneratedEvents.Now);
        other.Approve("Ruth", other.Revision, GeneratedEvents.Now);
        theirs.Cancel("Ruth", "", GeneratedEvents.Now);
        await site.Keep(songs, stories, theirs, other);
        using var browser = site.Browser();
        using var staff = await site.SignedIn(StaffRole.Events);
        var home = await site.Home(browser);
        using (var sent = await browser.Send(home + "/profile", Typed("We sing <b>with</b> babies.")))
            Assert.Equal(home, sent.Headers.Location?.OriginalString);
        Assert.Equal("", await About(browser, songs));
        Assert.Contains("Profiles of organisers: 1", await Text(staff, "/staff/events"), StringComparison.Ordinal);

        Assert.Equal("/staff/events", await Decide(staff, "approve"));
        var about = await About(browser, songs);
        foreach (
            var words in new[] { "We sing <b>with</b> babies.", "https://families.example/", "Other events of this organiser", "Stories" }
        )
            Assert.Contains(words, about, StringComparison.Ordinal);
        foreach (var words in new[] { "Elsewhere", "Somebody else", "organiser@example.org" })
            Assert.DoesNotContain(words, about, StringComparison.Ordinal);
        Assert.Equal("", await About(browser, other));

        // A change waits, and the approved words stay.
        using (await browser.Send(home + "/profile", Typed("Buy now."))) { }
        Assert.Contains("We sing", await About(browser, songs), StringComparison.Ordinal);
        var screen = await Text(staff, $"/staff/events/profile?id={(await Only()).Id}");
        Assert.Contains("We sing", screen, StringComparison.Ordinal);
        Assert.Contains("Buy now.", screen, StringComparison.Ordinal);
        Assert.Contains("Write what the organiser should read", await Decide(staff, "decline"), StringComparison.Ordinal);
        Assert.Equal("/staff/events", await Decide(staff, "decline", "No adverts, please."));
        Assert.Contains("No adverts, please.", await Text(browser, home + "/profile"), StringComparison.Ordinal);
        Assert.Contains("We sing", await About(browser, songs), StringComparison.Ordinal);

        Assert.Equal("/staff/events", await Decide(staff, "withdraw", "It is not true."));
        Assert.Equal("", await About(browser, songs));
        // It may be told anew, and waits again.
        using (await browser.Send(home + "/profile", Typed("We are another group."))) { }
        Assert.Equal("", await About(browser, songs));
        Assert.Equal(
            ["profile-approved", "profile-change-declined", "profile-declined"],
            await site.InStore(db =>
                db.Set<OutboxMail>().Where(m => m.Kind.StartsWith("profile-")).OrderBy(m => m.Kind).Select(m => m.Kind).ToListAsync(Cancel)
            )
        );
        using (await browser.Send(home + "/profile", Fields(("Do", "remove")), "section form")) { }
        Assert.Equal(0, await site.InStore(db => db.Set<OrganiserProfile>().CountAsync(Cancel)));
    }

    static async Task<string> Text(HttpClient browser, string path) => (await browser.Open(path)).QuerySelector("main")!.TextContent;

    [Fact]
    public async Task Sent_twice_at_once_it_is_there_once_and_nobody_approves_what_they_did_not_read()
    {
        await site.Keep(generated.Published(generated.Once("Songs")));
        using var browser = site.Browser();
        using var staff = await site.SignedIn(StaffRole.Events);
        var home = await site.Home(browser);
        var press = (
            browser,
            await TogetherSite.TokenOf(browser),
            home + "/profile",
            (IReadOnlyDictionary<string, string?>)Typed("We sing.")
        );
        foreach (var answer in await site.Together(press, press))
            answer.Dispose();
        var seen = await Only();
        Assert.True(seen.Waiting);

        var path = $"/staff/events/profile?id={seen.Id}";
        var opened = await staff.Open(path);
        using (await browser.Send(home + "/profile", Typed("Buy now."))) { }
        var form = Assert.IsAssignableFrom<IHtmlFormElement>(opened.QuerySelector("form.form"));
        using (var late = await staff.Send(form, path, Fields(("Do", "approve"))))
            Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.False((await Only()).IsPublic);
    }

    [Fact]
    public async Task Too_much_is_said_at_the_field_and_what_was_typed_outlives_an_outage()
    {
        await site.Keep(generated.Published(generated.Once("Songs")));
        using var browser = site.Browser();
        var path = await site.Home(browser) + "/profile";
        using (var refused = await browser.Send(path, Typed(new string('x', 601))))
        {
            var page = await TestSite.Read(refused);
            Assert.Contains("at most 600", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(601, page.QuerySelector("[name=About]")!.TextContent.Trim().Length);
        }
        var form = Assert.IsAssignableFrom<IHtmlFormElement>((await browser.Open(path)).QuerySelector("main form[method=post]"));
        using (StoreOutage.Of(site))
        using (var away = await browser.Send(form, path, Typed("We sing.")))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
            Assert.Contains("We sing.", await away.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
        using (var back = await browser.Send(form, path, Typed("We sing.")))
            Assert.Equal(HttpStatusCode.Found, back.StatusCode);
        Assert.Equal("We sing.", (await Only()).Latest.About);
    }

    [Fact]
    public async Task A_profile_goes_with_the_last_of_its_events()
    {
        var e = generated.Published(generated.Once("Songs"));
        e.ContactName = "Sam Jones";
        await site.Keep(e);
        using var browser = site.Browser();
        using (await browser.Send(await site.Home(browser) + "/profile", Typed("We sing."))) { }
        await site.RunsUntil(GeneratedEvents.Now.AddDays(60));
        await Forget();
        Assert.True(await site.InStore(db => db.Set<OrganiserProfile>().AnyAsync(Cancel)));
        Assert.False(await site.InStore(db => db.Set<OrganiserLink>().AnyAsync(Cancel)));
        await site.Write(db => db.Set<Event>().ExecuteDeleteAsync(Cancel));
        await Forget();
        Assert.False(await site.InStore(db => db.Set<OrganiserProfile>().AnyAsync(Cancel)));

        async Task Forget()
        {
            await using var scope = site.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<EventRetention>().ForgetAsync(Cancel);
        }
    }
}
