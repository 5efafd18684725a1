using System.Net;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Bookings;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Bookings;

/// <summary>What a family does and hears once their address is known: further dates, a diary, a reminder, a date on again.</summary>
[BothStores]
public sealed class BookingFurtherTests : IAsyncDisposable
{
    const string Third = "2026-06-30-1000";
    readonly TestSite site = new();
    readonly BookingDesk desk;

    public BookingFurtherTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<HttpStatusCode> Press(string link, params (string, string?)[] fields)
    {
        using var browser = site.Browser();
        using var answer = await browser.Send(link, Fields(fields));
        return answer.StatusCode;
    }

    /// <summary>Ann has said behind the link of her mail that she will come.</summary>
    async Task<(Event Event, string Link)> Booked(int places = 5)
    {
        var (e, _) = await desk.Group(new(places));
        await desk.Book(e, "ann");
        var link = BookingDesk.LinkIn(Assert.Single(await desk.Mails()));
        await Press(link, ("wish", "accept"));
        return (e, link);
    }

    [Fact]
    public async Task A_family_books_a_third_date_within_ten_minutes_without_being_asked_again()
    {
        var (e, link) = await Booked();
        Assert.Contains("Come on another date, too", (await site.Open(link)).Body!.TextContent, StringComparison.Ordinal);

        foreach (var date in new[] { BookingDesk.NextTuesday, Third })
            Assert.Equal(HttpStatusCode.Found, await Press(link, ("wish", "also"), ("date", date)));

        foreach (var date in new[] { BookingDesk.NextTuesday, Third })
        {
            var one = Assert.Single(await desk.In(e, date));
            Assert.Equal((BookingState.Accepted, "ann@home.example", 1), (one.State, one.Email.Text, one.Babies));
            Assert.Equal("", await desk.Wrong(e, date));
        }
        Assert.Single(await desk.Mails("event-place-held"));
        var mails = await desk.Mails("event-place-booked");
        Assert.Equal(3, mails.Select(BookingDesk.LinkIn).Distinct(StringComparer.Ordinal).Count());
        var offered = (await site.Open(link)).QuerySelectorAll("button[name=date]").Select(b => b.GetAttribute("value")).ToList();
        Assert.DoesNotContain(Third, offered);
        Assert.NotEmpty(offered);
        // Twice is once, and gives nobody a second place.
        await Press(link, ("wish", "also"), ("date", Third));
        Assert.Equal(1, (await desk.Date(e, Third)).PlacesTaken);
    }

    [Theory]
    [InlineData("2026-06-17-1000")]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("2031-06-17-1000")]
    public async Task A_date_that_is_none_is_not_booked(string date)
    {
        var (e, link) = await Booked();
        Assert.Equal(HttpStatusCode.Found, await Press(link, ("wish", "also"), ("date", date)));
        Assert.Equal(1, await site.InStore(db => db.Set<PlaceBooking>().CountAsync(Cancel)));
        Assert.Contains("Nothing has changed", await Told(link, date), StringComparison.Ordinal);
        Assert.Single(await desk.In(e));
    }

    async Task<string> Told(string link, string date)
    {
        using var browser = site.Browser();
        (await browser.Send(link, Fields(("wish", "also"), ("date", date)))).Dispose();
        return await browser.GetStringAsync(new Uri(link, UriKind.Relative), Cancel);
    }

    /// <summary>An address that nobody has confirmed books nothing more; and where it is full they wait as others do.</summary>
    [Fact]
    public async Task Only_whoever_said_yes_books_further_dates_and_nobody_is_passed_over()
    {
        var (e, link) = await Booked(places: 1);
        await desk.Book(e, "bea", BookingDesk.NextTuesday);
        var unconfirmed = BookingDesk.LinkIn(
            (await desk.Mails("event-place-held")).Single(m => m.To.Text.StartsWith("bea", StringComparison.Ordinal))
        );
        Assert.DoesNotContain("Come on another date", (await site.Open(unconfirmed)).Body!.TextContent, StringComparison.Ordinal);
        await Press(unconfirmed, ("wish", "also"), ("date", Third));
        Assert.Empty(await desk.In(e, Third));

        await Press(link, ("wish", "also"), ("date", BookingDesk.NextTuesday));
        Assert.Equal(
            BookingState.Waiting,
            (await desk.In(e, BookingDesk.NextTuesday)).Single(b => b.Email.Text.StartsWith("ann", StringComparison.Ordinal)).State
        );
        Assert.Equal("", await desk.Wrong(e, BookingDesk.NextTuesday));
    }

    [Fact]
    public async Task The_mail_that_says_it_is_booked_brings_the_date_for_a_diary()
    {
        var (e, _) = await Booked();
        var mail = Assert.Single(await desk.Mails("event-place-booked"));
        var file = BookingDesk.LinkIn(mail) + ".ics";
        Assert.Contains(file, mail.Text, StringComparison.Ordinal);
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(file, UriKind.Relative), Cancel);
        Assert.True(answer.Headers.CacheControl is { NoStore: true });
        var entry = Assert.Single(Ical.Net.Calendar.Load(await answer.Content.ReadAsStringAsync(Cancel))!.Events);
        // 10:00 in summer.
        Assert.Equal(new(2026, 6, 16, 9, 0, 0), entry.DtStart!.AsUtc);
        Assert.Equal(("Baby Tuesdays", null), (entry.Summary, entry.RecurrenceRule));

        await desk.GiveUp((await desk.In(e)).Single().Id);
        foreach (var path in new[] { file, "/events/places/" + new string('x', 32) + ".ics" })
        {
            using var none = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }
    }

    Task RemindUnconfirmed() =>
        desk.With<int, BookingJobs>(async jobs =>
        {
            await jobs.RemindUnconfirmedAsync(Cancel);
            return 0;
        });

    [Fact]
    public async Task Who_has_not_said_whether_they_come_is_reminded_once_by_day_before_it_ends()
    {
        var (e, _) = await desk.Group(new(5));
        await desk.Book(e, "ann", BookingDesk.NextTuesday);
        await desk.Book(e, "bea", BookingDesk.NextTuesday);
        await desk.Accept((await desk.In(e, BookingDesk.NextTuesday))[1].Id);
        await RemindUnconfirmed();
        Assert.Empty(await desk.Mails("event-place-unconfirmed"));

        var until = (await desk.In(e, BookingDesk.NextTuesday))[0].KeptUntil!.Value;
        for (var at = site.Clock.GetUtcNow().UtcDateTime; at < until.AddMinutes(-30); at = at.AddMinutes(30))
        {
            await RemindUnconfirmed();
            site.Clock.Advance(TimeSpan.FromMinutes(30));
        }

        var mail = Assert.Single(await desk.Mails("event-place-unconfirmed"));
        Assert.Equal("ann@home.example", mail.To.Text);
        Assert.True(mail.QueuedAt >= until.AddHours(-12) && mail.QueuedAt < until, $"{mail.QueuedAt:O} of {until:O}");
        Assert.Contains(
            "We are keeping a place for you",
            (await site.Open(BookingDesk.LinkIn(mail))).Body!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Who_was_told_that_it_is_cancelled_hears_that_it_is_on_again_and_that_their_place_had_ended()
    {
        var (e, link) = await Booked();
        async Task Change(DateAct act)
        {
            await site.Write(async db =>
                (await db.Set<Event>().Include(o => o.Dates).SingleAsync(o => o.Id == e.Id, Cancel)).ChangeDate(
                    Event.Organiser,
                    act,
                    new(2026, 6, 16, 10, 0, 0),
                    to: null,
                    site.Clock.GetUtcNow()
                )
            );
            await desk.Follow();
            await desk.Follow();
        }
        await Change(DateAct.Cancel);
        Assert.Empty(await desk.Mails("event-place-on-again"));
        await Change(DateAct.Restore);

        var mail = Assert.Single(await desk.Mails("event-place-on-again"));
        Assert.Contains("ended when it was cancelled", mail.Text, StringComparison.Ordinal);
        Assert.Equal((BookingState.CalledOff, 0), ((await desk.In(e)).Single().State, (await desk.Date(e)).PlacesTaken));
        Assert.Contains("This date takes place after all", (await site.Open(link)).Body!.TextContent, StringComparison.Ordinal);
        await Press(BookingDesk.LinkIn(mail), ("wish", "rejoin"));
        Assert.True((await desk.In(e)).Single().TakesPlace);
        Assert.Equal("", await desk.Wrong(e));
    }
}
