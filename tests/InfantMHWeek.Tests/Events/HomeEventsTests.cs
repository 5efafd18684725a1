using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Tests.Courses;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Events;

/// <summary>
/// What the home page tells from the store: it is true at once, it is sent from memory, and no trouble of a moment is kept.
/// </summary>
[BothStores]
public sealed class HomeEventsTests : IAsyncDisposable
{
    static readonly GeoPoint London = new(51.51, -.12),
        Leeds = new(53.80, -1.55),
        Skye = new(57.41, -6.19);

    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(17);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    Event Made(string title, int inDays, GeoPoint? place, Region region = Region.None, int hour = 14)
    {
        var day = UkTime.DayOf(TestSite.Start.UtcDateTime).AddDays(inDays);
        return generated.Published(
            generated.Details() with
            {
                Title = title,
                Schedule = Schedule.Once(new(day, new(hour, 0), day, new(hour + 1, 0))),
                Attendance = place is null ? Attendance.Online : Attendance.InPerson,
                Point = place,
                Region = region,
            }
        );
    }

    Task Store(params Event[] events) =>
        site.Write(db =>
        {
            db.Set<Event>().AddRange(events);
            return db.SaveChangesAsync(Cancel);
        });

    static IEnumerable<string> Titles(IHtmlDocument home) => home.QuerySelectorAll(".next-events h3").Select(h => h.TextContent.Trim());

    static string CourseOf(IHtmlDocument home) => home.QuerySelector(".course-now")!.TextContent;

    [Fact]
    public async Task An_event_is_on_the_home_page_as_soon_as_it_is_approved_and_gone_when_it_is_cancelled()
    {
        var home = await site.Open("/");
        Assert.Empty(Titles(home));
        Assert.Contains("We do not know of any events", home.QuerySelector(".on-next")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(home.QuerySelector(".on-next form[action='/events#found-title'] input[name=near]"));

        var waiting = generated.Waiting(Made("Story time", 1, Leeds, Region.Yorkshire).Live);
        await Store(waiting);
        Assert.Empty(Titles(await site.Open("/")));
        await Change(waiting, e => e.Approve("A colleague", e.Revision, GeneratedEvents.Now));
        home = await site.Open("/");
        Assert.Equal(["Story time"], Titles(home));
        Assert.Contains("Tomorrow, 14:00 to 15:00", home.QuerySelector(".next-events")!.TextContent, StringComparison.Ordinal);

        await Change(waiting, e => e.Cancel("A colleague", "", GeneratedEvents.Now));
        Assert.Empty(Titles(await site.Open("/")));
    }

    Task Change(Event known, Action<Event> change) =>
        site.Write(async db =>
        {
            change(await db.Set<Event>().Include(e => e.Dates).Include(e => e.Steps).SingleAsync(e => e.Id == known.Id, Cancel));
            return await db.SaveChangesAsync(Cancel);
        });

    [Fact]
    public async Task All_parts_of_the_country_come_before_any_comes_twice_big_towns_first_and_one_is_online()
    {
        await Store([
            .. Enumerable.Range(0, 9).Select(n => Made($"London {n}", 0, London, Region.London, 12 + n)),
            Made("Skye", 1, Skye, Region.Scotland),
            Made("Leeds", 9, Leeds, Region.Yorkshire),
            Made("Online 1", 20, null),
            Made("Online 2", 21, null),
        ]);
        Assert.Equal(["London 0", "Skye", "Leeds", "Online 1"], Titles(await site.Open("/")));
    }

    [Fact]
    public async Task The_page_is_sent_from_memory_and_a_moment_without_the_store_is_never_kept()
    {
        await Store(Made("Story time", 3, Leeds, Region.Yorkshire));
        Assert.Equal(["Story time"], Titles(await site.Open("/")));
        using (StoreOutage.Of(site))
        {
            // Nothing can be asked, and nothing is.
            Assert.Equal(["Story time"], Titles(await site.Open("/")));
            site.Clock.Advance(TimeSpan.FromSeconds(1));
            for (var i = 0; i < 2; i++)
            {
                using var browser = site.Browser();
                using var answer = await browser.GetAsync(new Uri("/", UriKind.Relative), Cancel);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                var home = await TestSite.Read(answer);
                Assert.Empty(Titles(home));
                Assert.Null(home.QuerySelector(".course-now"));
                Assert.NotNull(home.QuerySelector(".on-next form"));
                Assert.NotNull(home.QuerySelector(".opening h1"));
            }
        }
        var next = await site.Open("/");
        Assert.Equal(["Story time"], Titles(next));
        Assert.NotNull(next.QuerySelector(".course-now"));
    }

    [Fact]
    public async Task A_site_just_started_shows_home_at_once_and_what_is_on_as_soon_as_that_is_read()
    {
        var mayRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var slow = new SlowToRead(mayRead.Task);
        await slow.Write(db =>
        {
            db.Set<Event>().Add(Made("Story time", 3, Leeds, Region.Yorkshire));
            return db.SaveChangesAsync(Cancel);
        });
        using var browser = slow.Browser();
        for (var i = 0; i < 2; i++)
        {
            using var early = await browser.GetAsync(new Uri("/", UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.OK, early.StatusCode);
            Assert.True(early.Headers.CacheControl!.NoStore);
            Assert.Null(early.Headers.ETag);
            var home = await TestSite.Read(early);
            Assert.Empty(Titles(home));
            Assert.NotNull(home.QuerySelector(".on-next form"));
            Assert.DoesNotContain("We do not know of any", home.Body!.TextContent, StringComparison.Ordinal);
        }
        // Nobody's patience was tried.
        Assert.DoesNotContain(slow.Log, line => line.Contains("What changes by the day is missing", StringComparison.Ordinal));

        mayRead.SetResult();
        await FirstReading.AllAsync(slow.Services, Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        using var answer = await browser.GetAsync(new Uri("/", UriKind.Relative), Cancel);
        Assert.False(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(["Story time"], Titles(await TestSite.Read(answer)));
    }

    sealed class SlowToRead : TestSite
    {
        readonly Task mayRead;

        public SlowToRead(Task mayRead)
        {
            this.mayRead = mayRead;
            AwaitsFirstRows = false;
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
                services.AddLiveRows<HomeEvent>(
                    async (scope, cancel) =>
                    {
                        await mayRead;
                        return await HomeEvents.ReadAsync(scope, cancel);
                    }
                )
            );
        }
    }

    [Fact]
    public async Task The_day_turns_at_midnight_in_the_UK()
    {
        // 23:59:59 in summer time.
        await Store(Made("Today's", 0, London, Region.London), Made("Tomorrow's", 1, London, Region.London));
        site.Clock.SetUtcNow(new(2026, 6, 8, 22, 59, 59, TimeSpan.Zero));
        var text = (await site.Open("/")).QuerySelector(".next-events")!.TextContent;
        Assert.DoesNotContain("Today's", text, StringComparison.Ordinal);
        Assert.Contains("Tomorrow, 14:00", text, StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("Today, 14:00", (await site.Open("/")).QuerySelector(".next-events")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_instance_writes_is_there_a_second_later()
    {
        Assert.Empty(Titles(await site.Open("/")));
        await using (var other = StoreServices.Open(site.Services.GetRequiredService<IConfiguration>()))
        {
            other.Add(Made("Written elsewhere", 2, Leeds, Region.Yorkshire));
            await other.SaveChangesAsync(Cancel);
        }
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["Written elsewhere"], Titles(await site.Open("/")));
    }

    [Fact]
    public async Task The_course_is_shown_as_it_stands()
    {
        var course = "/courses/" + CourseDesk.Slug;
        var home = await site.Open("/");
        Assert.Contains("No course is open at the moment", CourseOf(home), StringComparison.Ordinal);
        Assert.NotNull(home.QuerySelector($".course-now a[href='{course}/interest']"));

        var cohort = await new CourseDesk(site).Open(places: 1, opensIn: TimeSpan.FromHours(1));
        Assert.Contains("Applications open on Monday 8 June 2026, 11am", CourseOf(await site.Open("/")), StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromHours(1));
        home = await site.Open("/");
        Assert.Contains("Applications are open", CourseOf(home), StringComparison.Ordinal);
        Assert.NotNull(home.QuerySelector($".course-now a[href='{course}/apply']"));

        Task Set(Action<Cohort> change) =>
            site.Write(async db =>
            {
                change(await db.Set<Cohort>().SingleAsync(c => c.Id == cohort, Cancel));
                return await db.SaveChangesAsync(Cancel);
            });
        await Set(c => c.ClosesAt = new DateTime(2026, 6, 30, 16, 0, 0, DateTimeKind.Utc));
        Assert.Contains("until Tuesday 30 June 2026, 5pm", CourseOf(await site.Open("/")), StringComparison.Ordinal);
        await site.Write(db => db.Set<Cohort>().ExecuteUpdateAsync(c => c.SetProperty(p => p.PlacesTaken, 1), Cancel));
        Assert.Contains("You can join the waiting list until Tuesday 30 June", CourseOf(await site.Open("/")), StringComparison.Ordinal);
        await Set(c => c.Cancel(site.Clock.GetUtcNow().UtcDateTime, null));
        Assert.Contains("No course is open at the moment", CourseOf(await site.Open("/")), StringComparison.Ordinal);
    }
}
