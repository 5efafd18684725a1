using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Bookings;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Tests.Events.Bookings;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Joining;

/// <summary>The same group comes in twice: staff see it, compare both, and keep one page.</summary>
[BothStores]
public sealed class EventJoinedTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(9);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    Event Of(string contact, EventDetails details, bool approved = true)
    {
        var made = Event.Start(EmailAddress.Parse(contact, null), TestSite.Start, details);
        made.Confirm(TestSite.Start);
        made.Send(TestSite.Start);
        if (approved)
            Assert.Equal(Decision.Done, made.Approve("A colleague", made.Revision, TestSite.Start));
        return made;
    }

    async Task<(Event Stays, Event Goes)> Two(bool approved = true)
    {
        var stays = Of("office@group.example", generated.Once("Baby songs in Leeds") with { Postcode = "LS1 4AP" });
        var goes = Of("pat@partner.example", generated.Once("Baby song, Leeds") with { Postcode = "LS1 4AP", Venue = "Hall" }, approved);
        await Keep(stays, goes);
        return (stays, goes);
    }

    Task Keep(params object[] all) =>
        site.Write(db =>
        {
            db.AddRange(all);
            return Task.CompletedTask;
        });

    static string Path(Event a, Event b) => $"/staff/events/compare?a={a.Id}&b={b.Id}";

    static async Task<IHtmlDocument> Page(HttpClient staff, string path)
    {
        using var opened = await staff.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return await TestSite.Read(opened);
    }

    static async Task<IHtmlFormElement> Form(HttpClient staff, string path) =>
        (IHtmlFormElement)(await Page(staff, path)).QuerySelector("main form")!;

    static Dictionary<string, string?> KeepOf(Event e) => Fields(("Keep", e.Id.ToString()));

    /// <returns>What stopped it, in words; empty where they were joined.</returns>
    async Task<string> Join(Event stays, Event goes)
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        using var answer = await staff.Send(Path(stays, goes), KeepOf(stays), "main form");
        return answer.StatusCode == HttpStatusCode.Found ? "" : (await TestSite.Read(answer)).QuerySelector(".error-summary")!.TextContent;
    }

    async Task<(HttpStatusCode Code, string To, string Text)> Open(string path)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return (answer.StatusCode, answer.Headers.Location?.ToString() ?? "", await answer.Content.ReadAsStringAsync(Cancel));
    }

    Task<Event> Now(Event e) =>
        site.InStore(db =>
            db.Set<Event>().Include(o => o.Dates).Include(o => o.Steps).AsNoTracking().SingleAsync(o => o.Id == e.Id, Cancel)
        );

    Task<List<OutboxMail>> Mails() => site.InStore(db => db.Set<OutboxMail>().AsNoTracking().ToListAsync(Cancel));

    [Fact]
    public async Task Staff_see_what_may_be_the_same_and_nothing_else()
    {
        var (stays, waits) = await Two(approved: false);
        // Not the same: another day and name there; the same name and day far away; one by the same organiser on another day.
        var later = Schedule.Once(new(new(2026, 6, 25), new(10, 0), new(2026, 6, 25), new(11, 0)));
        await Keep(
            Of("a@else.example", generated.Once("Yoga") with { Postcode = "LS1 4AP", Schedule = later }),
            Of("b@else.example", generated.Once("Baby songs in Leeds") with { Point = new(51.51, -.12), Postcode = "N1 1AA" }),
            Of("pat@partner.example", generated.Once("Baby song, Leeds") with { Postcode = "LS1 4AP", Schedule = later })
        );
        using var staff = await site.SignedIn(StaffRole.Events);

        var list = await Page(staff, "/staff/events");
        var review = await Page(staff, "/staff/events/review?id=" + waits.Id);

        foreach (var page in new[] { list, review })
        {
            var link = Assert.Single(page.QuerySelectorAll("a[href^='/staff/events/compare']"));
            Assert.Equal(Path(waits, stays), link.GetAttribute("href"));
            Assert.Contains("same time and place, a similar name", link.ParentElement!.TextContent, StringComparison.Ordinal);
        }
        var compared = await Page(staff, Path(waits, stays));
        Assert.Contains("same time and place, a similar name", compared.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(compared.QuerySelectorAll(".differs th[scope=row]"), th => th.TextContent == "Name (differs)");
        var keep = Assert.Single(compared.QuerySelectorAll("button[name=Keep]"));
        Assert.Equal(stays.Id.ToString(), keep.GetAttribute("value"));
        Assert.StartsWith("Keep 2, from", keep.TextContent, StringComparison.Ordinal);
    }

    /// <summary>In a hall are several groups on one day; a shared hour or a somewhat similar name makes them worth a look.</summary>
    [Theory]
    [InlineData("Sling library", 14, false)]
    [InlineData("Sling library", 10, true)]
    [InlineData("Baby songs and stories with tea", 14, true)]
    public async Task Another_group_in_the_same_hall_on_the_same_day_is_no_double(string name, int hour, bool alike)
    {
        var (_, waits) = await Two(approved: false);
        var day = waits.Latest.Schedule.Times[0].Day;
        var other = generated.Once(name) with
        {
            Postcode = "LS1 4AP",
            Schedule = Schedule.Once(new(day, new(hour, 0), day, new(hour + 1, 0))),
        };
        var also = Of("else@group.example", other);
        await Keep(also);
        using var staff = await site.SignedIn(StaffRole.Events);

        var review = await Page(staff, "/staff/events/review?id=" + waits.Id);

        Assert.Equal(alike, review.QuerySelector($"a[href='{Path(waits, also)}']") is not null);
    }

    [Fact]
    public async Task While_neither_is_on_the_website_staff_are_told_to_approve_one_first()
    {
        var one = Of("office@group.example", generated.Once("Baby songs"), approved: false);
        var other = Of("pat@partner.example", generated.Once("Baby songs"), approved: false);
        await Keep(one, other);
        using var staff = await site.SignedIn(StaffRole.Events);

        var page = await Page(staff, Path(one, other));

        Assert.Empty(page.QuerySelectorAll("main button[name=Keep]"));
        Assert.Contains(
            "Approve the one you want to keep first.",
            page.QuerySelector("main .notice")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            [$"/staff/events/review?id={one.Id}", $"/staff/events/review?id={other.Id}"],
            page.QuerySelectorAll("main .notice a").Select(a => a.GetAttribute("href"))
        );
    }

    [Fact]
    public async Task The_address_of_the_one_leads_to_the_other_wherever_it_stands()
    {
        var (stays, goes) = await Two();
        await Keep(
            new EventConcern
            {
                Id = Guid.CreateVersion7(),
                EventId = goes.Id,
                At = TestSite.Start.UtcDateTime,
                Words = "It is shut.",
            }
        );

        Assert.Equal("", await Join(stays, goes));

        foreach (var ending in new[] { "", ".ics", ".png", "/poster" })
            Assert.Equal(
                (HttpStatusCode.MovedPermanently, $"/events/{stays.Slug}{ending}"),
                (await Open($"/events/{goes.Slug}{ending}")) is var (code, to, _) ? (code, to) : default
            );
        Assert.Contains("Baby songs in Leeds", (await Open("/events/concern/" + goes.Slug)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Baby song, Leeds", (await Open("/events?region=yorkshire")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Baby song, Leeds", (await Open("/events/feed.atom")).Text, StringComparison.Ordinal);
        // Programs hear that the one is no more, as of what was taken away.
        var told = JsonNode.Parse((await Open("/api/events?updated-since=2026-01-01T00:00:00Z")).Text)!;
        Assert.Single(told["events"]!.AsArray());
        Assert.Equal("withdrawn", (string?)Assert.Single(told["gone"]!.AsArray())!["why"]);
        var concern = await site.InStore(db => db.Set<EventConcern>().AsNoTracking().SingleAsync(Cancel));
        Assert.Equal((stays.Id, null), (concern.EventId, concern.ClosedAt));
        var (kept, gone) = (await Now(stays), await Now(goes));
        Assert.Contains(kept.Steps, s => s.What == StaffWords.JoinedByOther);
        Assert.Contains(gone.Steps, s => s.What == StaffWords.Approved);
        Assert.Empty(gone.Dates);

        // The one that it leads to is joined in its turn, and taken away in the end.
        var third = Of("third@else.example", generated.Once("Songs") with { Postcode = "LS1 4AP" });
        await Keep(third);
        Assert.Equal("", await Join(third, stays));
        Assert.Equal("/events/" + third.Slug, (await Open("/events/" + goes.Slug)).To);
        await site.Write(async db =>
            (await db.Set<Event>().Include(e => e.Dates).SingleAsync(e => e.Id == third.Id, Cancel)).Withdraw("Cara", "", TestSite.Start)
        );
        Assert.Equal(HttpStatusCode.Gone, (await Open("/events/" + goes.Slug)).Code);
    }

    [Fact]
    public async Task A_copy_of_what_was_joined_is_an_event_of_its_own()
    {
        var (stays, goes) = await Two();
        await Join(stays, goes);
        var copy = (await Now(goes)).Copy(TestSite.Start);
        var when = generated.Once("Baby song, Leeds").Schedule;
        copy.Propose(copy.Latest with { Schedule = when }, TestSite.Start);
        copy.Send(TestSite.Start);
        Assert.Equal(Decision.Done, copy.Approve("Cara", copy.Revision, TestSite.Start));
        Assert.True(copy.Withdraw(Event.Organiser, "", TestSite.Start));
        await Keep(copy);

        Assert.Equal(HttpStatusCode.Gone, (await Open("/events/" + copy.Slug)).Code);
        Assert.Equal(HttpStatusCode.MovedPermanently, (await Open("/events/" + goes.Slug)).Code);
    }

    [Fact]
    public async Task Its_organiser_is_told_without_the_words_of_the_other()
    {
        var (stays, goes) = await Two();
        var link = await site.Write(db => Task.FromResult(db.NewEventLink(goes, mailed: true, TestSite.Start.UtcDateTime)));

        await Join(stays, goes);

        var mail = Assert.Single(await Mails());
        Assert.Equal(("event-joined", "pat@partner.example"), (mail.Kind, mail.To.Text));
        Assert.Contains("https://week.example/events/" + stays.Slug, mail.Text, StringComparison.Ordinal);
        Assert.Contains("Baby song, Leeds", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Baby songs in Leeds", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("office@group.example", mail.Text, StringComparison.Ordinal);
        var (_, _, text) = await Open("/events/manage/" + link);
        Assert.Contains("Your event is listed once", text, StringComparison.Ordinal);
        Assert.Contains($"href=\"/events/{stays.Slug}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Baby songs in Leeds", text, StringComparison.Ordinal);
        Assert.DoesNotContain("What our staff wrote", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_join_at_once_each_the_other_way_join_once_and_twice_is_once()
    {
        var (stays, goes) = await Two();
        using var first = await site.SignedIn(StaffRole.Events);
        using var second = await site.SignedIn(StaffRole.Events);
        var (one, other) = (await Form(first, Path(stays, goes)), await Form(second, Path(stays, goes)));

        var answers = await Task.WhenAll(
            first.Send(one, Path(stays, goes), KeepOf(stays)),
            second.Send(other, Path(stays, goes), KeepOf(goes))
        );

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Found], answers.Select(a => a.StatusCode).Order());
        Assert.Single([await Now(stays), await Now(goes)], e => e.IsPublic);
        Assert.Single(await Mails());
        // The page that is still open says what has happened, and offers nothing more.
        using var again = await first.Send(one, Path(stays, goes), KeepOf(stays));
        var page = await TestSite.Read(again);
        Assert.Contains("Nothing was ", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("nothing to join", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Single(await Mails());
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task Nothing_is_joined_on_what_changed_meanwhile_or_to_what_is_not_on_the_website()
    {
        var (stays, goes) = await Two();
        using var staff = await site.SignedIn(StaffRole.Events);
        var form = await Form(staff, Path(stays, goes));
        await site.Write(async db =>
            (await db.Set<Event>().Include(e => e.Dates).SingleAsync(e => e.Id == goes.Id, Cancel)).Propose(
                goes.Latest with
                {
                    Title = "Quite another",
                },
                TestSite.Start
            )
        );
        using var late = await staff.Send(form, Path(stays, goes), KeepOf(stays));
        Assert.Contains("changed after you opened it", (await TestSite.Read(late)).Body!.TextContent, StringComparison.Ordinal);

        var waits = Of("new@else.example", generated.Once("Baby songs"), approved: false);
        await Keep(waits);
        Assert.Contains("must be on the website", await Join(waits, goes), StringComparison.Ordinal);
        await site.Write(async db =>
            (await db.Set<Event>().Include(e => e.Dates).SingleAsync(e => e.Id == goes.Id, Cancel)).Withdraw("Cara", "", TestSite.Start)
        );
        Assert.Contains("nothing to join", (await Page(staff, Path(stays, goes))).Body!.TextContent, StringComparison.Ordinal);
        Assert.True((await Now(stays)).IsPublic);
        Assert.Equal(HttpStatusCode.Gone, (await Open("/events/" + goes.Slug)).Code);
        Assert.Empty(await Mails());
        Assert.Equal("", await Join(stays, waits));
    }

    [Fact]
    public async Task Families_with_a_place_are_not_left_behind()
    {
        var desk = new BookingDesk(site);
        var (goes, _) = await desk.Group(new(5));
        var stays = Of("office@group.example", generated.Once("Baby Tuesdays") with { Schedule = BookingDesk.Tuesdays });
        await Keep(stays);
        await desk.Book(goes, "ann");
        await desk.Book(goes, "bea");

        Assert.Contains("2 families have places at the one that would go", await Join(stays, goes), StringComparison.Ordinal);

        Assert.True((await Now(goes)).IsPublic);
        Assert.All(await desk.In(goes), b => Assert.Equal(BookingState.Held, b.State));
        foreach (var booking in await desk.In(goes))
            await desk.GiveUp(booking.Id);
        Assert.Equal("", await Join(stays, goes));
        // Whoever still has the form open learns that the date has gone, and is given no place at it.
        Assert.Equal(BookingResult.Unknown, await desk.Book(goes, "cem"));
    }
}
