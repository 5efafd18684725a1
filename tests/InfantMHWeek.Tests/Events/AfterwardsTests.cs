using System.Net;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events;

/// <summary>What comes after an event, and what a newcomer finds before there are any.</summary>
[BothStores]
public sealed class AfterwardsTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(9);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task The_morning_after_its_last_date_an_organiser_is_thanked_once_and_tells_how_it_went()
    {
        var (over, off, later) = (
            generated.Published(generated.Once("Songs")),
            generated.Published(generated.Once("Off")),
            generated.Published(generated.Once("Weekly"))
        );
        off.Cancel(Event.Organiser, "", GeneratedEvents.Now);
        later.Propose(
            later.Latest with
            {
                Schedule = new(Repeat.Weekly, later.Latest.Schedule.Times, new(2026, 7, 30)),
            },
            GeneratedEvents.Now
        );
        later.Approve("Ruth", later.Revision, GeneratedEvents.Now);
        await site.Write(db =>
        {
            db.Set<Event>().AddRange(over, off, later, generated.Waiting(generated.Once("Never approved")));
            return db.SaveChangesAsync();
        });
        async Task<int> At(DateTime utc)
        {
            site.Clock.SetUtcNow(new(utc, TimeSpan.Zero));
            await using var scope = site.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<EventThanks>().ThankAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal(0, await At(new(2026, 6, 20, 15, 0, 0, DateTimeKind.Utc)));
        Assert.Equal(0, await At(new(2026, 6, 21, 3, 0, 0, DateTimeKind.Utc)));
        Assert.Equal(1, await At(new(2026, 6, 21, 9, 0, 0, DateTimeKind.Utc)));
        Assert.Equal(0, await At(new(2026, 6, 21, 10, 0, 0, DateTimeKind.Utc)));
        var mail = await site.InStore(db =>
            db.Set<OutboxMail>().SingleAsync(m => m.Kind == "event-thanks", TestContext.Current.CancellationToken)
        );
        Assert.Contains("Songs", mail.Text, StringComparison.Ordinal);

        var manage = mail.Text[mail.Text.IndexOf("/events/manage/", StringComparison.Ordinal)..].Split('\n', ' ')[0];
        using var browser = site.Browser();
        Assert.Equal("Your event is over", (await site.Open(manage)).QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("If something changes", (await site.Open(manage)).Body!.TextContent, StringComparison.Ordinal);
        using (
            var wrong = await browser.Send(manage, Fields(("Do", "report"), ("People", "a lot"), ("Words", "")), "form:has([value=report])")
        )
            Assert.Equal(2, (await TestSite.Read(wrong)).QuerySelectorAll(".error-summary li").Length);
        using (
            var sent = await browser.Send(
                manage,
                Fields(("Do", "report"), ("People", "12"), ("Words", "Twelve came, two slept.")),
                "form:has([value=report])"
            )
        )
            Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var e = await site.InStore(db =>
            db.Set<Event>().Include(o => o.Steps).AsNoTracking().SingleAsync(o => o.Id == over.Id, TestContext.Current.CancellationToken)
        );
        Assert.Equal(
            (12, "Twelve came, two slept.", true),
            (e.PeopleCame, e.Steps.Last(s => s.What == Event.ReportStep).Words, e.IsPublic)
        );
        Assert.Contains(
            "Thank you for telling us",
            await browser.GetStringAsync(new Uri(manage, UriKind.Relative), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        // What is over is not cancelled or postponed any more, whatever is posted.
        using (
            var late = await browser.Send(manage, Fields(("Do", "report"), ("Words", "Again."), ("People", "-5")), "form:has([value=copy])")
        )
            Assert.Equal(HttpStatusCode.OK, late.StatusCode);
    }

    [Fact]
    public async Task The_week_is_offered_when_a_theme_page_says_when_it_is()
    {
        using var content = new TestContentFolder();
        content.Write(
            "themes/2026.md",
            "---\ntitle: The week in 2026\nsummary: It takes place in June.\ntheme: Together\nstarts: 2026-06-15\nends: "
                + "2026-06-21\n---\n\nTogether.\n"
        );
        await using var announced = new TestSite(content.Root);
        async Task<bool> Offered(TestSite where) =>
            (await where.Open("/events")).QuerySelector("#when option[value=awareness-week]") is not null;
        // The themes that ship end with 2025.
        Assert.False(await Offered(site));
        Assert.True(await Offered(announced));
        Assert.Contains(
            "from Monday 15 June 2026 to Sunday 21 June 2026",
            (await announced.Open("/events?when=awareness-week")).QuerySelector("#found-title")!.TextContent,
            StringComparison.Ordinal
        );
        announced.Clock.Advance(TimeSpan.FromDays(14));
        Assert.False(await Offered(announced));
    }

    [Fact]
    public async Task Counts_of_regions_are_at_most_a_minute_old()
    {
        async Task<string> Yorkshire() => (await site.Open("/events")).QuerySelector(".tile a[href$=yorkshire] .small")!.TextContent;
        Assert.Equal("0 events", await Yorkshire());
        await site.Write(db =>
        {
            db.Set<Event>().Add(generated.Published(generated.Once("Songs")));
            return db.SaveChangesAsync();
        });
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("1 event", await Yorkshire());
    }

    [Fact]
    public async Task In_development_samples_are_marked_and_in_production_there_are_none()
    {
        await using var development = new TestSite(environment: "Development");
        using var browser = development.Browser();
        var samples = development.Services.GetServices<IHostedService>().OfType<SampleEvents>().Single();
        await samples.ExecuteTask!.WaitAsync(TestContext.Current.CancellationToken);
        var events = await development.InStore(db => db.Set<Event>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));
        Assert.All(events, e => Assert.True(e.Sample));
        Assert.Equal((40, 36), (events.Count, events.Count(e => e.IsPublic)));
        Assert.Contains(events, e => e.State == EventState.Cancelled);
        Assert.Contains(events, e => e.State == EventState.Postponed);
        var page = await TestSite.Read(
            await browser.GetAsync(
                new Uri("/events/" + events.First(e => e.IsPublic).Slug, UriKind.Relative),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("not a real event", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.DoesNotContain(
            "/events/",
            await browser.GetStringAsync(new Uri("/events/sitemap.xml", UriKind.Relative), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        Assert.Empty(site.Services.GetServices<IHostedService>().OfType<SampleEvents>());
        Assert.Contains(
            "We have no events to show yet",
            (await site.Open("/events")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }
}
