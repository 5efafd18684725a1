using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Manage;

/// <summary>A group that meets on several weekdays has other hours on some of them.</summary>
[OneStore("the steps of a form; SingleDateTests stores rules")]
public sealed class HoursByDayTests : IAsyncDisposable
{
    const string Words = "Every Tuesday, 10:00 to 11:30, and Thursday, 13:30 to 15:00",
        ThursdayStarts = "Hours.Thu.Starts",
        ThursdayEnds = "Hours.Thu.Ends";
    static readonly DateOnly First = new(2026, 6, 9);
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    /// <summary>Tuesdays and Thursdays from 9 June 2026.</summary>
    static Schedule Days(params DayHours[] hours) =>
        new(Repeat.Rule, [new(First, new(10, 0), First, new(11, 30))])
        {
            Rule = RepeatRule.Weekly(1, DayOfWeek.Tuesday, DayOfWeek.Thursday).ToString(),
            Hours = hours.Length == 0 ? null : hours,
        };

    static readonly DayHours Thursdays = new(DayOfWeek.Thursday, new(13, 30), new(15, 0));

    async Task<(Event Event, string Manage)> Group(Schedule schedule)
    {
        var generated = new GeneratedEvents(8);
        var e = generated.Published(generated.Once("Baby days") with { Schedule = schedule });
        return await site.Write(async db =>
        {
            db.Set<Event>().Add(e);
            var token = db.NewEventLink(e, mailed: true, site.Clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync();
            return (e, "/events/manage/" + token);
        });
    }

    Task<Event> Now() =>
        site.InStore(db => db.Set<Event>().Include(o => o.Dates).Include(o => o.Steps).AsSplitQuery().AsNoTracking().SingleAsync());

    async Task<IHtmlDocument> Page(string path)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await TestSite.Read(answer);
    }

    async Task<string> Text(string path)
    {
        using var browser = site.Browser();
        return await browser.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    /// <returns>The page that says what is wrong; null where it was kept.</returns>
    async Task<IHtmlDocument?> Send(string path, params (string, string?)[] typed)
    {
        using var browser = site.Browser();
        using var answer = await browser.Send(path, Fields(typed));
        return answer.StatusCode == HttpStatusCode.Found ? null : await TestSite.Read(answer);
    }

    static string? Value(IHtmlDocument page, string name) => page.QuerySelector($"[name='{name}']")!.GetAttribute("value");

    [Fact]
    public async Task One_days_hours_are_a_change_that_staff_compare_and_approve()
    {
        var (e, manage) = await Group(Days());
        var before = e.Live!.Schedule;
        Assert.DoesNotContain("\"Hours\"", e.Live.ToJson(), StringComparison.Ordinal);
        var form = await Page(manage + "/dates");
        Assert.False(form.QuerySelector("details.other-hours")!.HasAttribute("open"));
        // Sent as it is, it is the same; so are hours that are those of the first date.
        Assert.Null(await Send(manage + "/dates", ("Do", "save"), (ThursdayStarts, "10am"), (ThursdayEnds, "11.30")));
        Assert.False((await Now()).Waiting);

        var shown = await Send(manage + "/dates", ("Do", "show"), (ThursdayStarts, "1.30pm"), (ThursdayEnds, "3pm"));
        Assert.StartsWith(Words + ";", shown!.QuerySelector(".every")!.TextContent, StringComparison.Ordinal);
        Assert.Null(await Send(manage + "/dates", ("Do", "save"), (ThursdayStarts, "1.30pm"), (ThursdayEnds, "3pm")));
        var waiting = await Now();
        Assert.True(waiting.Waiting && waiting.Live!.Schedule.SameAs(before));
        Assert.Equal(Thursdays, Assert.Single(waiting.Latest.Schedule.Hours!));
        form = await Page(manage + "/dates");
        Assert.True(form.QuerySelector("details.other-hours")!.HasAttribute("open"));
        Assert.Equal(("13:30", "15:00", ""), (Value(form, ThursdayStarts), Value(form, ThursdayEnds), Value(form, "Hours.Tue.Starts")));

        using (var staff = await site.SignedIn(StaffRole.Events))
        {
            var review = await staff.GetStringAsync(
                new Uri($"/staff/events/review?id={e.Id}", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            Assert.Contains("Every Tuesday and Thursday, 10:00 to 11:30", review, StringComparison.Ordinal);
            Assert.Contains(Words, review, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("13:30", await Text("/events/" + e.Slug), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hours.Thu", "13:30", "", "Enter when it starts and ends on Thursdays")]
    [InlineData("Hours.Thu", "after lunch", "15:00", "Enter when it starts and ends on Thursdays")]
    [InlineData("Hours.Thu", "15:00", "13:30", "On Thursdays the end must be after the start")]
    [InlineData("Hours.Thu", "13:30", "13:30", "On Thursdays the end must be after the start")]
    [InlineData("Hours.Fri", "13:30", "15:00", "does not take place on Fridays")]
    [InlineData("Hours.Tue", "13:30", "15:00", "The first date is a Tuesday")]
    [InlineData("Hours.Sun", "01:15", "02:15", "does not exist on 28 March 2027")]
    [InlineData("Hours.Wed", "01:00", "02:00", "before the date of Tuesday 9 June 2026 is over")]
    public async Task Hours_that_cannot_be_are_said_at_their_day_and_stay_typed(string field, string starts, string ends, string words)
    {
        var (e, manage) = await Group(
            field switch
            {
                "Hours.Sun" => Days() with { Rule = RepeatRule.Weekly(1, DayOfWeek.Tuesday, DayOfWeek.Sunday).ToString() },
                "Hours.Wed" => new(Repeat.Rule, [new(First, new(23, 0), First.AddDays(1), new(1, 30))])
                {
                    Rule = RepeatRule.Weekly(1, DayOfWeek.Tuesday, DayOfWeek.Wednesday).ToString(),
                },
                _ => Days(),
            }
        );
        var page = await Send(manage + "/dates", ("Do", "save"), (field + ".Starts", starts), (field + ".Ends", ends));
        var id = field.Replace('.', '_');
        Assert.Contains(words, page!.QuerySelector($".error-summary a[href='#{id}']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(words, page.QuerySelector($"details[open] #{id}-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((starts, ends), (Value(page, field + ".Starts"), Value(page, field + ".Ends")));
        Assert.False((await Now()).Waiting, e.Slug);
    }

    [Fact]
    public async Task A_weekday_that_is_taken_away_takes_its_hours_along()
    {
        var (_, manage) = await Group(Days(Thursdays));
        Assert.Null(await Send(manage + "/dates", ("Do", "save"), ("On", "tue")));
        var kept = (await Now()).Latest.Schedule;
        Assert.Equal(("FREQ=WEEKLY;BYDAY=TU", null), (kept.Rule, kept.Hours));
        Assert.Equal("Every Tuesday, 10:00 to 11:30", ScheduleWords.EveryWithHours(kept));
    }

    [Fact]
    public async Task One_date_of_the_second_weekday_is_cancelled_moved_and_added_at_its_own_hours()
    {
        var (e, manage) = await Group(Days(Thursdays));
        static (string, string?)[] On(DateOnly day) =>
            [("Day.Day", $"{day.Day}"), ("Day.Month", $"{day.Month}"), ("Day.Year", $"{day.Year}")];
        Assert.Null(await Send(manage + "/date", ("What", "cancel"), ("At", "2026-06-11T13:30")));
        Assert.Null(await Send(manage + "/date", [("What", "move"), ("At", "2026-06-18T13:30"), .. On(new(2026, 6, 19))]));
        Assert.Contains(
            "already",
            (await Send(manage + "/date", [("What", "add"), .. On(new(2026, 6, 25))]))!.QuerySelector(".error-summary")!.TextContent,
            StringComparison.Ordinal
        );
        var kept = await Now();
        Assert.False(kept.Waiting);
        Assert.Equal(
            ["9 10:00", "16 10:00", "19 13:30", "23 10:00", "25 13:30"],
            kept.Live!.Schedule.All(new(2026, 6, 26)).Select(t => $"{t.Day.Day} {t.Starts:HH:mm}")
        );
        Assert.Equal(kept.Dates.Count, kept.Dates.Select(d => d.Number).Distinct().Count());

        var text = await Text($"/events/{e.Slug}.ics");
        var entries = text.Split("BEGIN:VEVENT").Skip(1).ToList();
        Assert.Equal(3, entries.Count);
        string[] own = [$"UID:{e.Id:N}@", "RRULE:FREQ=WEEKLY;BYDAY=TU", "DTSTART;TZID=Europe/London:20260609T100000"];
        string[] other =
        [
            $"UID:{e.Id:N}-TH@",
            "RRULE:FREQ=WEEKLY;BYDAY=TH",
            "DTSTART;TZID=Europe/London:20260611T133000",
            "DTEND;TZID=Europe/London:20260611T150000",
            "EXDATE;TZID=Europe/London:20260611T133000",
        ];
        string[] moved = [$"UID:{e.Id:N}-TH@", "RECURRENCE-ID;TZID=Europe/London:20260618T133000", "20260619T133000"];
        Assert.All(own, line => Assert.Contains(line, entries[0], StringComparison.Ordinal));
        Assert.DoesNotContain("EXDATE", entries[0], StringComparison.Ordinal);
        Assert.All(other, line => Assert.Contains(line, entries[1], StringComparison.Ordinal));
        Assert.All(moved, line => Assert.Contains(line, entries[2], StringComparison.Ordinal));
        Assert.All(entries, entry => Assert.Contains($"SEQUENCE:{kept.Sequence}", entry, StringComparison.Ordinal));

        // Thursdays begin later from now on: what was done to a Thursday stays done, before and after staff approve it.
        Assert.Null(await Send(manage + "/dates", ("Do", "save"), (ThursdayStarts, "14:00")));
        Assert.Null(await Send(manage + "/date", ("What", "cancel"), ("At", "2026-07-02T13:30")));
        var proposed = (await Now()).Latest.Schedule;
        Assert.Equal(
            ["9 10:00", "16 10:00", "19 13:30", "23 10:00", "25 14:00", "30 10:00", "7 10:00", "9 14:00"],
            proposed.All(new(2026, 7, 9)).Select(t => $"{t.Day.Day} {t.Starts:HH:mm}")
        );
    }

    [Fact]
    public async Task Lists_posters_and_programs_say_the_hours_of_each_day()
    {
        var (e, _) = await Group(Days(Thursdays));
        var row = (await Page("/events?from=2026-06-11&to=2026-06-30")).QuerySelector("ul.events > li")!.TextContent;
        Assert.Contains("13:30 to 15:00 ·", row, StringComparison.Ordinal);
        Assert.Contains(Words, row, StringComparison.Ordinal);
        Assert.Contains("Tuesday 16 June 2026, 10:00; Thursday 18 June 2026, 13:30", row, StringComparison.Ordinal);
        var poster = (await Page($"/events/{e.Slug}/poster")).QuerySelector("main")!.TextContent;
        Assert.Contains(Words, poster, StringComparison.Ordinal);
        Assert.Contains("Next: Tuesday 9 June, 10:00; Thursday 11 June, 13:30", poster, StringComparison.Ordinal);
        var repeats = JsonNode.Parse(await Text("/api/events"))!["events"]![0]!["repeats"]!;
        Assert.Equal(
            """[{"day":"TU","starts":"10:00","ends":"11:30"},{"day":"TH","starts":"13:30","ends":"15:00"}]""",
            repeats["hours"]!.ToJsonString()
        );
        Assert.Equal(Words, repeats["words"]!.GetValue<string>());

        await site.Write(async db =>
        {
            var held = await db.Set<Event>().Include(o => o.Dates).Include(o => o.Steps).AsSplitQuery().SingleAsync();
            held.Cancel("Ruth", "", site.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        var entries = (await Text($"/events/{e.Slug}.ics")).Split("BEGIN:VEVENT").Skip(1).ToList();
        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry => Assert.Contains("STATUS:CANCELLED", entry, StringComparison.Ordinal));
    }
}
