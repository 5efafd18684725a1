using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Tests.Events.Bookings;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Events;

/// <summary>An event's page says first what one can do now, and invites nobody to what does not take place.</summary>
[OneStore("a page")]
public sealed class EventPageTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    async Task<IHtmlDocument> Cancelled(Event e)
    {
        await site.Write(async db =>
            (await db.Set<Event>().Include(o => o.Dates).Include(o => o.Steps).AsSplitQuery().SingleAsync(o => o.Id == e.Id)).Cancel(
                "Ruth",
                "The hall is flooded.",
                site.Clock.GetUtcNow()
            )
        );
        return await site.Open("/events/" + e.Slug);
    }

    [Fact]
    public async Task The_first_dates_are_seen_and_the_others_are_one_press_away()
    {
        var (e, _) = await new BookingDesk(site).Group(null);
        var page = await site.Open("/events/" + e.Slug);
        Assert.Equal(4, page.QuerySelectorAll(".at section > .when-list time").Length);
        Assert.Equal(8, page.QuerySelectorAll("details.more-dates .when-list time").Length);
        Assert.Contains("more", page.QuerySelector("details.more-dates > p")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_places_are_booked_that_comes_before_the_dates()
    {
        var (e, _) = await new BookingDesk(site).Group(new(5));
        var page = await site.Open("/events/" + e.Slug);
        Assert.True(
            page.QuerySelector("#places")!.CompareDocumentPosition(page.QuerySelector("#when")!).HasFlag(DocumentPositions.Following)
        );
    }

    [Fact]
    public async Task A_cancelled_group_says_how_it_was_planned_and_invites_nobody()
    {
        var (e, _) = await new BookingDesk(site).Group(new(5));
        var page = await Cancelled(e);
        Assert.Equal("When it was planned", page.QuerySelector("#when")!.TextContent);
        Assert.Equal("Every Tuesday, 10:00 to 11:30", page.QuerySelector(".every")!.TextContent);
        Assert.Contains("The hall is flooded.", page.QuerySelector("main .warning")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(
            page.QuerySelectorAll("main .when-list, main #places, main a[href$='/poster'], main a[href*='calendar'], main [href$='.ics']")
        );
        Assert.DoesNotContain("Booking", page.QuerySelectorAll("main dt").Select(t => t.TextContent.Trim()));
        Assert.DoesNotContain("please ask", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_day_is_still_named()
    {
        var e = new GeneratedEvents(4).Published(new GeneratedEvents(4).Once("Songs"));
        await site.Write(db =>
        {
            db.Add(e);
            return Task.CompletedTask;
        });
        var page = await Cancelled(e);
        Assert.Equal("When it was planned", page.QuerySelector("#when")!.TextContent);
        Assert.Contains("20 June 2026", page.QuerySelector(".when-list")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_paper_further_dates_are_printed_and_no_day_is_called_today()
    {
        var (e, _) = await new BookingDesk(site).Group(null);
        var page = await site.Open("/events/print");
        var row = page.QuerySelectorAll("ul.events > li").Single(l => l.QuerySelector("a")!.GetAttribute("href") == "/events/" + e.Slug);
        Assert.Null(row.QuerySelector("details"));
        Assert.Contains("Further dates: Tuesday", row.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".today"));
    }
}
