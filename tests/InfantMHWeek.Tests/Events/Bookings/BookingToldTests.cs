using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Bookings;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Moderation;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Bookings;

/// <summary>Whatever becomes of a date, and whoever does it: each family with a place, or who waits, is told once.</summary>
[BothStores]
public sealed class BookingToldTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly BookingDesk desk;

    public BookingToldTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task Do(HttpClient browser, string path, string form, params (string, string?)[] fields)
    {
        using var answer = await browser.Send(path, Fields(fields), form);
        Assert.True((int)answer.StatusCode is 302 or 200, answer.StatusCode.ToString());
    }

    Task Change(string token, params (string, string?)[] fields) =>
        Do(site.Browser(), $"/events/manage/{token}/date", "main form[method=post]", fields);

    /// <summary>One with a place, one who waits; and one on another date, whom nothing of it concerns.</summary>
    async Task<(Event Event, string Token)> Full()
    {
        var (e, token) = await desk.Group(new(1));
        await desk.Book(e, "ann");
        await desk.Book(e, "bea");
        await desk.Book(e, "cem", BookingDesk.NextTuesday);
        return (e, token);
    }

    async Task<string> Told(string kind)
    {
        // However often it is looked at.
        await desk.Follow();
        await desk.Follow();
        return string.Join(' ', (await desk.Mails(kind)).Select(m => m.To.Text.Split('@')[0]));
    }

    [Fact]
    public async Task Of_one_date_that_is_cancelled_those_of_that_date()
    {
        var (e, token) = await Full();
        await Change(token, ("What", "cancel"), ("At", "2026-06-16T10:00"));
        Assert.Equal("ann bea", await Told("event-place-off"));
        Assert.All(await desk.In(e), b => Assert.Equal(BookingState.CalledOff, b.State));
        Assert.Equal(0, (await desk.Date(e)).PlacesTaken);
        Assert.False((await desk.In(e, BookingDesk.NextTuesday)).Single().Ended);

        // It takes place after all: whoever wishes asks again, and there is room.
        await Change(token, ("What", "restore"), ("At", "2026-06-16T10:00"));
        Assert.Equal(BookingResult.Done, await desk.Book(e, "ann"));
        Assert.Equal("", await desk.Wrong(e));
    }

    [Fact]
    public async Task A_place_follows_its_date_to_another_day()
    {
        var (e, token) = await Full();
        await Change(
            token,
            ("What", "move"),
            ("At", "2026-06-16T10:00"),
            ("Day.Day", "17"),
            ("Day.Month", "6"),
            ("Day.Year", "2026"),
            ("Starts", "14:00"),
            ("Ends", "15:00")
        );
        Assert.Equal("ann bea", await Told("event-place-changed"));
        var mail = (await desk.Mails("event-place-changed"))[0];
        Assert.Contains("Tuesday 16 June 2026, 10am", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Wednesday 17 June 2026, 2pm", mail.Text, StringComparison.Ordinal);
        Assert.Equal([BookingState.Held, BookingState.Waiting], (await desk.In(e)).Select(b => b.State));
        Assert.Equal(new DateTime(2026, 6, 17, 13, 0, 0), (await desk.Date(e)).StartsAt);
    }

    /// <summary>Nobody can say yes while it is postponed, so nobody loses a place by not saying so; then they have time anew.</summary>
    [Fact]
    public async Task Whoever_has_not_confirmed_keeps_the_place_while_it_is_postponed_and_is_asked_anew()
    {
        var (e, token) = await Full();
        await Do(site.Browser(), $"/events/manage/{token}", "main form:has([name=Notice])", ("Do", "postpone"), ("Notice", ""));
        Assert.Equal("ann bea cem", await Told("event-place-postponed"));
        var link = BookingDesk.LinkIn((await desk.Mails("event-place-postponed"))[0]);
        var words = (await site.Open(link)).Body!.TextContent;
        Assert.Contains("you keep your place until there is a new date", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Please say by", words, StringComparison.Ordinal);

        // Long after the time in which they were to answer. It begins on 9 June; the date of the 16th is still to come.
        site.Clock.Advance(TimeSpan.FromDays(4));
        await desk.Expire();
        await Do(site.Browser(), $"/events/manage/{token}", "main form:has([name=Notice])", ("Do", "on-again"));
        Assert.Contains("takes place after all", (await site.Open($"/events/manage/{token}")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(DateState.Postponed, (await desk.Date(e)).State);
        await Approve(e);
        Assert.Equal("ann bea cem", await Told("event-place-changed"));
        var mails = await desk.Mails("event-place-changed");
        Assert.Contains("Please say by", mails[0].Text, StringComparison.Ordinal);
        Assert.Contains("You keep your turn", mails[1].Text, StringComparison.Ordinal);
        await desk.Expire();
        Assert.Equal([BookingState.Held, BookingState.Waiting], (await desk.In(e)).Select(b => b.State));
        Assert.Contains("Please say by", (await site.Open(link)).Body!.TextContent, StringComparison.Ordinal);
        // But they must: the other family waits.
        site.Clock.Advance(TimeSpan.FromHours(40));
        await desk.Expire();
        Assert.Equal([BookingState.Expired, BookingState.Held], (await desk.In(e)).Select(b => b.State));
    }

    /// <summary>A wrong press, or somebody else's, is not for good.</summary>
    [Fact]
    public async Task What_was_cancelled_takes_place_after_all_once_staff_have_read_that()
    {
        var (e, token) = await Full();
        await Do(site.Browser(), $"/events/manage/{token}", "main form:has([name=Notice])", ("Do", "cancel"), ("Notice", ""));
        Assert.Equal("ann bea cem", await Told("event-place-off"));
        await Do(site.Browser(), $"/events/manage/{token}", "main form:has([name=Notice])", ("Do", "on-again"));
        await Do(site.Browser(), $"/events/manage/{token}", "main form:has([name=Notice])", ("Do", "on-again"));
        Assert.Contains("cancelled", (await site.Open("/events/" + e.Slug)).Body!.TextContent, StringComparison.OrdinalIgnoreCase);
        await Approve(e);
        Assert.Equal("ann bea cem", await Told("event-place-on-again"));
        Assert.DoesNotContain("cancelled", (await site.Open("/events/" + e.Slug)).Body!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("after all", (await site.Open($"/events/manage/{token}")).Body!.TextContent, StringComparison.Ordinal);
    }

    /// <param name="change">What its organiser asks for first.</param>
    Task Approve(Event e, Func<EventDetails, EventDetails>? change = null) =>
        site.Write(async db =>
        {
            var held = await db.Set<Event>()
                .Include(o => o.Dates)
                .Include(o => o.Steps)
                .AsSplitQuery()
                .SingleAsync(o => o.Id == e.Id, Cancel);
            if (change is not null)
                held.Propose(change(held.Latest), site.Clock.GetUtcNow());
            Assert.Equal(Decision.Done, held.Approve("A colleague", held.Revision, site.Clock.GetUtcNow()));
        });

    [Fact]
    public async Task A_note_that_was_typed_when_somebody_else_had_cancelled_is_still_there()
    {
        var (e, token) = await desk.Group(new(1));
        using var browser = site.Browser();
        using var opened = await browser.GetAsync(new Uri($"/events/manage/{token}", UriKind.Relative), Cancel);
        var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form:has([name=Notice])")!;
        await Do(site.Browser(), $"/events/manage/{token}", "main form:has([name=Notice])", ("Do", "cancel"), ("Notice", "No heating."));
        using var late = await browser.Send(form, $"/events/manage/{token}", Fields(("Do", "cancel"), ("Notice", "The hall is flooded.")));
        var page = await TestSite.Read(late);
        Assert.Contains("Your note is still here", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The hall is flooded.", page.QuerySelector("[name=Notice]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("button[value=notice]"));
    }

    [Fact]
    public async Task A_place_at_what_takes_place_once_follows_it_to_its_new_date()
    {
        var day = new DateOnly(2026, 6, 16);
        var (e, token) = await desk.Group(new(1), Schedule.Once(new(day, new(10, 0), day, new(11, 0))));
        await desk.Book(e, "ann");
        await Do(site.Browser(), $"/events/manage/{token}", "main form:has([name=Notice])", ("Do", "postpone"), ("Notice", ""));
        Assert.Equal("ann", await Told("event-place-postponed"));
        var later = new DateOnly(2026, 7, 3);
        await Approve(e, d => d with { Schedule = Schedule.Once(new(later, new(9, 30), later, new(11, 0))) });
        Assert.Equal("ann", await Told("event-place-changed"));
        Assert.False((await desk.In(e, "2026-07-03-0930")).Single().Ended);
    }

    [Fact]
    public async Task A_group_that_begins_half_an_hour_later_takes_all_with_it()
    {
        var (e, _) = await Full();
        await site.Write(async db =>
        {
            var held = await db.Set<Event>()
                .Include(o => o.Dates)
                .Include(o => o.Steps)
                .AsSplitQuery()
                .SingleAsync(o => o.Id == e.Id, Cancel);
            var (now, plan) = (site.Clock.GetUtcNow(), held.Latest.Schedule);
            var first = plan.Times[0] with { Starts = new(10, 30) };
            held.Propose(held.Latest with { Schedule = plan with { Times = [first] } }, now);
            held.Approve("A colleague", held.Revision, now);
        });
        Assert.Equal("ann bea cem", await Told("event-place-changed"));
        Assert.Equal(2, (await desk.In(e, "2026-06-16-1030")).Count);
        Assert.Equal("", await desk.Wrong(e, "2026-06-16-1030"));
    }

    [Theory]
    [InlineData("cancel", "organiser")]
    [InlineData("withdraw", "organiser")]
    [InlineData("cancel", "staff")]
    [InlineData("withdraw", "staff")]
    public async Task Of_the_whole_event_everybody(string act, string by)
    {
        var (e, token) = await Full();
        if (by == "staff")
        {
            using var staff = await site.SignedIn(StaffRole.Events);
            var form = "main form:has([name=Words])";
            await Do(staff, $"/staff/events/review?id={e.Id}", form, ("Do", act), ("Words", "Flooded."));
        }
        else
            await Do(
                site.Browser(),
                $"/events/manage/{token}",
                act == "cancel" ? "main form:has([name=Notice])" : "main form:has([name=Sure])",
                ("Do", act),
                ("Sure", "true"),
                ("Notice", "")
            );
        Assert.Equal("ann bea cem", await Told("event-place-off"));
        // Nobody is told of a place that is none any more, or reminded of it.
        site.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromHours(2));
        await desk.Expire();
        Assert.Equal(0, await desk.Remind());
        Assert.Empty(await desk.Mails("event-place-ended"));
        var link = BookingDesk.LinkIn((await desk.Mails("event-place-off"))[0]);
        Assert.Contains("does not take place", (await site.Open(link)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_look_sees_no_list()
    {
        var (e, _) = await Full();
        foreach (var name in new[] { EventLinks.StaffName(e.Id), new string('A', 32) })
        {
            using var answer = await site.Browser().GetAsync(new Uri($"/events/manage/{name}/bookings", UriKind.Relative), Cancel);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        }
        using var other = await site.SignedIn(StaffRole.Courses);
        using var refused = await other.GetAsync(
            new Uri($"/events/manage/{EventLinks.StaffName(e.Id)}/bookings", UriKind.Relative),
            Cancel
        );
        Assert.Equal(System.Net.HttpStatusCode.NotFound, refused.StatusCode);
    }

    /// <summary>The mail says what is new, and the whole of it before and after: hours with their end, and the place.</summary>
    [Theory]
    [InlineData("end", "The time has changed. The place is the same.")]
    [InlineData("place", "The place has changed. The day and the time are the same.")]
    [InlineData("all", "The day and the place have changed.")]
    public async Task What_has_changed_is_said_with_what_it_was(string what, string words)
    {
        var day = new DateOnly(2026, 6, 16);
        var (e, _) = await desk.Group(new(1), Schedule.Once(new(day, new(10, 0), day, new(11, 0))));
        await desk.Book(e, "ann");
        Assert.Contains("16 June 2026, 10am to 11am", (await desk.Mails("event-place-held"))[0].Text, StringComparison.Ordinal);
        var to = what == "all" ? day.AddDays(1) : day;
        await Approve(e, d =>
            d with
            {
                Schedule = what == "place" ? d.Schedule : Schedule.Once(new(to, new(10, 0), to, new(12, 0))),
                Venue = what == "end" ? d.Venue : "Library",
            }
        );

        Assert.Equal("ann", await Told("event-place-changed"));
        var text = (await desk.Mails("event-place-changed"))[0].Text;
        Assert.Contains(words, text, StringComparison.Ordinal);
        var (before, after) = (
            text[..text.IndexOf("It is now", StringComparison.Ordinal)],
            text[text.IndexOf("It is now", StringComparison.Ordinal)..]
        );
        Assert.Contains("Tuesday 16 June 2026, 10am to 11am", before, StringComparison.Ordinal);
        Assert.Contains(
            what switch
            {
                "end" => "Tuesday 16 June 2026, 10am to midday",
                "all" => "Wednesday 17 June 2026, 10am to midday",
                _ => "Tuesday 16 June 2026, 10am to 11am",
            },
            after,
            StringComparison.Ordinal
        );
        Assert.Equal(what != "end", before.Contains("Village hall", StringComparison.Ordinal));
        Assert.Contains(what == "end" ? "Village hall" : "Library", after, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
    }

    /// <summary>A family's diary has their date under its own address, and follows it.</summary>
    [Theory]
    [InlineData("cancel", "CANCELLED", "Cancelled: Baby Tuesdays")]
    [InlineData("postpone", "TENTATIVE", "Postponed: Baby Tuesdays")]
    public async Task The_diary_of_a_family_hears_what_became_of_their_date(string act, string status, string summary)
    {
        var (e, token) = await desk.Group(new(1));
        await desk.Book(e, "ann");
        await desk.Accept((await desk.In(e)).Single().Id);
        var file = new Uri(BookingDesk.LinkIn((await desk.Mails("event-place-booked"))[0]) + ".ics", UriKind.Relative);
        using var browser = site.Browser();
        async Task<Ical.Net.CalendarComponents.CalendarEvent> Entry() =>
            Ical.Net.Calendar.Load(await browser.GetStringAsync(file, Cancel))!.Events.Single();
        var before = await Entry();
        Assert.Equal(("CONFIRMED", "Baby Tuesdays"), (before.Status, before.Summary));

        await Do(browser, $"/events/manage/{token}", "main form:has([name=Notice])", ("Do", act), ("Notice", ""));
        await desk.Follow();

        var after = await Entry();
        Assert.Equal((status, summary, before.Uid), (after.Status, after.Summary, after.Uid));
        Assert.True(after.Sequence > before.Sequence);
        // The public file says it in the same words.
        var all = Ical.Net.Calendar.Load(await browser.GetStringAsync(new Uri($"/events/{e.Slug}.ics", UriKind.Relative), Cancel))!;
        Assert.All(all.Events, v => Assert.Equal((status, summary), (v.Status, v.Summary)));
    }

    [Fact]
    public async Task The_diary_of_a_family_whose_date_is_on_again_does_not_have_it_back_before_they_have_a_place()
    {
        var (e, token) = await desk.Group(new(1));
        await desk.Book(e, "ann");
        await desk.Accept((await desk.In(e)).Single().Id);
        var file = new Uri(BookingDesk.LinkIn((await desk.Mails("event-place-booked"))[0]) + ".ics", UriKind.Relative);
        using var browser = site.Browser();
        async Task<(string? Status, string? Summary, int Sequence)> Entry()
        {
            var entry = Ical.Net.Calendar.Load(await browser.GetStringAsync(file, Cancel))!.Events.Single();
            return (entry.Status, entry.Summary, entry.Sequence);
        }
        foreach (var act in new[] { "cancel", "restore" })
        {
            await Change(token, ("What", act), ("At", "2026-06-16T10:00"));
            await desk.Follow();
        }
        var off = await Entry();
        Assert.Equal(("CANCELLED", "You have no place: Baby Tuesdays"), (off.Status, off.Summary));
        await desk.Rejoin((await desk.In(e)).Single().Id);
        var on = await Entry();
        Assert.Equal(("CONFIRMED", "Baby Tuesdays"), (on.Status, on.Summary));
        Assert.True(on.Sequence > off.Sequence);
    }
}
