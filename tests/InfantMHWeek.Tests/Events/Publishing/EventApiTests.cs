using System.Net;
using System.Text.Json.Nodes;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Events.Publishing;

/// <summary>The interface for programs: a program that follows it holds what the public sees, whatever happens between its pages.</summary>
[BothStores]
public sealed class EventApiTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(19);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<List<Event>> Kept(params IEnumerable<EventDetails> details)
    {
        var events = details.Select(generated.Published).ToList();
        await site.Write(db =>
        {
            db.Set<Event>().AddRange(events);
            return db.SaveChangesAsync(Cancel);
        });
        return events;
    }

    Task Change(Guid id, Action<Event> change) =>
        site.Write(async db =>
        {
            change(await db.Set<Event>().Include(e => e.Dates).Include(e => e.Steps).SingleAsync(e => e.Id == id, Cancel));
            return await db.SaveChangesAsync(Cancel);
        });

    static void Approve(Event e, EventDetails details, DateTimeOffset now)
    {
        e.Propose(details, now);
        Assert.Equal(Decision.Done, e.Approve("Ruth", e.Revision, now));
    }

    async Task<JsonNode> Get(string path)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
    }

    /// <summary>All pages by the address that each gives of the next.</summary>
    async Task<List<JsonNode>> Pages(string path, Func<int, Task>? between = null)
    {
        var pages = new List<JsonNode>();
        for (var next = path; next is not null; next = (string?)pages[^1]["nextUrl"])
        {
            pages.Add(await Get(next));
            Assert.True(pages.Count < 200, "It does not end.");
            await (between?.Invoke(pages.Count) ?? Task.CompletedTask);
        }
        return pages;
    }

    static List<Guid> Ids(IEnumerable<JsonNode> pages) => [.. pages.SelectMany(p => p["events"]!.AsArray()).Select(e => (Guid)e!["id"]!)];

    [Fact]
    public async Task A_region_and_a_nation_have_theirs_page_by_page_in_the_order_of_ids()
    {
        Region[] regions = [Region.London, Region.Wales, Region.Scotland, Region.NorthEast, Region.CrownDependencies];
        var events = await Kept(
            Enumerable.Range(0, 40).Select(n => generated.Once($"Songs {n}") with { Region = regions[n % regions.Length] })
        );
        await Kept(generated.Once("Online") with { Attendance = Attendance.Online, Point = null, Region = Region.London });
        List<Guid> Of(params Region[] wanted) => [.. events.Where(e => wanted.Contains(e.Live!.Region)).Select(e => e.Id).Order()];

        Assert.Equal(Of(Region.London), Ids(await Pages("/api/events?region=london&limit=3")));
        Assert.Equal(Of(Region.London, Region.NorthEast), Ids(await Pages("/api/events?nation=england&limit=3")));
        Assert.Equal(Of(Region.Wales), Ids(await Pages("/api/events?nation=wales&limit=100")));
        Assert.Equal(Of(Region.London), Ids(await Pages("/api/events?nation=england&region=london")));
        Assert.Equal(41, Ids(await Pages("/api/events?limit=7")).Distinct().Count());
    }

    [Fact, StoreFile]
    public async Task An_index_alone_answers_for_a_region()
    {
        var plan = await site.InStore(async db =>
        {
            await db.Database.OpenConnectionAsync(Cancel);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText =
                """EXPLAIN QUERY PLAN SELECT "Id" FROM "Events" WHERE "InRegion" = 3 AND "Id" > 'A' ORDER BY "Id" LIMIT 101""";
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            return await reader.ReadAsync(Cancel) ? reader.GetString(3) : "";
        });
        Assert.Equal("SEARCH Events USING COVERING INDEX IX_Events_InRegion_Id (InRegion=? AND Id>?)", plan);
    }

    /// <summary>What a program holds that reads all once, and then only what changed.</summary>
    sealed class Copy(Func<string, Func<int, Task>?, Task<List<JsonNode>>> pages, bool forgets = true)
    {
        public Dictionary<Guid, string> Held { get; } = [];
        string asOf = "";

        public async Task Read(string filter, Func<int, Task>? between = null)
        {
            var read = await pages(
                asOf.Length == 0 ? $"/api/events?limit=4{filter}" : $"/api/events?limit=4&updated-since={asOf}{filter}",
                between
            );
            foreach (var page in read)
            {
                foreach (var e in page["events"]!.AsArray())
                    Held[(Guid)e!["id"]!] = e.ToJsonString();
                foreach (var gone in page["gone"]?.AsArray() ?? [])
                    if (forgets)
                        Held.Remove((Guid)gone!["id"]!);
            }
            asOf = read.Select(p => (string?)p["asOf"]).Single(a => a is not null)!;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("&region=yorkshire")]
    public async Task Who_follows_what_changed_holds_what_is_public(string filter)
    {
        var events = await Kept(Enumerable.Range(0, 30).Select(n => generated.Once($"Songs {n}")));
        var (random, seen, control) = (new Random(3), new Copy(Pages), new Copy(Pages, forgets: false));
        for (var turn = 0; turn < 8; turn++)
        {
            await seen.Read(filter, async _ =>
            {
                // A clock that is set back, and one that stands still, are no excuse.
                site.Clock.AdjustTime(site.Clock.GetUtcNow().AddSeconds(random.Next(3) == 0 ? 40 : 0));
                await Change(events[random.Next(events.Count)].Id, e => Alter(e, random));
            });
            await control.Read(filter);
        }
        await seen.Read(filter);
        await control.Read(filter);

        var now = new Copy(Pages);
        await now.Read(filter);
        Assert.Equal(now.Held.OrderBy(h => h.Key), seen.Held.OrderBy(h => h.Key));
        Assert.NotEmpty(now.Held);
        Assert.True(control.Held.Count > now.Held.Count, "Nothing was taken away, and it proves nothing.");
    }

    void Alter(Event e, Random random)
    {
        var now = site.Clock.GetUtcNow();
        if (!e.IsPublic)
            return;
        switch (random.Next(5))
        {
            case 0:
                e.Withdraw("Ruth", "", now);
                break;
            case 1:
                e.Cancel("Ruth", "The hall is flooded.", now);
                break;
            case 2:
                Approve(
                    e,
                    e.Latest with
                    {
                        Title = $"Songs {random.Next()}",
                        Region = random.Next(2) == 0 ? Region.Wales : Region.Yorkshire,
                    },
                    now
                );
                break;
            default:
                Approve(e, e.Latest with { Title = $"Songs {random.Next()}" }, now);
                break;
        }
    }

    [Fact]
    public async Task A_date_keeps_its_id_when_it_is_moved_and_says_what_became_of_it()
    {
        var first = new DateOnly(2026, 6, 9);
        var e = (
            await Kept(
                generated.Once("Tuesdays") with
                {
                    Address = "1 High Street",
                    Postcode = "LS1 4AP",
                    PointExactness = Exactness.Sector,
                    Stage = Stage.UpToSixMonths | Stage.UpToOneYear,
                    Cost = Cost.Paid,
                    CostNote = "£2 a family",
                    Booking = Booking.Needed,
                    BookingLink = "https://book.example/1",
                    Schedule = new(Repeat.Rule, [new(first, new(10, 0), first, new(11, 0))])
                    {
                        Rule = RepeatRule.Weekly(1, DayOfWeek.Tuesday).ToString(),
                    },
                }
            )
        ).Single();
        var before = (await Get("/api/events"))["events"]![0]!;
        var ids = before["dates"]!.AsArray().Select(d => (string)d!["id"]!).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            ("1 High Street", "sector", "england", "£2 a family", "needed", "https://book.example/1", 0, 12, "organiser"),
            (
                (string?)before["address"],
                (string?)before["pointExactness"],
                (string?)before["nation"],
                (string?)before["costNote"],
                (string?)before["booking"],
                (string?)before["bookingUrl"],
                (int)before["ages"]!["fromMonths"]!,
                (int)before["ages"]!["toMonths"]!,
                (string?)before["source"]!["kind"]
            )
        );

        await Change(e.Id, o =>
            Assert.Null(o.ChangeDate("Ruth", DateAct.Cancel, new(2026, 6, 16, 10, 0, 0), null, site.Clock.GetUtcNow()))
        );
        var day = new DateOnly(2026, 6, 24);
        await Change(e.Id, o =>
            Assert.Null(
                o.ChangeDate(
                    "Ruth",
                    DateAct.Move,
                    new(2026, 6, 23, 10, 0, 0),
                    new(day, new(14, 0), day, new(15, 0)),
                    site.Clock.GetUtcNow()
                )
            )
        );
        var after = (await Get("/api/events"))["events"]![0]!;
        var moved = after["dates"]!.AsArray().Single(d => (string?)d!["status"] == "moved")!;
        Assert.Equal(ids[2], (string?)moved["id"]);
        Assert.Equal(("2026-06-24T14:00:00+01:00", "2026-06-23T10:00:00+01:00"), ((string?)moved["start"], (string?)moved["planned"]));
        var off = after["cancelledDates"]!.AsArray().Single()!;
        Assert.Equal((ids[1], "cancelled"), ((string?)off["id"], (string?)off["status"]));
        Assert.DoesNotContain(after["dates"]!.AsArray(), d => (string?)d!["id"] == ids[1]);

        await Change(e.Id, o => o.Cancel("Ruth", "", site.Clock.GetUtcNow()));
        Assert.All((await Get("/api/events"))["events"]![0]!["dates"]!.AsArray(), d => Assert.Equal("cancelled", (string?)d!["status"]));
    }

    /// <summary>What the page does not show is nowhere that programs read.</summary>
    [Fact]
    public async Task A_link_that_is_kept_back_and_who_offered_it_are_told_to_no_program()
    {
        const string Secret = "https://meet.example/only-for-those-who-book";
        var e = (
            await Kept(
                generated.Once("Together") with
                {
                    Attendance = Attendance.Both,
                    OnlineLink = Secret,
                    OnlineLinkShown = false,
                    PointExactness = Exactness.District,
                }
            )
        ).Single();
        string[] paths =
        [
            "/api/events",
            "/api/events?updated-since=2020-01-01T00:00:00Z",
            "/api/openactive/sessions",
            "/events/feed.atom",
            "/events/calendar.ics",
            $"/events/{e.Slug}.ics",
            $"/events/{e.Slug}",
        ];
        async Task<List<string>> Telling(string words)
        {
            using var browser = site.Browser();
            var telling = new List<string>();
            foreach (var path in paths)
                if ((await browser.GetStringAsync(new Uri(path, UriKind.Relative), Cancel)).Contains(words, StringComparison.Ordinal))
                    telling.Add(path);
            return telling;
        }
        Assert.Empty(await Telling("only-for-those-who-book"));
        Assert.Empty(await Telling("organiser@example.org"));
        Assert.DoesNotContain("\"geo\"", (await Get("/api/openactive/sessions")).ToJsonString(), StringComparison.Ordinal);

        // The control: once its organiser shows it, it is told.
        await Change(e.Id, o => Approve(o, o.Latest with { OnlineLinkShown = true }, site.Clock.GetUtcNow()));
        Assert.Contains("/api/events", await Telling("only-for-those-who-book"));

        // Withdrawn, there is not a word of it.
        await Change(e.Id, o => o.Withdraw("Ruth", "", site.Clock.GetUtcNow()));
        Assert.DoesNotContain(
            "Together",
            (await Get("/api/events?updated-since=2020-01-01T00:00:00Z")).ToJsonString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Together", (await Get("/api/openactive/sessions")).ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("updated-since=yesterday")]
    [InlineData("updated-since=2026-06-08")]
    [InlineData("updated-since=2026-06-08T09:00:00")]
    [InlineData("updated-since=2026-02-31T09:00:00Z")]
    [InlineData("updated-since=1926-06-08T09:00:00Z")]
    [InlineData("updated-since=99999-01-01T00:00:00Z")]
    [InlineData("updated-since=2026-06-08T09:00:00Z&cursor=00000000000000000000000000000001")]
    [InlineData("updated-since=2026-06-08T09:00:00Z&cursor=c-1-00000000000000000000000000000001")]
    [InlineData("updated-since=2026-06-08T09:00:00Z&cursor=c99999999999999999999-00000000000000000000000000000001")]
    [InlineData("updated-since=2026-06-08T09:00:00Z&cursor=c9223372036854775807-00000000000000000000000000000001")]
    [InlineData("cursor=c1-00000000000000000000000000000001")]
    [InlineData("cursor=%27%20OR%201=1")]
    [InlineData("nation=atlantis")]
    [InlineData("nation=wales&region=london")]
    [InlineData("region=wales&region=london")]
    [InlineData("limit=0")]
    [InlineData("limit=1000000")]
    public async Task What_cannot_be_read_is_refused_in_words(string query)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri("/api/events?" + query, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.NotEmpty((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["detail"]!);
    }

    [Theory]
    [InlineData("2026-06-08T09:00Z")]
    [InlineData("2026-06-08T10:00:00+01:00")]
    [InlineData("2026-06-08T10:00:00%2B01:00")]
    [InlineData("2026-06-08T09:00:00.1234567Z")]
    [InlineData("2026-10-25T01:30:00+01:00")]
    [InlineData("9999-01-01T00:00:00Z")]
    public async Task Instants_of_every_kind_are_read_and_one_to_come_is_not_believed(string instant)
    {
        await Kept(generated.Once("Songs"));
        var answer = await Get("/api/events?updated-since=" + instant);
        Assert.True(string.CompareOrdinal((string)answer["asOf"]!, $"{site.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}") <= 0);
    }

    [Fact]
    public async Task Who_asks_again_is_answered_with_nothing_when_nothing_changed()
    {
        var e = (await Kept(generated.Once("Songs"))).Single();
        using var browser = site.Browser();
        async Task<HttpStatusCode> Ask(string tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events?updated-since=2026-01-01T00:00:00Z");
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            using var again = await browser.SendAsync(request, Cancel);
            return again.StatusCode;
        }
        using var first = await browser.GetAsync(new Uri("/api/events?updated-since=2026-01-01T00:00:00Z", UriKind.Relative), Cancel);
        var tag = first.Headers.ETag!.ToString();
        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.NotModified, await Ask(tag));
        await Change(e.Id, o => o.Cancel("Ruth", "", site.Clock.GetUtcNow()));
        Assert.Equal(HttpStatusCode.OK, await Ask(tag));

        using var head = new HttpRequestMessage(HttpMethod.Head, "/api/events?limit=1");
        using var answer = await browser.SendAsync(head, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancel));
    }
}
