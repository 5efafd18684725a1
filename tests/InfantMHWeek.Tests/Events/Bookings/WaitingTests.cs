using InfantMHWeek.Events;
using InfantMHWeek.Events.Bookings;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Bookings;

/// <summary>The waiting list, what is said the day before, and what is forgotten.</summary>
[BothStores]
public sealed class WaitingTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly BookingDesk desk;

    public WaitingTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<string> States(Event e) => string.Join(' ', (await desk.In(e)).Select(b => b.State));

    async Task Terms(string token, string count, string waiting = "yes")
    {
        using var browser = site.Browser();
        using var saved = await browser.Send(
            $"/events/manage/{token}/places",
            Fields(("Here", "yes"), ("Count", count), ("Closes", "2"), ("Waiting", waiting))
        );
        Assert.Equal(System.Net.HttpStatusCode.Found, saved.StatusCode);
        await desk.Follow();
    }

    [Fact]
    public async Task A_freed_place_is_kept_for_the_first_who_waits_and_passes_on_without_an_answer()
    {
        var (e, _) = await desk.Group(new(1));
        foreach (var who in new[] { "ann", "bea", "cem" })
            await desk.Book(e, who);
        Assert.Equal("Held Waiting Waiting", await States(e));
        var people = await desk.In(e);
        Assert.Contains("There is 1 family before you", await Page("event-place-waiting", "cem"), StringComparison.Ordinal);

        await desk.Accept(people[0].Id);
        await desk.GiveUp(people[0].Id);
        Assert.Equal("GivenUp Held Waiting", await States(e));
        Assert.Contains("We are keeping a place for you", await Page("event-place-free", "bea"), StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromHours(23));
        await desk.Expire();
        Assert.Equal("GivenUp Held Waiting", await States(e));
        site.Clock.Advance(TimeSpan.FromHours(2));
        await desk.Expire();
        Assert.Equal("GivenUp Expired Held", await States(e));
        Assert.Equal(BookingResult.NotPossible, await desk.Accept(people[1].Id));
        Assert.Equal(BookingResult.Done, await desk.Rejoin(people[1].Id));
        Assert.Equal("GivenUp Held Waiting", await States(e));
        Assert.Equal("", await desk.Wrong(e));
    }

    async Task<string> Page(string kind, string who)
    {
        var mail = (await desk.Mails(kind)).Single(m => m.To.Text.StartsWith(who, StringComparison.Ordinal));
        return (await site.Open(BookingDesk.LinkIn(mail))).Body!.TextContent;
    }

    [Fact]
    public async Task More_places_fill_from_the_list_and_fewer_take_none_away()
    {
        var (e, token) = await desk.Group(new(2));
        foreach (var who in new[] { "ann", "bea", "cem", "dan", "eva" })
            await desk.Book(e, who);
        Assert.Equal("Held Held Waiting Waiting Waiting", await States(e));
        await Terms(token, "4");
        Assert.Equal("Held Held Held Held Waiting", await States(e));
        await Terms(token, "1");
        Assert.Equal("Held Held Held Held Waiting", await States(e));
        // Until there is room again nobody moves up.
        foreach (var one in (await desk.In(e)).Take(3))
            await desk.GiveUp(one.Id);
        Assert.Equal("GivenUp GivenUp GivenUp Held Waiting", await States(e));
        await desk.GiveUp((await desk.In(e))[3].Id);
        Assert.Equal("GivenUp GivenUp GivenUp GivenUp Held", await States(e));
    }

    [Fact]
    public async Task Once_bookings_are_closed_nothing_is_passed_on_and_who_was_late_to_say_yes_may_come()
    {
        var (e, _) = await desk.Group(new(1, CloseHours: 48));
        site.Clock.SetUtcNow(new(2026, 6, 13, 9, 0, 0, TimeSpan.Zero));
        await desk.Book(e, "ann");
        await desk.Book(e, "bea");
        site.Clock.SetUtcNow(new(2026, 6, 15, 10, 0, 0, TimeSpan.Zero));
        await desk.Expire();
        Assert.Equal("Held Waiting", await States(e));
        var ann = (await desk.In(e))[0].Id;
        Assert.Equal(BookingResult.Done, await desk.Accept(ann));
        await desk.GiveUp(ann);
        Assert.Equal("GivenUp Waiting", await States(e));
        Assert.Equal(BookingResult.NotPossible, await desk.Rejoin(ann));
    }

    [Fact]
    public async Task The_day_before_by_day_everybody_with_a_place_is_reminded_once()
    {
        var (e, token) = await desk.Group(new(2));
        foreach (var who in new[] { "ann", "bea", "cem" })
            await desk.Book(e, who);
        await desk.Accept((await desk.In(e))[0].Id);
        await desk.Accept((await desk.In(e))[1].Id);
        // 14 June, 23:30 in the UK; 15 June, 07:30; 15 June, 08:30.
        site.Clock.SetUtcNow(new(2026, 6, 14, 22, 30, 0, TimeSpan.Zero));
        Assert.Equal(0, await desk.Remind());
        site.Clock.SetUtcNow(new(2026, 6, 15, 6, 30, 0, TimeSpan.Zero));
        Assert.Equal(0, await desk.Remind());
        site.Clock.SetUtcNow(new(2026, 6, 15, 7, 30, 0, TimeSpan.Zero));
        Assert.Equal(2, await desk.Remind());
        Assert.Equal(0, await desk.Remind());
        Assert.Equal(["ann", "bea"], (await desk.Mails("event-place-reminder")).Select(m => m.To.Text.Split('@')[0]));

        // Moved to the day after, they are reminded of that; of a date that is cancelled meanwhile nobody is.
        using (var browser = site.Browser())
        {
            (
                await browser.Send(
                    $"/events/manage/{token}/date",
                    Fields(
                        ("What", "move"),
                        ("At", "2026-06-16T10:00"),
                        ("Day.Day", "17"),
                        ("Day.Month", "6"),
                        ("Day.Year", "2026"),
                        ("Starts", ""),
                        ("Ends", "")
                    )
                )
            ).Dispose();
            await desk.Follow();
            site.Clock.SetUtcNow(new(2026, 6, 16, 8, 30, 0, TimeSpan.Zero));
            Assert.Equal(2, await desk.Remind());
        }
    }

    [Fact]
    public async Task What_is_kept_goes_thirty_days_after_the_date_and_at_once_for_whoever_wishes_so()
    {
        var (e, _) = await desk.Group(new(1));
        await desk.Book(e, "ann");
        await desk.Book(e, "bea");
        var link = BookingDesk.LinkIn((await desk.Mails("event-place-held"))[0]);
        using (var browser = site.Browser())
        {
            using var unsure = await browser.Send(link, Fields(("wish", "forget")), "main form:has([name=Sure])");
            Assert.Contains("if you are sure", (await TestSite.Read(unsure)).Body!.TextContent, StringComparison.Ordinal);
            using var gone = await browser.Send(link, Fields(("wish", "forget"), ("Sure", "true")), "main form:has([name=Sure])");
            Assert.Equal("/events/places/deleted", gone.Headers.Location?.OriginalString);
            using var after = await browser.GetAsync(new Uri(link, UriKind.Relative), Cancel);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, after.StatusCode);
        }
        Assert.Equal("Held", await States(e));
        Assert.All(await desk.Mails(), m => Assert.Equal("bea@home.example", m.To.Text));

        await desk.Accept((await desk.In(e))[0].Id);
        await site.Write(db =>
            db.Set<OutboxMail>().ExecuteUpdateAsync(set => set.SetProperty(m => m.SentAt, site.Clock.GetUtcNow().UtcDateTime), Cancel)
        );
        await Forget(new(2026, 7, 16, 10, 0, 0, TimeSpan.Zero));
        Assert.Equal("Accepted", await States(e));
        await Forget(new(2026, 7, 16, 11, 0, 0, TimeSpan.Zero));
        Assert.Empty(await desk.In(e));
        Assert.Empty(await desk.Mails());
        Assert.Equal(0, await site.InStore(db => db.Set<BookingLink>().CountAsync(Cancel)));
    }

    async Task Forget(DateTimeOffset now)
    {
        await site.RunsUntil(now);
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BookingRetention>().ForgetAsync(Cancel);
    }
}
