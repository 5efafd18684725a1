using System.Net;
using System.Xml.Linq;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Moderation;
using Microsoft.EntityFrameworkCore;
using Calendar = Ical.Net.Calendar;

namespace InfantMHWeek.Tests.Events.Publishing;

/// <summary>Nothing is cut without a word: the feed goes on page by page, and a calendar says what it covers.</summary>
[BothStores]
public sealed class FeedAndCalendarTests : IAsyncDisposable
{
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(21);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<List<Event>> Kept(int count)
    {
        var events = Enumerable.Range(0, count).Select(n => generated.Published(generated.Once($"Songs {n}"))).ToList();
        await site.Write(db =>
        {
            db.Set<Event>().AddRange(events);
            return db.SaveChangesAsync(Cancel);
        });
        return events;
    }

    [Fact]
    public async Task The_feed_is_in_the_order_of_approval_and_goes_on_to_the_last()
    {
        var events = await Kept(120);
        // One is approved again while somebody reads, another only cancelled.
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        using var browser = site.Browser();
        var (seen, pages) = (new List<Guid>(), 0);
        for (var next = "/events/feed.atom?region=yorkshire"; next is not null; pages++)
        {
            var feed = XDocument.Parse(await browser.GetStringAsync(new Uri(next, UriKind.RelativeOrAbsolute), Cancel)).Root!;
            var entries = feed.Elements(Atom + "entry").ToList();
            var published = entries.Select(e => (DateTime)e.Element(Atom + "published")!).ToList();
            Assert.Equal(published.OrderDescending(), published);
            seen.AddRange(entries.Select(e => Guid.Parse(((string)e.Element(Atom + "id")!)["urn:uuid:".Length..])));
            string? Link(string relation) =>
                (string?)feed.Elements(Atom + "link").SingleOrDefault(l => (string?)l.Attribute("rel") == relation)?.Attribute("href");
            if (pages > 0)
                Assert.Equal(next, Link("self"));
            Assert.EndsWith("/events/feed.atom?region=yorkshire", Link("first"), StringComparison.Ordinal);
            next = Link("next");
            if (pages == 0)
                await site.Write(async db =>
                {
                    var again = await db.Set<Event>().Include(e => e.Dates).Include(e => e.Steps).SingleAsync(e => e.Id == seen[0], Cancel);
                    again.Propose(again.Latest with { Title = "Songs again" }, site.Clock.GetUtcNow());
                    Assert.Equal(Decision.Done, again.Approve("Ruth", again.Revision, site.Clock.GetUtcNow()));
                    return await db.SaveChangesAsync(Cancel);
                });
            Assert.True(pages < 5, "It does not end.");
        }
        Assert.Equal(3, pages);
        Assert.Equal(events.Select(e => e.Id).Order(), seen.Order());
    }

    [Theory]
    [InlineData("1-2")]
    [InlineData("-1-00000000000000000000000000000001")]
    [InlineData("9999999999999999999-00000000000000000000000000000001")]
    public async Task A_page_of_the_feed_that_is_none_is_not_found(string before)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri("/events/feed.atom?before=" + before, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_calendar_says_what_it_covers_and_where_the_rest_is()
    {
        var events = await Kept(620);
        using var browser = site.Browser();
        async Task<(string Text, string? Next)> Get(string path)
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            var link = answer.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
            return (text, link is null ? null : link[1..link.IndexOf('>', StringComparison.Ordinal)]);
        }
        static string Covers(string text) => Calendar.Load(text)!.Properties["X-WR-CALDESC"]!.Value!.ToString()!;

        var first = await Get("/events/calendar.ics?region=yorkshire");
        Assert.Contains(
            "part 1, of which 500 lines are shown. The next part is at " + first.Next,
            Covers(first.Text),
            StringComparison.Ordinal
        );
        var second = await Get(first.Next!);
        Assert.Contains("part 2, the last one", Covers(second.Text), StringComparison.Ordinal);
        Assert.Null(second.Next);
        var held = Calendar.Load(first.Text)!.Events.Concat(Calendar.Load(second.Text)!.Events).Select(e => e.Uid!.Split('@')[0]);
        Assert.Equal(events.Select(e => e.Id.ToString("N")).Order(StringComparer.Ordinal), held.Order(StringComparer.Ordinal));
        var few = await Get("/events/calendar.ics?region=wales");
        Assert.Contains("all of them.", Covers(few.Text), StringComparison.Ordinal);
        var far = await Get("/events/calendar.ics?part=1000000");
        Assert.Null(far.Next);
    }

    /// <summary>
    /// What calendars hold of an event is kept, and the event's own file is written each time: they never say two things.
    /// </summary>
    [Fact]
    public async Task A_calendar_of_many_follows_every_act_at_once()
    {
        var events = await Kept(4);
        using var browser = site.Browser();
        async Task<IReadOnlyList<string>> Entries(string path)
        {
            var text = await browser.GetStringAsync(new Uri(path, UriKind.Relative), Cancel);
            return [.. text.Split("BEGIN:VEVENT").Skip(1).Select(e => e.Replace("END:VCALENDAR", "", StringComparison.Ordinal).Trim())];
        }
        async Task<string> Seen()
        {
            var entries = await Entries("/events/calendar.ics?region=yorkshire");
            var own = new List<string>();
            foreach (var slug in await site.Write(db => db.Set<Event>().WherePublic().Select(e => e.Slug).ToListAsync(Cancel)))
                own.AddRange(await Entries($"/events/{slug}.ics"));
            Assert.Equal(own.Order(StringComparer.Ordinal), entries.Order(StringComparer.Ordinal));
            return string.Concat(entries);
        }
        (string Name, Func<Event, DateTimeOffset, bool> Act)[] acts =
        [
            ("postponed", (e, now) => e.Postpone("Ruth", "The hall is flooded.", now)),
            ("told otherwise", (e, now) => e.ChangeNotice("Ruth", "The hall is closed.", now)),
            ("cancelled", (e, now) => e.Cancel("Ruth", "", now)),
            ("approved anew", (e, now) =>
            {
                e.Propose(e.Latest with { Title = "Songs again", Venue = "Another hall" }, now);
                return e.Approve("Ruth", e.Revision, now) == Decision.Done;
            }),
            ("withdrawn", (e, now) => e.Withdraw("Ruth", "", now)),
        ];
        var before = await Seen();
        Assert.Equal(before, await Seen());
        foreach (var (name, act) in acts)
        {
            // In the same millisecond too: the order of changes tells two apart that the clock does not.
            await site.Write(async db =>
            {
                var e = await db.Set<Event>().Include(e => e.Dates).Include(e => e.Steps).SingleAsync(e => e.Id == events[0].Id, Cancel);
                Assert.True(act(e, site.Clock.GetUtcNow()), name);
                return await db.SaveChangesAsync(Cancel);
            });
            var now = await Seen();
            Assert.True(before != now, $"The calendar has not heard that it was {name}.");
            before = now;
        }
    }

    /// <summary>Sent from memory, and yet never older than the last write; with a question of its own it is another page.</summary>
    [Fact]
    public async Task The_finder_is_kept_and_follows_at_once()
    {
        var e = (await Kept(1)).Single();
        using var browser = site.Browser();
        async Task<(string Text, bool Kept)> Get(string path)
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Contains("geolocation=(self)", answer.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
            return (await answer.Content.ReadAsStringAsync(Cancel), answer.Headers.ETag is not null);
        }
        Assert.Contains(e.Live!.Title, (await Get("/events")).Text, StringComparison.Ordinal);
        var (text, kept) = await Get("/events");
        Assert.True(kept);
        Assert.Contains(e.Live!.Title, text, StringComparison.Ordinal);
        (text, kept) = await Get("/events?region=wales");
        Assert.False(kept);
        Assert.DoesNotContain(e.Live!.Title, text, StringComparison.Ordinal);
        Assert.Contains(e.Live!.Title, (await Get("/events")).Text, StringComparison.Ordinal);
        await site.Write(async db =>
        {
            (await db.Set<Event>().Include(o => o.Dates).Include(o => o.Steps).SingleAsync(Cancel)).Withdraw(
                "Ruth",
                "",
                site.Clock.GetUtcNow()
            );
            return await db.SaveChangesAsync(Cancel);
        });
        Assert.DoesNotContain(e.Live!.Title, (await Get("/events")).Text, StringComparison.Ordinal);
    }
}
