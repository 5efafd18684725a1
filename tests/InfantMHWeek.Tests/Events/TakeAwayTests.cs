using System.Net;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Publishing;
using InfantMHWeek.Platform.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Events;

/// <summary>What an approved event is taken away as: a poster, and a link into each diary.</summary>
[OneStore("what is written of one event")]
public sealed class TakeAwayTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(7);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    async Task<Event> Published(EventDetails details)
    {
        var e = generated.Published(details);
        await site.Write(async db =>
        {
            db.Set<Event>().Add(e);
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        return e;
    }

    static EventDetails Weekly(EventDetails details) =>
        details with
        {
            Schedule = new(Repeat.Rule, [new(new(2026, 6, 16), new(10, 0), new(2026, 6, 16), new(11, 30))])
            {
                Rule = RepeatRule.Weekly(1, DayOfWeek.Tuesday).ToString(),
            },
        };

    [Fact]
    public async Task A_poster_says_what_when_and_where_and_leads_to_the_page()
    {
        var e = await Published(Weekly(generated.Once("<b>Songs & tea")));
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(
            new Uri($"/events/{e.Slug}/poster", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await TestSite.Read(answer);
        Assert.Equal("<b>Songs & tea", page.QuerySelector("h1")!.TextContent);
        var text = page.QuerySelector(".sheet")!.TextContent;
        Assert.All(["Every Tuesday, 10:00 to 11:30", "Next: 16 June, 23 June", e.Live!.Postcode, $"/events/{e.Slug}"], words =>
            Assert.Contains(words, text, StringComparison.Ordinal)
        );
        Assert.NotNull(page.QuerySelector(".qr svg"));
    }

    [Fact]
    public async Task There_is_none_of_what_nobody_approved()
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(
            new Uri("/events/nothing/poster", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task What_takes_place_once_is_copied_and_what_has_more_dates_is_followed()
    {
        var address = site.Services.GetRequiredService<SiteAddress>();
        PublicEvent Public(EventDetails details) =>
            new(Guid.NewGuid(), "songs", details, null, null, TestSite.Start.UtcDateTime, TestSite.Start.UtcDateTime, 1, Sample: false);
        var once = generated.Once("Songs & tea?") with
        {
            Schedule = Schedule.Once(new(new(2027, 6, 8), new(10, 0), new(2027, 6, 8), new(11, 30))),
        };

        var links = CalendarLinks.Of(Public(once), address);
        Assert.False(links.Follows);
        Assert.Contains("text=Songs%20%26%20tea%3F&dates=20270608T090000Z%2F20270608T103000Z", links.Google, StringComparison.Ordinal);
        Assert.Contains("startdt=2027-06-08T09%3A00%3A00Z&enddt=2027-06-08T10%3A30%3A00Z", links.Outlook, StringComparison.Ordinal);

        links = CalendarLinks.Of(Public(Weekly(once)), address);
        Assert.True(links.Follows);
        Assert.StartsWith("webcal://", links.Apple, StringComparison.Ordinal);
        Assert.EndsWith("/events/songs.ics", links.Apple, StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString(links.Apple), links.Google, StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString(links.File), links.Outlook, StringComparison.Ordinal);

        var e = await Published(Weekly(once));
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri($"/events/{e.Slug}", UriKind.Relative), TestContext.Current.CancellationToken);
        var hrefs = (await TestSite.Read(answer)).QuerySelectorAll("main a").Select(a => a.GetAttribute("href") ?? "").ToList();
        Assert.All(
            ["webcal://", "https://calendar.google.com/", "https://outlook.live.com/", $"/events/{e.Slug}.ics", $"/events/{e.Slug}/poster"],
            start => Assert.Contains(hrefs, h => h.StartsWith(start, StringComparison.Ordinal))
        );
    }
}
