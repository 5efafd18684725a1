using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events;

/// <summary>An event from its organiser's first word to its cancellation, through the front door.</summary>
[BothStores]
public sealed partial class OfferTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

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
            db.Set<OutboxMail>().Where(m => m.Kind == kind).OrderByDescending(m => m.Id).Select(m => m.Text).FirstAsync()
        );
        return Path().Match(text).Value;
    }

    async Task<string> Begin(HttpClient browser, string email)
    {
        using var opened = await browser.GetAsync(new Uri("/events/offer", UriKind.Relative), TestContext.Current.CancellationToken);
        var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
        site.Clock.Advance(TimeSpan.FromSeconds(3));
        return await Location(browser.Send(form, "/events/offer", Fields(("Email", email))));
    }

    static async Task FillIn(HttpClient browser, string manage, string name)
    {
        await Location(browser.Send(manage + "/what", Fields(("Name", name), ("Summary", "Songs and tea."))));
        await Location(
            browser.Send(
                manage + "/dates",
                Fields(
                    ("Kind", "weekly"),
                    ("Day.Day", "15"),
                    ("Day.Month", "6"),
                    ("Day.Year", "2026"),
                    ("Starts", "10.30"),
                    ("Ends", "12:00"),
                    ("Until.Day", "6"),
                    ("Until.Month", "7"),
                    ("Until.Year", "2026")
                )
            )
        );
        await Location(
            browser.Send(
                manage + "/place",
                Fields(("How", "in-person"), ("Venue", "Village hall"), ("Town", "Leeds"), ("Postcode", "ls1 4ap"))
            )
        );
        await Location(
            browser.Send(manage + "/audience", Fields(("For", "families"), ("Fact[step-free]", "yes"), ("Fact[parking]", "no")))
        );
        await Location(browser.Send(manage + "/booking", Fields(("Price", "free"), ("Book", "no"))));
        await Location(browser.Send(manage + "/organiser", Fields(("Organisation", "Families together"), ("YourName", "Sam Jones"))));
    }

    [Fact]
    public async Task An_event_is_offered_confirmed_approved_changed_and_cancelled()
    {
        using var browser = site.Browser();
        var draft = await Begin(browser, "sam@example.org");
        await FillIn(browser, draft, "Songs for babies");
        await Location(browser.Send(draft, Fields(("Do", "send"), ("Declared", "true")), "form:has([name=Declared])"));
        using var moderator = await site.SignedIn(StaffRole.Events);
        Assert.DoesNotContain(
            "Songs for babies",
            await moderator.GetStringAsync(new Uri("/staff/events", UriKind.Relative), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        // The mailed link opens it elsewhere, changes nothing when it is only looked at, and ends the browser's own.
        var manage = await MailedLink("event-started");
        using var elsewhere = site.Browser();
        Assert.Null(await site.InStore(db => db.Set<Event>().Select(e => e.ConfirmedAt).SingleAsync()));
        await Location(elsewhere.Send(manage, Fields(("Do", "confirm"))));
        using (var old = await browser.GetAsync(new Uri(draft, UriKind.Relative), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);

        // Nowhere before the approval.
        foreach (
            var path in new[]
            {
                "/events?near=LS1",
                "/events/feed.atom",
                "/events/calendar.ics",
                "/api/events",
                "/events/sitemap.xml",
                "/events/embed",
                "/events/print",
            }
        )
            Assert.DoesNotContain(
                "ongs-for-babies",
                await elsewhere.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );

        var id = await site.InStore(db => db.Set<Event>().Select(e => e.Id).SingleAsync());
        Assert.Equal(
            "/staff/events",
            await Location(moderator.Send($"/staff/events/review?id={id}", Fields(("Do", "approve")), "form:has([name=Revision])"))
        );
        var slug = await site.InStore(db => db.Set<Event>().Select(e => e.Slug).SingleAsync());
        Assert.Contains(
            "/events/" + slug,
            await elsewhere.GetStringAsync(new Uri("/events?near=LS1&miles=2", UriKind.Relative), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        // A new name waits; the old one stays. A tick changes at once.
        await Location(elsewhere.Send(manage + "/what", Fields(("Name", "Songs and stories"))));
        await Location(elsewhere.Send(manage + "/audience", Fields(("Fact[parking]", "yes"))));
        var page = await site.Open("/events/" + slug);
        Assert.Equal("Songs for babies", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("parking", page.QuerySelector("main")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "Songs and stories",
            await moderator.GetStringAsync(new Uri("/staff/events", UriKind.Relative), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        await Location(elsewhere.Send(manage, Fields(("Do", "cancel")), "form:has([value=cancel])"));
        Assert.Contains(
            "has been cancelled",
            (await site.Open("/events/" + slug)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "STATUS:CANCELLED",
            await elsewhere.GetStringAsync(new Uri($"/events/{slug}.ics", UriKind.Relative), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        await Location(elsewhere.Send(manage, Fields(("Do", "withdraw"), ("Sure", "true")), "form:has([value=withdraw])"));
        using var gone = await elsewhere.GetAsync(new Uri("/events/" + slug, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        // No address of a person or a place reached the log.
        Assert.DoesNotContain(site.Log, line =>
            line.Contains("sam@example.org", StringComparison.OrdinalIgnoreCase) || line.Contains("LS1", StringComparison.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public async Task Another_token_opens_nothing()
    {
        using var browser = site.Browser();
        var draft = await Begin(browser, "sam@example.org");
        var token = draft.Split('/')[^1];
        string Swapped(string text) =>
            string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
        foreach (var other in new[] { token[..^1], token + "A", Swapped(token), token[1..] + token[0], new string('A', token.Length), "x" })
        {
            using var answer = await browser.GetAsync(
                new Uri("/events/manage/" + other, UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        using var right = await browser.GetAsync(new Uri(draft, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(
            (HttpStatusCode.OK, true, "no-referrer"),
            (right.StatusCode, right.Headers.CacheControl!.NoStore, right.Headers.GetValues("Referrer-Policy").Single())
        );
    }

    [Fact]
    public async Task A_thousand_programs_publish_nothing_and_fill_no_queue()
    {
        using var browser = site.Browser();
        using var opened = await browser.GetAsync(new Uri("/events/offer", UriKind.Relative), TestContext.Current.CancellationToken);
        var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
        site.Clock.Advance(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 1000; i++)
        {
            // Half fill in every box; half are careful, and still read nobody's mail.
            using var answer = await browser.Send(
                form,
                "/events/offer",
                Fields(("Email", $"bot{i}@example.com"), ("Website", i % 2 == 0 ? "https://spam.example" : ""))
            );
            Assert.True((int)answer.StatusCode < 500);
        }
        Assert.Equal(0, await site.InStore(db => db.Set<EventDate>().CountAsync()));
        Assert.Equal(0, await site.InStore(db => db.Set<Event>().CountAsync(e => e.WaitingSince != null)));
        Assert.True(await site.InStore(db => db.Set<OutboxMail>().CountAsync()) <= 70);
    }

    [Fact]
    public async Task Two_hundred_honest_people_are_not_refused()
    {
        for (var i = 0; i < 200; i++)
        {
            using var browser = site.Browser();
            Assert.StartsWith("/events/manage/", await Begin(browser, $"person{i}@example.org"), StringComparison.Ordinal);
            site.Clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Theory]
    [InlineData("dates", "Starts", "01:30", "Day", "28", "3", "2027", "does not exist")]
    [InlineData("dates", "Starts", "10:00", "Day", "31", "2", "2027", "Enter a real date")]
    [InlineData("dates", "Starts", "10:00", "Day", "1", "6", "2026", "is in the past")]
    [InlineData("dates", "Starts", "01:30", "Day", "25", "10", "2026", "shows 01:30 twice")]
    public async Task Times_that_cannot_be_are_told_at_the_field_and_what_was_typed_stays(
        string step,
        string field,
        string time,
        string date,
        string day,
        string month,
        string year,
        string words
    )
    {
        using var browser = site.Browser();
        var draft = await Begin(browser, "sam@example.org");
        using var answer = await browser.Send(
            $"{draft}/{step}",
            Fields(
                ("Kind", "once"),
                (field, time),
                ("Ends", "11:30"),
                (date + ".Day", day),
                (date + ".Month", month),
                (date + ".Year", year)
            )
        );
        var page = await TestSite.Read(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(words, page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(time, ((IHtmlInputElement)page.QuerySelector($"[name={field}]")!).Value);
    }

    [Theory]
    [InlineData("place", "OnlineLink", "javascript:alert(1)")]
    [InlineData("booking", "BookingLink", "data:text/html,x")]
    [InlineData("organiser", "OrganiserLink", "https://user:password@example.org")]
    [InlineData("what", "Name", null)]
    public async Task Bad_answers_are_never_a_server_error(string step, string field, string? value)
    {
        using var browser = site.Browser();
        var draft = await Begin(browser, "sam@example.org");
        using var answer = await browser.Send($"{draft}/{step}", Fields(("How", "online"), (field, value ?? new string('x', 10_000))));
        var page = await TestSite.Read(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(page.QuerySelector(".error-summary"));
        Assert.Equal(value ?? new string('x', 10_000), ((IHtmlInputElement)page.QuerySelector($"[name={field}]")!).Value);
    }

    [GeneratedRegex(@"/events/manage/[\w-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Path();
}
