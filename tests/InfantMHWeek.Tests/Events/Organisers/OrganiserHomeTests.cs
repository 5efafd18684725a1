using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services;
using InfantMHWeek.Tests.Services;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Organisers;

/// <summary>One mailed link opens all that one address offers, and nothing of anybody else.</summary>
[BothStores]
public sealed class OrganiserHomeTests : IAsyncDisposable
{
    const string Own = "organiser@example.org";
    readonly TogetherSite site = new();
    readonly GeneratedEvents generated = new(5);
    readonly GeneratedServices services = new(5);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static string KeyOf(string home, Guid id) => home["/organiser/".Length..] + id.ToString("N");

    Event Of(string email, string title)
    {
        var made = HomeOf.Draft(email, generated.Once(title));
        made.Confirm(GeneratedEvents.Now);
        made.Send(GeneratedEvents.Now);
        made.Approve("Ruth", made.Revision, GeneratedEvents.Now);
        return made;
    }

    Event[] OfEveryState()
    {
        var now = GeneratedEvents.Now;
        var (asked, declined, changed) = (
            generated.Waiting(generated.Once("Asked songs")),
            generated.Waiting(generated.Once("Declined songs")),
            generated.Published(generated.Once("Changed songs"))
        );
        asked.Ask("Ruth", asked.Revision, "Where is the door?", now);
        declined.Decline("Ruth", declined.Revision, "It is an advert.", now);
        changed.Propose(changed.Latest with { Title = "Changed tunes" }, now);
        var past = new EventTime(new(2026, 6, 1), new(10, 0), new(2026, 6, 1), new(11, 0));
        var (cancelled, withdrawn) = (
            generated.Published(generated.Once("Cancelled songs")),
            generated.Published(generated.Once("Withdrawn songs"))
        );
        cancelled.Cancel(Event.Organiser, "", now);
        withdrawn.Withdraw("Ruth", "It stands here twice.", now);
        return
        [
            HomeOf.Draft(Own, generated.Once("Draft songs")),
            generated.Waiting(generated.Once("Waiting songs")),
            asked,
            declined,
            generated.Published(generated.Once("Shown songs")),
            changed,
            generated.Published(generated.Once("Past songs") with { Schedule = Schedule.Once(past) }),
            cancelled,
            withdrawn,
        ];
    }

    [Fact]
    public async Task The_link_shows_all_of_the_address_in_words_and_each_can_be_opened()
    {
        var events = OfEveryState();
        var service = FamilyService.Start(EmailAddress.Parse(Own, null), GeneratedServices.Now, services.InLeeds("Our service"));
        await site.Keep([.. events, service, Of("other@example.org", "Somebody else")]);
        using var browser = site.Browser();
        // It was typed with other capitals, and goes to the address as it is held.
        var home = await site.Home(browser, "Organiser@Example.org");
        Assert.Equal(Own, (await site.InStore(db => db.Set<OutboxMail>().Select(m => m.To).SingleAsync(Cancel))).Text);

        using var answer = await browser.GetAsync(new Uri(home, UriKind.Relative), Cancel);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        var page = await TestSite.Read(answer);
        Assert.NotNull(page.QuerySelector("meta[name=robots][content*=noindex]"));
        var text = page.QuerySelector("main")!.TextContent;
        Assert.DoesNotContain("Somebody else", text, StringComparison.Ordinal);
        (string, string[])[] expected =
        [
            ("todo", ["Our service", "Declined songs", "Asked songs", "Draft songs"]),
            ("waiting", ["Waiting songs"]),
            ("shown", ["Changed tunes", "Shown songs"]),
            ("past", ["Past songs"]),
            ("ended", ["Withdrawn songs", "Cancelled songs"]),
        ];
        foreach (var (group, titles) in expected)
            Assert.Equal(
                titles.Order(StringComparer.Ordinal),
                page.QuerySelectorAll($"section:has(> #{group}) h3").Select(h => h.TextContent).Order(StringComparer.Ordinal)
            );
        foreach (
            var words in new[]
            {
                "Where is the door?",
                "It is an advert.",
                "It stands here twice.",
                "A draft that only you see",
                "your change waits",
                "Next on Saturday 20 June 2026, 10am",
                "Was last on Monday 1 June 2026",
                "Tell us how it went",
            }
        )
            Assert.Contains(words, text, StringComparison.Ordinal);
        foreach (var link in page.QuerySelectorAll("section h3 a").Select(a => a.GetAttribute("href")!))
        {
            using var opened = await browser.GetAsync(new Uri(link, UriKind.Relative), Cancel);
            Assert.True(opened.StatusCode == HttpStatusCode.OK, $"{link}: {opened.StatusCode}");
            Assert.Contains(home, await opened.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
        var taken = await browser.Open("/events/manage/" + KeyOf(home, events[^1].Id));
        Assert.Contains("Our staff have taken it down", taken.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_behind_the_link_is_kept_and_a_copy_and_another_stay_behind_it()
    {
        var e = Of(Own, "Songs");
        await site.Keep(e);
        using var browser = site.Browser();
        var home = await site.Home(browser);
        var manage = "/events/manage/" + KeyOf(home, e.Id);
        using (var changed = await browser.Send(manage + "/what", Fields(("Name", "Other songs"))))
            Assert.Equal(manage, changed.Headers.Location?.OriginalString);

        using (var copied = await browser.Send(home, form: $"form[action='{manage}']", fields: Fields(("Do", "copy"))))
        {
            var copy = await browser.Open(copied.Headers.Location!.OriginalString + "/organiser");
            Assert.Equal("Sam Jones", copy.QuerySelector("[name=YourName]")!.GetAttribute("value"));
        }
        var token = await TogetherSite.TokenOf(browser);
        foreach (var what in new[] { "event", "service" })
        {
            var press = (browser, token, home, (IReadOnlyDictionary<string, string?>)Fields(("Do", what)));
            var answers = await site.Together(press, press);
            Assert.Single(answers.Select(a => a.Headers.Location?.OriginalString).Distinct(StringComparer.Ordinal));
            foreach (var answer in answers)
                answer.Dispose();
        }
        var another = await site.InStore(db => db.Set<Event>().SingleAsync(o => o.CopiedFrom == null && o.Id != e.Id, Cancel));
        Assert.Equal(("Sam Jones", "Families together", ""), (another.ContactName, another.Latest.Organiser, another.Latest.Title));
        Assert.Equal(
            (3, 1),
            await site.InStore(async db => (await db.Set<Event>().CountAsync(Cancel), await db.Set<FamilyService>().CountAsync(Cancel)))
        );
        Assert.Contains(
            "A service without a name",
            await browser.GetStringAsync(new Uri(home, UriKind.Relative), Cancel),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nobody_learns_whether_an_address_is_known_and_the_same_form_mails_once()
    {
        await site.Keep(Of(Own, "Songs"));
        using var browser = site.Browser();
        async Task<string> Answer(string email)
        {
            using var asked = await browser.Send("/organiser", Fields(("Email", email)));
            return $"{asked.StatusCode} {asked.Headers.Location} {await asked.Content.ReadAsStringAsync(Cancel)}";
        }
        Assert.Equal(await Answer("nobody@example.org"), await Answer(Own));
        Assert.Single(await site.HomeLinks());

        // Two mails to one address are enough for a while.
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var page = await browser.Open("/organiser");
        var press = (
            browser,
            page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!,
            "/organiser",
            (IReadOnlyDictionary<string, string?>)Fields(("Email", Own), ("Seal", page.QuerySelector("[name=Seal]")!.GetAttribute("value")))
        );
        foreach (var answer in await site.Together(press, press))
        {
            Assert.Equal("/organiser/sent", answer.Headers.Location?.OriginalString);
            answer.Dispose();
        }
        Assert.Equal(2, (await site.HomeLinks()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(2, await site.InStore(db => db.Set<OrganiserLink>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task A_key_opens_nothing_of_another_address_and_no_guess_opens_anything()
    {
        var (own, other) = (Of(Own, "Songs"), Of("other@example.org", "Somebody else"));
        var draft = Event.Import(EmailAddress.Parse(Own, null), "uid", own.Latest, own.Latest, "Ruth", GeneratedEvents.Now);
        var (ours, theirs) = (services.PublishedOf(1), services.PublishedOf(2));
        await site.Keep(own, other, draft, ours, theirs);
        using var browser = site.Browser();
        var home = await site.Home(browser);
        var token = home["/organiser/".Length..];
        // The control: the same way leads somewhere.
        Assert.Equal("200", await browser.LeadsTo("/events/manage/" + KeyOf(home, own.Id)));

        foreach (
            var key in new[]
            {
                KeyOf(home, other.Id),
                KeyOf(home, draft.Id),
                KeyOf(home, Guid.Empty),
                KeyOf(home, ours.Id),
                token + own.Id.ToString("N").ToUpperInvariant(),
            }
        )
        foreach (var step in new[] { "", "/what", "/organiser", "/date" })
            Assert.True(
                await browser.LeadsTo($"/events/manage/{key}{step}") is var to && (to == home || to == "404"),
                $"{key}{step}: {to}"
            );
        foreach (var key in new[] { KeyOf(home, theirs.Id), KeyOf(home, own.Id) })
        foreach (
            var path in new[]
            {
                $"/services/manage/{key}",
                $"/services/manage/{key}/{theirs.Id}",
                $"/services/manage/{key}/{theirs.Id}/what",
            }
        )
            Assert.Equal(home, await browser.LeadsTo(path));
        foreach (
            var guess in new[]
            {
                token.ToLowerInvariant(),
                token[..31],
                token + "x",
                LinkToken.New(),
                EventLinks.StaffName(own.Id),
                KeyOf(home, own.Id),
                new string('0', 32),
            }
        )
            Assert.True(await browser.LeadsTo("/organiser/" + guess) == "404", guess);

        var (form, page) = (await TogetherSite.TokenOf(browser), "/events/manage/" + KeyOf(home, other.Id));
        using (var act = (await site.Together((browser, form, page, Fields(("Do", "withdraw"), ("Sure", "true"))))).Single())
            Assert.Equal(home, act.Headers.Location?.OriginalString);
        Assert.True(await site.InStore(db => db.Set<Event>().AllAsync(e => e.WithdrawnAt == null, Cancel)));
    }

    [Fact]
    public async Task An_ended_link_says_so_and_takes_what_was_being_typed()
    {
        var e = Of(Own, "Songs");
        await site.Keep(e);
        using var browser = site.Browser();
        var home = await site.Home(browser);
        var manage = "/events/manage/" + KeyOf(home, e.Id);
        var opened = await browser.Open(manage + "/what");
        var form = opened.QuerySelector<IHtmlFormElement>("main form[method=post]")!;
        site.Clock.Advance(OrganiserLink.Lasts);

        using (var kept = await browser.Send(form, manage + "/what", Fields(("Name", "Typed before it ended"))))
            Assert.Equal(manage, kept.Headers.Location?.OriginalString);
        Assert.Equal("Typed before it ended", (await site.InStore(db => db.Set<Event>().SingleAsync(Cancel))).Latest.Title);
        Assert.Equal(home, await browser.LeadsTo(manage));
        using (var ended = await browser.GetAsync(new Uri(home, UriKind.Relative), Cancel))
        {
            Assert.Equal(HttpStatusCode.NotFound, ended.StatusCode);
            var page = await TestSite.Read(ended);
            Assert.Equal("This link no longer works", page.QuerySelector("h1")!.TextContent);
            Assert.NotNull(page.QuerySelector("main a[href='/organiser']"));
        }
        site.Clock.Advance(OrganiserLink.StillTaken);
        using (var late = await browser.Send(form, manage + "/what", Fields(("Name", "Too late"))))
            Assert.Equal(home, late.Headers.Location?.OriginalString);
        Assert.Equal("Typed before it ended", (await site.InStore(db => db.Set<Event>().SingleAsync(Cancel))).Latest.Title);
        Assert.NotEqual(home, await site.Home(browser));
    }

    [Fact]
    public async Task Away_with_the_store_the_address_stays_in_the_form()
    {
        await site.Keep(Of(Own, "Songs"));
        using var browser = site.Browser();
        var page = await browser.Open("/organiser");
        var form = page.QuerySelector<IHtmlFormElement>("main form[method=post]")!;
        using (StoreOutage.Of(site))
        using (var away = await browser.Send(form, "/organiser", Fields(("Email", Own))))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
            Assert.Equal(Own, (await TestSite.Read(away)).QuerySelector("[name=Email]")!.GetAttribute("value"));
        }
        using (var back = await browser.Send(form, "/organiser", Fields(("Email", Own))))
            Assert.Equal("/organiser/sent", back.Headers.Location?.OriginalString);
        Assert.Single(await site.HomeLinks());
    }
}
