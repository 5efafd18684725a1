using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Bookings;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Bookings;

/// <summary>A small charity with a baby group lets families book; a parent books, says yes, cancels: in HTML, as they do.</summary>
[BothStores]
public sealed class BookingTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly BookingDesk desk;

    public BookingTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Dictionary<string, string?> Ann(string email = "ann@home.example", string babies = "1") =>
        Fields(("Name", "Ann Lee"), ("Email", email), ("Babies", babies));

    async Task<string> Text(string path) => (await site.Open(path)).Body!.TextContent;

    [Fact]
    public async Task No_sign_that_nobody_sees_comes_with_a_name_into_the_organisers_list()
    {
        var (e, token) = await desk.Group(new(3));
        using (
            var booked = await Send(
                $"/events/book/{e.Slug}/{BookingDesk.Tuesday}",
                Fields(("Name", "Ann\u202E\u2066\u200B Lee\u2069"), ("Email", "ann@home.example"), ("Babies", "1"))
            )
        )
            Assert.Equal("/events/book/sent", booked.Headers.Location?.OriginalString);
        Assert.Equal("Ann Lee", (await site.Open($"/events/manage/{token}/bookings")).QuerySelector("tbody th")!.TextContent);
    }

    async Task<HttpResponseMessage> Send(string path, Dictionary<string, string?> fields, string form = "main form[method=post]")
    {
        using var browser = site.Browser();
        return await browser.Send(path, fields, form);
    }

    [Fact]
    public async Task An_organiser_switches_places_on_a_family_books_says_yes_and_cancels()
    {
        var (e, token) = await desk.Group(places: null);
        var (page, book) = ("/events/" + e.Slug, $"/events/book/{e.Slug}/{BookingDesk.Tuesday}");
        Assert.DoesNotContain("Book a place", await Text(page), StringComparison.Ordinal);
        using (var closed = await site.Browser().GetAsync(new Uri(book, UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);

        using (
            var on = await Send(
                $"/events/manage/{token}/places",
                Fields(("Here", "yes"), ("Count", "12"), ("Closes", "2"), ("Waiting", "yes"))
            )
        )
            Assert.Equal(HttpStatusCode.Found, on.StatusCode);
        var kept = await site.InStore(db => db.Set<Event>().SingleAsync(o => o.Id == e.Id, Cancel));
        Assert.True(kept is { Waiting: false, Proposed: null, Live: { Places.Count: 12, Booking: Booking.Needed } });
        var shown = await Text(page);
        Assert.Contains("Tuesday 16 June 2026, 10:00 to 11:30: 12 places left", shown, StringComparison.Ordinal);
        Assert.Contains("Please book a place on this website", shown, StringComparison.Ordinal);
        using (var browser = site.Browser())
        {
            var facts = JsonNode.Parse(await browser.GetStringAsync(new Uri("/api/events", UriKind.Relative), Cancel))!["events"]![0]!;
            Assert.Equal(("needed", "https://week.example" + page), ((string?)facts["booking"], (string?)facts["bookingUrl"]));
        }

        using (var booked = await Send(book, Ann(babies: "2")))
            Assert.Equal("/events/book/sent", booked.Headers.Location?.OriginalString);
        var mail = Assert.Single(await desk.Mails());
        Assert.Equal(("event-place-held", "ann@home.example"), (mail.Kind, mail.To.Text));
        Assert.Contains("Tuesday 16 June 2026, 10am", mail.Text, StringComparison.Ordinal);
        var link = BookingDesk.LinkIn(mail);
        Assert.Contains("We are keeping a place for you", await Text(link), StringComparison.Ordinal);
        Assert.Equal(BookingState.Held, Assert.Single(await desk.In(e)).State);
        Assert.Contains("10:00 to 11:30: 11 places left", await Text(page), StringComparison.Ordinal);

        (await Send(link, Fields(("wish", "accept")))).Dispose();
        Assert.Equal(BookingState.Accepted, Assert.Single(await desk.In(e)).State);
        using (var list = await site.Browser().GetAsync(new Uri($"/events/manage/{token}/bookings", UriKind.Relative), Cancel))
        {
            Assert.True(list.Headers.CacheControl is { NoStore: true });
            var seen = await TestSite.Read(list);
            Assert.Contains("1 of 12 places, 2 babies, 0 waiting.", seen.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains("Ann Lee2ann@home.examplebooked", seen.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("noindex", seen.Head!.InnerHtml, StringComparison.Ordinal);
        }

        (await Send(link, Fields(("wish", "give-up")))).Dispose();
        Assert.Equal(BookingState.GivenUp, Assert.Single(await desk.In(e)).State);
        Assert.Contains("10:00 to 11:30: 12 places left", await Text(page), StringComparison.Ordinal);
        Assert.Equal(["event-place-held", "event-place-booked"], (await desk.Mails()).Select(m => m.Kind));
    }

    [Fact]
    public async Task Nobody_learns_from_the_form_whether_an_address_has_a_place()
    {
        var (e, _) = await desk.Group(new(2));
        var book = $"/events/book/{e.Slug}/{BookingDesk.Tuesday}";
        using var first = await Send(book, Ann());
        using var again = await Send(book, Ann("ANN@home.example"));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Single(await desk.In(e));
        Assert.Equal(["event-place-held", "event-place-before"], (await desk.Mails()).Select(m => m.Kind));
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_the_field_and_what_was_typed_stays()
    {
        var (e, token) = await desk.Group(new(1, WaitingList: false));
        var book = $"/events/book/{e.Slug}/{BookingDesk.Tuesday}";
        foreach (
            var (name, value, words) in new[]
            {
                ("Name", "", "Enter your name"),
                ("Email", "ann", "usual form"),
                ("Babies", "7", "from 0 to 6"),
                ("Babies", "-1", "from 0 to 6"),
                ("Babies", "two", "from 0 to 6"),
            }
        )
        {
            var typed = Ann();
            typed[name] = value;
            using var refused = await Send(book, typed);
            var page = await TestSite.Read(refused);
            Assert.Contains(words, page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
            Assert.All(typed, f => Assert.Equal(f.Value, page.QuerySelector($"input[name={f.Key}]")!.GetAttribute("value") ?? ""));
        }
        using var browser = site.Browser();
        using var opened = await browser.GetAsync(new Uri(book, UriKind.Relative), Cancel);
        var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
        await desk.Book(e, "quicker");
        using (var late = await browser.Send(form, book, Ann()))
        {
            var page = await TestSite.Read(late);
            Assert.Contains("The last place has just gone", page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Equal("Ann Lee", page.QuerySelector("input[name=Name]")!.GetAttribute("value"));
        }
        Assert.Contains("10:00 to 11:30: full.", await Text("/events/" + e.Slug), StringComparison.Ordinal);
        foreach (
            var (count, words) in new[]
            {
                ("", "from 1 to 500"),
                ("0", "from 1 to 500"),
                ("501", "from 1 to 500"),
                ("1e3", "from 1 to 500"),
            }
        )
        {
            using var refused = await Send($"/events/manage/{token}/places", Fields(("Here", "yes"), ("Count", count)));
            Assert.Contains(words, (await TestSite.Read(refused)).Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nobody_books_what_is_closed_cancelled_postponed_or_taken_down()
    {
        var (e, token) = await desk.Group(new(3, CloseHours: 48));
        var book = $"/events/book/{e.Slug}/{BookingDesk.Tuesday}";
        Assert.Equal(BookingResult.Unknown, await desk.Book(e, "ann", "2026-06-17-1000"));
        Assert.Equal(BookingResult.Closed, await desk.Book(e, "ann", "2026-06-09-1000"));
        Assert.Contains("9 June 2026, 10:00 to 11:30: bookings are closed", await Text("/events/" + e.Slug), StringComparison.Ordinal);
        foreach (var act in new[] { "postpone", "cancel", "withdraw" })
        {
            (await Send($"/events/manage/{token}", Fields(("Do", act), ("Sure", "true")), "main form:has([name=Sure])")).Dispose();
            Assert.Equal(BookingResult.Unknown, await desk.Book(e, "ann"));
            using var gone = await site.Browser().GetAsync(new Uri(book, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }
    }

    /// <summary>Whoever was typing meanwhile is told why, and reads what they typed.</summary>
    [Theory]
    [InlineData("postpone", "has been postponed")]
    [InlineData("cancel", "has been cancelled")]
    [InlineData("withdraw", "is no longer listed")]
    public async Task A_form_that_was_open_when_it_changed_says_why(string act, string why)
    {
        var (e, token) = await desk.Group(new(3));
        var book = $"/events/book/{e.Slug}/{BookingDesk.Tuesday}";
        using var browser = site.Browser();
        using var opened = await browser.GetAsync(new Uri(book, UriKind.Relative), Cancel);
        var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
        (await Send($"/events/manage/{token}", Fields(("Do", act), ("Sure", "true")), "main form:has([name=Sure])")).Dispose();
        using var late = await browser.Send(form, book, Ann());
        var page = (await TestSite.Read(late)).QuerySelector("main")!;
        Assert.Contains("Nothing was booked", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(why, page.TextContent, StringComparison.Ordinal);
        Assert.Contains("ann@home.example", page.TextContent, StringComparison.Ordinal);
        Assert.Empty(await desk.In(e));
    }

    [Fact]
    public async Task Switched_off_again_nobody_books_and_those_with_a_place_keep_it()
    {
        var (e, token) = await desk.Group(new(1));
        await desk.Book(e, "ann");
        await desk.Book(e, "bea");
        (await Send($"/events/manage/{token}/places", Fields(("Here", "no")))).Dispose();
        Assert.Equal(BookingResult.Unknown, await desk.Book(e, "cem"));
        await desk.Follow();
        Assert.Equal([BookingState.Held, BookingState.Waiting], (await desk.In(e)).Select(b => b.State));
        Assert.Contains("No need to book", await Text("/events/" + e.Slug), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_is_not_quite_right_opens_nothing()
    {
        var (e, _) = await desk.Group(new(2));
        await desk.Book(e, "ann");
        var link = BookingDesk.LinkIn(Assert.Single(await desk.Mails()));
        foreach (
            var other in new[]
            {
                link[..^1],
                link + "A",
                link[..^4] + "AAAA",
                link.ToUpperInvariant().Replace("/EVENTS/PLACES", "/events/places", StringComparison.Ordinal),
            }
        )
        {
            using var answer = await site.Browser().GetAsync(new Uri(other, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        using var right = await site.Browser().GetAsync(new Uri(link, UriKind.Relative), Cancel);
        Assert.True(right.Headers.CacheControl is { NoStore: true });
        Assert.Equal("no-referrer", Assert.Single(right.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task With_the_store_away_the_words_stay_and_are_taken_once_it_is_back()
    {
        var (e, _) = await desk.Group(new(1));
        var book = $"/events/book/{e.Slug}/{BookingDesk.Tuesday}";
        using var browser = site.Browser();
        using var opened = await browser.GetAsync(new Uri(book, UriKind.Relative), Cancel);
        var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
        IHtmlFormElement again;
        using (StoreOutage.Of(site))
        {
            using var refused = await browser.Send(form, book, Ann());
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            again = (IHtmlFormElement)(await TestSite.Read(refused)).QuerySelector("form[method=post]")!;
            Assert.Contains("Ann Lee", again.InnerHtml, StringComparison.Ordinal);
        }
        Assert.Empty(await desk.In(e));
        using var taken = await browser.Send(again, book);
        Assert.Equal("/events/book/sent", taken.Headers.Location?.OriginalString);
        Assert.Equal(BookingState.Held, Assert.Single(await desk.In(e)).State);
    }
}
