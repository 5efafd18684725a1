using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Moderation;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Events.Publishing;

/// <summary>
/// The feed by the rules of Realtime Paged Data Exchange 1.0 themselves: a client that knows nothing but them walks it, while events change
/// between its pages and while it reads, and holds the latest state of each.
/// </summary>
[BothStores]
public sealed class OpenActiveFeedTests : IAsyncDisposable
{
    const string Start = "/api/openactive/sessions";
    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(20);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<List<Guid>> Kept(int count)
    {
        var events = Enumerable.Range(0, count).Select(_ => generated.Published()).ToList();
        await site.Write(db =>
        {
            db.Set<Event>().AddRange(events);
            return db.SaveChangesAsync(Cancel);
        });
        return [.. events.Select(e => e.Id)];
    }

    Task Change(Guid id, Func<Event, bool> change) =>
        site.Write(async db =>
        {
            change(await db.Set<Event>().Include(e => e.Dates).Include(e => e.Steps).SingleAsync(e => e.Id == id, Cancel));
            return await db.SaveChangesAsync(Cancel);
        });

    bool Alter(Event e, int number)
    {
        var now = site.Clock.GetUtcNow();
        if (!e.IsPublic)
            return false;
        if (number % 4 == 0)
            return e.Withdraw("Ruth", "", now);
        e.Propose(e.Latest with { Title = $"Songs {number}" }, now);
        return e.Approve("Ruth", e.Revision, now) == Decision.Done;
    }

    /// <summary>A client by the specification: it follows "next" as it is and knows where the list ends.</summary>
    sealed class Client(HttpClient browser)
    {
        public Dictionary<string, JsonNode?> Held { get; } = [];
        public string Next { get; private set; } = Start;
        (long, string) last = (-1, "");

        /// <returns>False on the last page.</returns>
        public async Task<bool> Step()
        {
            var asked = new Uri(Next, UriKind.RelativeOrAbsolute);
            using var answer = await browser.GetAsync(asked, Cancel);
            Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.True(answer.Headers.CacheControl is { Public: true, MaxAge.TotalSeconds: >= 8 and <= 3600 });
            var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
            Assert.StartsWith("https://", (string)page["license"]!, StringComparison.Ordinal);
            var (next, items) = ((string)page["next"]!, page["items"]!.AsArray());
            Assert.StartsWith(Start, new Uri(next, UriKind.Absolute).PathAndQuery, StringComparison.Ordinal);
            foreach (var item in items)
                Take(item!);
            if (items.Count > 0)
            {
                var query = $"afterTimestamp={last.Item1}&afterId={last.Item2}";
                Assert.Contains(query, next, StringComparison.Ordinal);
            }
            var same = new Uri(next).PathAndQuery == (asked.IsAbsoluteUri ? asked.PathAndQuery : asked.OriginalString);
            Assert.Equal(items.Count == 0, same);
            Next = next;
            return !same;
        }

        void Take(JsonNode item)
        {
            var (id, modified, state) = ((string)item["id"]!, (long)item["modified"]!, (string)item["state"]!);
            var at = (modified, id);
            Assert.True(modified > last.Item1 || modified == last.Item1 && string.CompareOrdinal(id, last.Item2) > 0, $"{at} after {last}");
            last = at;
            Assert.Equal("SessionSeries", (string?)item["kind"]);
            Assert.True(state == "updated" ? item["data"] is JsonObject : state == "deleted" && !item.AsObject().ContainsKey("data"));
            Held[id] = item["data"]?.DeepClone();
        }

        public async Task Walk(int limit, Func<Task>? between = null)
        {
            if (Next == Start)
                Next = $"{Start}?limit={limit}";
            for (var pages = 0; await Step(); pages++)
            {
                Assert.True(pages < 500, "It does not end.");
                await (between?.Invoke() ?? Task.CompletedTask);
            }
        }
    }

    async Task<Dictionary<string, JsonNode?>> Fresh(HttpClient browser)
    {
        var client = new Client(browser);
        await client.Walk(500);
        return client.Held;
    }

    static string Text(Dictionary<string, JsonNode?> held) =>
        string.Join('\n', held.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key} {h.Value?.ToJsonString()}"));

    [Fact]
    public async Task A_client_holds_the_latest_state_whatever_changes_between_its_pages()
    {
        var ids = await Kept(60);
        using var browser = site.Browser();
        var (client, random, changes) = (new Client(browser), new Random(2), 0);
        await client.Walk(7, async () =>
        {
            if (changes < 40)
                await Change(ids[random.Next(ids.Count)], e => Alter(e, ++changes));
            site.Clock.AdjustTime(site.Clock.GetUtcNow().AddMilliseconds(random.Next(-5000, 5000)));
        });
        await client.Walk(7);
        Assert.Equal(Text(await Fresh(browser)), Text(client.Held));
        Assert.Equal(60, client.Held.Count);
        Assert.Contains(client.Held.Values, data => data is null);
    }

    [Fact]
    public async Task Nothing_is_missed_that_is_written_while_somebody_reads()
    {
        var ids = await Kept(24);
        using var browser = site.Browser();
        var client = new Client(browser);
        await client.Walk(5);
        var writing = Task.WhenAll(ids.Select((id, number) => Change(id, e => Alter(e, number + 1))));
        while (!writing.IsCompleted)
            await client.Walk(5);
        await writing;
        await client.Walk(5);
        Assert.Equal(Text(await Fresh(browser)), Text(client.Held));
        Assert.Equal(24 - 6, client.Held.Values.Count(data => data is not null));
    }

    [Fact]
    public async Task An_empty_feed_is_its_own_last_page()
    {
        using var browser = site.Browser();
        Assert.False(await new Client(browser).Step());
    }

    /// <summary>What the model asks for, and that what a page says is so until its place changes, whatever time it is.</summary>
    [Fact]
    public async Task A_session_says_what_the_model_asks_for_and_the_same_at_any_time()
    {
        var first = new DateOnly(2026, 6, 9);
        var e = generated.Published(
            generated.Once("Baby Tuesdays") with
            {
                Stage = Stage.UpToSixMonths | Stage.UpToTwoYears,
                Cost = Cost.Free,
                Schedule = new(Repeat.Rule, [new(first, new(10, 0), first, new(11, 30))])
                {
                    Rule = RepeatRule.Weekly(1, DayOfWeek.Tuesday).ToString(),
                },
            }
        );
        await site.Write(db =>
        {
            db.Set<Event>().Add(e);
            return db.SaveChangesAsync(Cancel);
        });
        await Change(e.Id, o => o.ChangeDate("Ruth", DateAct.Cancel, new(2026, 6, 16, 10, 0, 0), null, site.Clock.GetUtcNow()) is null);
        using var browser = site.Browser();
        var before = await Fresh(browser);
        var data = before.Single().Value!;
        foreach (
            var name in (string[])
                ["@context", "@type", "@id", "url", "name", "location", "activity", "organizer", "ageRange", "eventSchedule"]
        )
            Assert.NotNull(data[name]);
        Assert.Equal((0, 2), ((int)data["ageRange"]!["minValue"]!, (int)data["ageRange"]!["maxValue"]!));
        Assert.Equal(
            ("P1W", "10:00", "11:30"),
            (
                (string?)data["eventSchedule"]![0]!["repeatFrequency"],
                (string?)data["eventSchedule"]![0]!["startTime"],
                (string?)data["eventSchedule"]![0]!["endTime"]
            )
        );
        var sessions = data["subEvent"]!.AsArray();
        Assert.Equal(sessions.Count, sessions.Select(s => (string)s!["@id"]!).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(("2026-06-09T09:00:00Z", "PT1H30M"), ((string?)sessions[0]!["startDate"], (string?)sessions[0]!["duration"]));
        Assert.Single(sessions, s => (string?)s!["eventStatus"] == "https://schema.org/EventCancelled");
        Assert.DoesNotContain("\"\"", data.ToJsonString(), StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(Text(before), Text(await Fresh(browser)));
    }

    [Theory]
    [InlineData("?afterTimestamp=-1")]
    [InlineData("?afterTimestamp=1.5")]
    [InlineData("?afterTimestamp=99999999999999999999")]
    [InlineData("?afterId=00000000-0000-0000-0000-000000000001")]
    [InlineData("?afterTimestamp=1&afterId=x")]
    [InlineData("?limit=0")]
    [InlineData("?limit=1000000")]
    public async Task A_place_that_is_none_is_refused(string query)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(Start + query, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_catalogue_finds_the_feed_and_its_licence()
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri("/api/openactive", UriKind.Relative), Cancel);
        Assert.Equal("application/ld+json", answer.Content.Headers.ContentType!.MediaType);
        var dataset = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        Assert.EndsWith(Start, (string)dataset["distribution"]![0]!["contentUrl"]!, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.String, dataset["license"]!.GetValueKind());
    }
}
