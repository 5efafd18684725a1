using AngleSharp.Html.Dom;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Tests.Events;

namespace InfantMHWeek.Tests.Editing;

/// <summary>The events, seen as of a date: the list begins on that day, and the bar says what it cannot know.</summary>
[BothStores]
public sealed class AsOfEventsTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(3);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    Event On(string title, DateOnly day) =>
        generated.Published(generated.Once(title) with { Schedule = Schedule.Once(new(day, new(10, 0), day, new(11, 0))) });

    static async Task<IHtmlDocument> See(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return await TestSite.Read(answer);
    }

    [Theory]
    [InlineData("/events")]
    [InlineData("/events/print")]
    public async Task A_list_of_events_begins_on_the_day_that_was_chosen(string list)
    {
        await site.Write(db =>
        {
            db.Set<Event>().AddRange(On("Songs in June", new(2026, 6, 12)), On("Walk in November", new(2026, 11, 12)));
            return db.SaveChangesAsync();
        });
        using var browser = await site.SignedIn(StaffRole.Author);
        // The control: readers see what is on now.
        var now = (await See(browser, list)).QuerySelector("main")!.TextContent;
        Assert.Contains("Songs in June", now, StringComparison.Ordinal);
        Assert.DoesNotContain("Walk in November", now, StringComparison.Ordinal);

        var then = await See(browser, "/staff/as-of/2026-11-10T0900" + list);
        Assert.DoesNotContain("Songs in June", then.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Walk in November", then.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("as of 10 November 2026, 09:00", then.QuerySelector(".as-of-bar")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("known today", then.QuerySelector(".as-of-bar")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Songs in June", (await See(browser, list)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_and_the_numbers_of_the_regions_are_of_that_day_too()
    {
        var e = On("Songs in June", new(2026, 6, 12));
        await site.Write(db =>
        {
            db.Set<Event>().Add(e);
            return db.SaveChangesAsync();
        });
        using var browser = await site.SignedIn(StaffRole.Author);
        const string Past = "This event is over";
        Assert.DoesNotContain(Past, (await See(browser, "/events/" + e.Slug)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            Past,
            (await See(browser, "/staff/as-of/2026-08-10T0900" + "/events/" + e.Slug)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        string Yorkshire(IHtmlDocument page) => page.QuerySelector("a[href*='region=yorkshire']")!.TextContent;
        Assert.Contains("1", Yorkshire(await See(browser, "/events")), StringComparison.Ordinal);
        Assert.DoesNotContain("1", Yorkshire(await See(browser, "/staff/as-of/2026-08-10T0900/events")), StringComparison.Ordinal);
    }
}
