using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.Events.SpokenDates;
using static InfantMHWeek.Tests.FormPosting;
using Calendar = Ical.Net.Calendar;

namespace InfantMHWeek.Tests.Events;

/// <summary>
/// A group over a year: one date is cancelled, moved, added; dates are made as time goes; its organiser says whether it runs.
/// </summary>
[BothStores]
public sealed class SingleDateTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static readonly DateOnly First = new(2026, 6, 9);

    /// <summary>Every Tuesday from 9 June 2026, 10:00 to 11:30, without an end.</summary>
    static Schedule Tuesdays(DateOnly? until = null) =>
        new(Repeat.Rule, [new(First, new(10, 0), First, new(11, 30))], until) { Rule = RepeatRule.Weekly(1, DayOfWeek.Tuesday).ToString() };

    async Task<(Event Event, string Token)> Group(Schedule? schedule = null)
    {
        var generated = new GeneratedEvents(8);
        var e = generated.Published(generated.Once("Baby Tuesdays") with { Schedule = schedule ?? Tuesdays() });
        return await site.Write(async db =>
        {
            db.Set<Event>().Add(e);
            var token = db.NewEventLink(e, mailed: true, site.Clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync();
            return (e, token);
        });
    }

    Task<Event> Now(Event e) =>
        site.InStore(db =>
            db.Set<Event>().Include(o => o.Dates).Include(o => o.Steps).AsSplitQuery().AsNoTracking().SingleAsync(o => o.Id == e.Id)
        );

    static (string, string?)[] New(DateOnly day, string starts = "", string ends = "") =>
        [("Day.Day", $"{day.Day}"), ("Day.Month", $"{day.Month}"), ("Day.Year", $"{day.Year}"), ("Starts", starts), ("Ends", ends)];

    async Task<string?> Change(string token, string what, string at, params (string, string?)[] more)
    {
        using var browser = site.Browser();
        using var answer = await browser.Send($"/events/manage/{token}/date", Fields([("What", what), ("At", at), .. more]));
        return answer.StatusCode == HttpStatusCode.Found
            ? null
            : (await TestSite.Read(answer)).QuerySelector(".error-summary")?.TextContent ?? answer.StatusCode.ToString();
    }

    async Task<string> Get(string path)
    {
        using var browser = site.Browser();
        return await browser.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task One_date_is_cancelled_moved_and_added_at_once_and_all_readers_see_it()
    {
        var (e, token) = await Group();
        var (sequence, approved) = (e.Sequence, e.ApprovedAt);
        Assert.Null(await Change(token, "cancel", "2026-06-16T10:00"));
        Assert.Null(await Change(token, "move", "2026-06-23T10:00", New(new(2026, 6, 24), "14:00")));
        Assert.Null(await Change(token, "add", "", New(new(2026, 6, 27), "9.30am", "11am")));

        var kept = await Now(e);
        Assert.True(kept is { Waiting: false, Proposed: null } && kept.Sequence > sequence && kept.ApprovedAt == approved);
        DateTime[] expected = [new(2026, 6, 9, 9, 0, 0), new(2026, 6, 24, 13, 0, 0), new(2026, 6, 27, 8, 30, 0), new(2026, 6, 30, 9, 0, 0)];
        Assert.Equal(expected, kept.Dates.OrderBy(d => d.StartUtc).Take(4).Select(d => DateTime.SpecifyKind(d.StartUtc, default)));

        var page = await Get("/events/" + kept.Slug);
        Assert.Equal(expected, Words(page).Take(4).Select(w => DateTime.SpecifyKind(w.Starts, default)));
        Assert.Contains("moved from Tuesday 23 June 2026", page, StringComparison.Ordinal);
        Assert.Contains("Tuesday 16 June 2026: cancelled", page, StringComparison.Ordinal);

        var facts = JsonNode.Parse(await Get("/api/events"))!["events"]![0]!;
        Assert.Equal(expected, facts["dates"]!.AsArray().Take(4).Select(d => DateTime.SpecifyKind(Utc(d!["start"]!), default)));

        var text = await Get($"/events/{kept.Slug}.ics");
        var calendar = Calendar.Load(text)!;
        Assert.Equal(
            expected,
            calendar
                .GetOccurrences<CalendarEvent>(new CalDateTime(2026, 6, 1))
                .Take(4)
                .Select(o => DateTime.SpecifyKind(o.Period.StartTime.AsUtc, default))
        );
        Assert.Single(calendar.Events.Select(v => v.Uid).Distinct(StringComparer.Ordinal));
        Assert.All(
            [
                "RRULE:FREQ=WEEKLY;BYDAY=TU",
                "EXDATE;TZID=Europe/London:20260616T100000",
                "RECURRENCE-ID;TZID=Europe/London:20260623T100000",
                "BEGIN:VTIMEZONE",
                $"SEQUENCE:{kept.Sequence}",
            ],
            line => Assert.Contains(line, text, StringComparison.Ordinal)
        );
    }

    /// <summary>Where the day stays, the hour is what was moved; where the beginning stays too, the end.</summary>
    [Theory]
    [InlineData("10:30", "12:00", "Tuesday 16 June 2026, 10:30 to 12:00 (moved from 10:00)", "from 10:00 to 10:30")]
    [InlineData("10:00", "12:00", "Tuesday 16 June 2026, 10:00 to 12:00 (was to end at 11:30)", "moved the end on 16 June 2026 to 12:00")]
    public async Task A_date_that_stays_on_its_day_says_which_hour_it_had(string starts, string ends, string words, string history)
    {
        var (e, token) = await Group();
        Assert.Null(await Change(token, "move", "2026-06-16T10:00", New(new(2026, 6, 16), starts, ends)));
        using var staff = await site.SignedIn(StaffRole.Events);
        foreach (
            var (browser, path) in new[]
            {
                (site.Browser(), "/events/" + e.Slug),
                (site.Browser(), "/events/manage/" + token),
                (staff, $"/staff/events/review?id={e.Id}"),
            }
        )
        {
            using var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Contains(words, (await TestSite.Read(opened)).Body!.TextContent, StringComparison.Ordinal);
        }
        Assert.Contains((await Now(e)).Steps, s => s.What.Contains(history, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_done_with_one_date_is_said_at_the_field()
    {
        var (e, token) = await Group();
        (string What, string At, (string, string?)[] More, string Words)[] refused =
        [
            ("", "2026-06-16T10:00", [], "Say what has changed"),
            ("cancel", "2026-06-17T10:00", [], "no longer exists"),
            ("cancel", "yesterday", [], "Choose one of the dates"),
            ("move", "2026-06-16T10:00", New(new(2026, 6, 23)), "There is already a date on Tuesday 23 June 2026 at 10:00"),
            ("move", "2026-06-16T10:00", New(new(2026, 6, 23), "11:00", "12:00"), "already"),
            ("move", "2026-06-16T10:00", New(new(2026, 6, 2)), "is in the past"),
            ("move", "2026-06-16T10:00", New(new(2027, 9, 2)), "within the next year"),
            ("move", "2026-06-16T10:00", New(new(2027, 3, 28), "01:30"), "does not exist"),
            ("move", "2026-06-16T10:00", [("Day.Day", "31"), ("Day.Month", "2"), ("Day.Year", "2027")], "a real date"),
            ("add", "", New(new(2026, 6, 16)), "already"),
            ("restore", "2026-06-16T10:00", [], "already takes place as planned"),
        ];
        foreach (var (what, at, more, words) in refused)
            Assert.Contains(words, await Change(token, what, at, more) ?? "it was done", StringComparison.Ordinal);
        Assert.Equal(e.Sequence, (await Now(e)).Sequence);

        // Twice is once, and an act undone is gone.
        Assert.Null(await Change(token, "cancel", "2026-06-16T10:00"));
        Assert.Contains("no longer exists", await Change(token, "cancel", "2026-06-16T10:00"), StringComparison.Ordinal);
        Assert.Null(await Change(token, "restore", "2026-06-16T10:00"));
        Assert.Null((await Now(e)).Live!.Schedule.Changes);
    }

    /// <summary>What was typed before somebody cancelled or took down the whole is answered in words, and is still there.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_came_too_late_is_said_and_nothing_typed_is_lost(bool down)
    {
        var (e, token) = await Group();
        using var browser = site.Browser();
        async Task<IHtmlFormElement> Form(string step)
        {
            using var opened = await browser.GetAsync(
                new Uri($"/events/manage/{token}/{step}", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            return (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
        }
        var (date, what) = (await Form("date"), await Form("what"));
        await site.Write(async db =>
        {
            var held = await db.Set<Event>().Include(o => o.Dates).Include(o => o.Steps).AsSplitQuery().SingleAsync(o => o.Id == e.Id);
            Assert.True(down ? held.Withdraw("Staff", "", site.Clock.GetUtcNow()) : held.Cancel("Staff", "", site.Clock.GetUtcNow()));
        });
        var typed = Fields([("What", "move"), ("At", "2026-06-16T10:00"), .. New(new(2026, 6, 18), "3:15pm")]);
        using var late = await browser.Send(date, $"/events/manage/{token}/date", typed);
        var page = await TestSite.Read(late);
        Assert.Contains("Nothing was changed", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("3:15pm", page.QuerySelector("[name=Starts]")!.GetAttribute("value"));
        if (!down)
            return;
        using var text = await browser.Send(what, $"/events/manage/{token}/what", Fields(("Description", "Long and dear words.")));
        page = await TestSite.Read(text);
        Assert.Contains("Nothing was changed", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Long and dear words.", page.QuerySelector("[name=Description]")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Days of a festival are as many wherever they are moved, and a night stays a night.</summary>
    [Theory]
    [InlineData("2026-06-18T18:00", "", "", "2026-06-27 14:00")]
    [InlineData("2026-06-18T18:00", "17:00", "", "2026-06-27 13:00")]
    [InlineData("2026-06-18T18:00", "", "12:00", "2026-06-27 12:00")]
    [InlineData("2026-06-11T22:00", "", "", "2026-06-26 02:00")]
    [InlineData("2026-06-11T22:00", "19:00", "21:00", "2026-06-25 21:00")]
    public async Task A_date_of_several_days_keeps_them_when_it_is_moved(string at, string starts, string ends, string end)
    {
        var (e, token) = await Group(
            new(
                Repeat.Several,
                [
                    new(new(2026, 6, 11), new(22, 0), new(2026, 6, 12), new(2, 0)),
                    new(new(2026, 6, 18), new(18, 0), new(2026, 6, 20), new(14, 0)),
                ]
            )
        );
        Assert.Null(await Change(token, "move", at, New(new(2026, 6, 25), starts, ends)));
        var moved = (await Now(e)).Live!.Schedule.Occurrences().Single(o => o.Moved).Time;
        Assert.Equal(end, moved.EndsLocal.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Two_acts_at_once_do_not_put_two_dates_on_one()
    {
        var (e, token) = await Group();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(n => Change(token, "move", $"2026-{(n < 4 ? "06-16" : "06-23")}T10:00", New(new(2026, 6, 18))))
        );
        Assert.Contains(null, answers);
        var dates = (await Now(e)).Dates.Where(d => d.Day == new DateOnly(2026, 6, 18));
        Assert.Single(dates);
    }

    /// <summary>While a change of its words waits, a date is cancelled: both are there once it is approved.</summary>
    [Fact]
    public async Task A_date_that_was_cancelled_stays_so_when_a_waiting_change_is_approved()
    {
        var generated = new GeneratedEvents(8);
        var e = generated.Published(generated.Once("Baby Tuesdays") with { Schedule = Tuesdays() });
        e.Propose(e.Latest with { Title = "Baby Tuesdays and tea" }, GeneratedEvents.Now);
        Assert.Null(e.ChangeDate(Event.Organiser, DateAct.Cancel, new(2026, 6, 16, 10, 0, 0), null, GeneratedEvents.Now));
        Assert.Equal("Baby Tuesdays", e.Live!.Title);
        Assert.Equal(Decision.Done, e.Approve("Staff", e.Revision, GeneratedEvents.Now));
        Assert.Equal("Baby Tuesdays and tea", e.Live!.Title);
        Assert.DoesNotContain(e.Dates, d => d.Day == new DateOnly(2026, 6, 16));

        // A cancelled event has no single dates, and one that happens once neither.
        e.Cancel("Staff", "", GeneratedEvents.Now);
        Assert.NotNull(e.ChangeDate(Event.Organiser, DateAct.Cancel, new(2026, 6, 23, 10, 0, 0), null, GeneratedEvents.Now));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Dates_are_made_as_time_goes_and_each_keeps_its_number()
    {
        var (e, _) = await Group();
        var before = (await Now(e)).Dates.ToDictionary(d => d.Number, d => d.StartUtc);
        Assert.InRange(before.Count, 52, 53);
        async Task<int> Extend()
        {
            await using var scope = site.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<GroupDates>().ExtendAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal(0, await Extend());
        site.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal(1, await Extend());
        Assert.Equal(0, await Extend());
        var after = (await Now(e)).Dates;
        Assert.InRange(after.Count, 57, 59);
        Assert.All(before, date => Assert.Equal(date.Value, after.Single(d => d.Number == date.Key).StartUtc));
        Assert.Equal(e.Sequence, (await Now(e)).Sequence);
        // What is more than a year past goes.
        site.Clock.Advance(TimeSpan.FromDays(500));
        await Extend();
        Assert.All((await Now(e)).Dates, d => Assert.True(d.StartUtc > site.Clock.GetUtcNow().UtcDateTime.AddDays(-402)));
    }

    [Fact]
    public async Task Organisers_are_asked_twice_a_year_and_silence_stops_the_dates()
    {
        var (e, _) = await Group();
        async Task<int> Ask()
        {
            await using var scope = site.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<GroupChecks>().RunAsync(TestContext.Current.CancellationToken);
        }
        Task<List<OutboxMail>> Mails() =>
            site.InStore(db => db.Set<OutboxMail>().Where(m => m.Kind.StartsWith("event-still")).OrderBy(m => m.Id).ToListAsync());
        async Task Press(string what)
        {
            var text = (await Mails())[^1].Text;
            var link = text[text.IndexOf("/events/still/", StringComparison.Ordinal)..].Split('\n', ' ')[0].Trim();
            using var browser = site.Browser();
            using var answer = await browser.Send(link, Fields(("Do", what)));
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        }

        Assert.Equal(0, await Ask());
        site.Clock.Advance(TimeSpan.FromDays(184));
        Assert.Equal((1, 0), (await Ask(), await Ask()));
        Assert.Equal("event-still-on", Assert.Single(await Mails()).Kind);
        await Press("yes");
        Assert.Null((await Now(e)).QuestionedAt);

        site.Clock.Advance(TimeSpan.FromDays(184));
        Assert.Equal(1, await Ask());
        site.Clock.Advance(TimeSpan.FromDays(15));
        Assert.Equal((1, "event-still-on-again"), (await Ask(), (await Mails())[^1].Kind));
        site.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal((1, 0), (await Ask(), await Ask()));
        var silent = await Now(e);
        Assert.NotNull(silent.UnansweredAt);
        Assert.Contains("not told us recently whether it still runs", await Get("/events/" + e.Slug), StringComparison.Ordinal);
        Assert.Contains(";UNTIL=", await Get($"/events/{e.Slug}.ics"), StringComparison.Ordinal);
        using (var staff = await site.SignedIn(StaffRole.Events))
            Assert.Contains(
                "Groups that may have ended: 1",
                await staff.GetStringAsync(new Uri("/staff/events", UriKind.Relative), TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );

        await Press("ended");
        var ended = await Now(e);
        Assert.True(ended is { OpenEnded: false, UnansweredAt: null });
        Assert.DoesNotContain(ended.Dates, d => d.StartUtc > site.Clock.GetUtcNow().UtcDateTime.AddDays(1));
        Assert.Contains("over", await Get("/events/" + e.Slug), StringComparison.Ordinal);
    }
}
