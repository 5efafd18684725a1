using System.Net;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Manage;

/// <summary>Rules that cannot be are said in words at the field, and nothing that was typed is lost.</summary>
[OneStore("the steps of a form; SingleDateTests stores rules")]
public sealed class RuleFormTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    async Task<string> Draft()
    {
        var e = Event.Start(EmailAddress.Parse("sam@example.org", null), site.Clock.GetUtcNow());
        return await site.Write(async db =>
        {
            db.Set<Event>().Add(e);
            var token = db.NewEventLink(e, mailed: true, site.Clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync();
            return $"/events/manage/{token}/dates";
        });
    }

    static Dictionary<string, string?> Weekly(params (string Name, string? Value)[] other)
    {
        var fields = Fields(
            ("Kind", "weekly"),
            ("Day.Day", "9"),
            ("Day.Month", "6"),
            ("Day.Year", "2026"),
            ("Starts", "10:00"),
            ("Ends", "11:30")
        );
        foreach (var (name, value) in other)
            fields[name] = value;
        return fields;
    }

    [Theory]
    [InlineData("On", "wed", "The first one after it is Wednesday 10 June 2026")]
    [InlineData("Day.Day", "31", "a real date")]
    [InlineData("Breaks", "1 June 2026 to 31 August 2026", "With these breaks it would never take place", "Until", "4 8 2026")]
    [InlineData("Breaks", "some time in autumn", "We could not read “some time in autumn”")]
    [InlineData("Breaks", "30 October 2026 to 26 October 2026", "We could not read")]
    [InlineData("TermTime", "true", "Tick or enter the school holidays")]
    [InlineData("Until", "1 6 2026", "The last day must not be before the first date")]
    [InlineData("Until", "31 2 2027", "leave it empty if there is no end")]
    [InlineData("Until", "1 6 2190", "within the next five years")]
    [InlineData("LastDay", "17 6 2026", "over before the next one begins")]
    public async Task A_rule_that_cannot_be_is_refused_in_words(
        string field,
        string value,
        string words,
        string? other = null,
        string? also = null
    )
    {
        static IEnumerable<(string, string?)> Typed(string name, string text) =>
            name is not ("Until" or "LastDay")
                ? [(name, text)]
                : new[] { ".Day", ".Month", ".Year" }.Zip(text.Split(' '), (part, number) => (name + part, (string?)number));
        var path = await Draft();
        using var browser = site.Browser();
        using var answer = await browser.Send(path, Weekly([.. Typed(field, value), .. other is null ? [] : Typed(other, also!)]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await TestSite.Read(answer);
        Assert.Contains(words, page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("10:00", page.QuerySelector("[name=Starts]")!.GetAttribute("value"));
        Assert.Empty((await site.InStore(db => db.Set<Event>().AsNoTracking().SingleAsync())).Latest.Schedule.Times);
    }

    [Theory]
    [InlineData("weekly", "3", "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", "Every three weeks on a Tuesday", "weekly", "3")]
    [InlineData("weekly", "2", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Every other Tuesday", "fortnightly", "1")]
    [InlineData("fortnightly", "1", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Every other Tuesday", "fortnightly", "1")]
    [InlineData("monthly", "2", "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU", "The second Tuesday of every other month", "monthly", "2")]
    [InlineData("monthly-day", "3", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=9", "The 9th of every third month", "monthly-day", "3")]
    [InlineData("weekly", "99", "FREQ=WEEKLY;BYDAY=TU", "Every Tuesday", "weekly", "1")]
    public async Task Every_third_week_and_every_second_month_are_kept_and_shown_again(
        string kind,
        string interval,
        string rule,
        string words,
        string shownKind,
        string shownInterval
    )
    {
        var path = await Draft();
        using var browser = site.Browser();
        using var answer = await browser.Send(path, Weekly(("Kind", kind), ("Interval", interval), ("Do", "save")));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var schedule = (await site.InStore(db => db.Set<Event>().AsNoTracking().SingleAsync())).Latest.Schedule;
        Assert.Equal((rule, words), (schedule.Rule, ScheduleWords.Every(schedule)));
        using var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await TestSite.Read(opened);
        Assert.Equal(shownKind, page.QuerySelector("[name=Kind][checked]")!.GetAttribute("value"));
        Assert.Equal(shownInterval, page.QuerySelector("[name=Interval] option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_night_that_has_no_such_hour_is_refused_and_one_without_an_end_is_shown_as_such()
    {
        var path = await Draft();
        using var browser = site.Browser();
        using (var night = await browser.Send(path, Weekly(("Day.Day", "14"), ("Starts", "01:15"), ("Ends", "02:15"))))
            Assert.Contains(
                "does not exist on 28 March 2027",
                (await TestSite.Read(night)).QuerySelector(".error-summary")!.TextContent,
                StringComparison.Ordinal
            );
        using var shown = await browser.Send(path, Weekly(("Do", "show")));
        var page = await TestSite.Read(shown);
        Assert.Contains("no end date", page.QuerySelector(".every")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing is saved yet", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await site.InStore(db => db.Set<Event>().AsNoTracking().SingleAsync())).Latest.Schedule.Times);
    }
}
