using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using InfantMHWeek.Events;
using Xunit.Sdk;
using static InfantMHWeek.Tests.Events.SpokenDates;

namespace InfantMHWeek.Tests.Events.Schedules;

/// <summary>Reads what the site says of schedules at one moment, everywhere it says it, and holds it against their truth.</summary>
/// <param name="made">The day up to which dates are made, where that is not a year ahead.</param>
/// <param name="wrong">Hears of every difference, so that all of them are seen at once.</param>
sealed class ScheduleOutputs(TestSite site, IReadOnlyList<Held> held, ConcurrentQueue<string> wrong, DateOnly? made = null)
{
    const int OnPage = 12,
        InSearchData = 60;
    public static readonly DateOnly Last = new(2100, 1, 1);
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    readonly DateTime now = site.Clock.GetUtcNow().UtcDateTime;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
    DateOnly Today => DateOnly.FromDateTime(UkClock.Local(now));

    /// <summary>The last day up to which dates are made.</summary>
    public DateOnly Sight => made ?? Today.AddDays(Schedule.DaysAhead);

    string Range =>
        string.Create(CultureInfo.InvariantCulture, $"from={Today:yyyy-MM-dd}&to={Today.AddDays(Schedule.DaysAhead - 1):yyyy-MM-dd}");

    /// <summary>Those to come, as far as they are made; what ends says its dates to the end.</summary>
    public List<(DateTime Starts, DateTime Ends)> Coming(Held group) =>
        [.. group.Truth.Between(Today.AddDays(-20), SightOf(group)).Where(d => d.Ends > now)];

    /// <summary>What was offered long before it begins shows its first year at once.</summary>
    DateOnly SightOf(Held group) =>
        !group.Said.Repeats ? Last
        : group.Said.First > group.Offered.AddDays(Schedule.DaysAhead) && group.Said.First.AddDays(Schedule.DaysAhead) > Sight
            ? group.Said.First.AddDays(Schedule.DaysAhead)
        : Sight;

    /// <summary>What a list of all its dates has: of what goes by a rule those to come, else all.</summary>
    List<(DateTime Starts, DateTime Ends)> Listed(Held group) =>
        group.Said.Repeats ? Coming(group) : group.Truth.Between(DateOnly.MinValue, Last);

    public async Task AgreeAsync()
    {
        await Parallel.ForEachAsync(
            held,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancel },
            async (group, _) =>
            {
                using var browser = site.Browser();
                try
                {
                    await PageSaysAsync(browser, group);
                }
                catch (XunitException problem)
                {
                    wrong.Enqueue($"{now:yyyy-MM-dd}, {group.Title} “{group.Said.Said}”: {problem.Message}");
                }
            }
        );
        using var one = site.Browser();
        await InterfaceSaysAsync(one);
        await FeedSaysAsync(one);
        await SessionsSayAsync(one);
        await FinderSaysAsync(one);
    }

    Task<string> Get(HttpClient browser, string path) => browser.GetStringAsync(new Uri(path, UriKind.RelativeOrAbsolute), Cancel);

    void Same(
        Held group,
        string where,
        IEnumerable<(DateTime Starts, DateTime Ends)> expected,
        IEnumerable<(DateTime Starts, DateTime Ends)> read
    )
    {
        var (wanted, found) = (expected.ToList(), read.ToList());
        if (!wanted.SequenceEqual(found))
            wrong.Enqueue(
                $"{now:yyyy-MM-dd}, {group.Title} “{group.Said.Said}”, {where}: missing {Some(wanted.Except(found))}; "
                    + $"too many {Some(found.Except(wanted))}; {wanted.Count} and {found.Count}"
            );

        static string Some(IEnumerable<(DateTime, DateTime)> dates) =>
            string.Join(", ", dates.Take(4).Select(d => $"{d.Item1:yyyy-MM-dd HH:mm} to {d.Item2:MM-dd HH:mm}"));
    }

    async Task PageSaysAsync(HttpClient browser, Held group)
    {
        using var answer = await browser.GetAsync(new Uri("/events/" + group.Slug, UriKind.Relative), Cancel);
        var page = await TestSite.Read(answer);
        var coming = Coming(group);
        var shown = coming.Count > 0 ? coming.Take(OnPage) : group.Truth.Between(DateOnly.MinValue, SightOf(group)).TakeLast(OnPage);
        Same(group, "page", shown, Words(OfferedSchedules.Shown(page)));
        Same(
            group,
            "page, for machines",
            shown.Select(d => (d.Starts, d.Starts)),
            page.QuerySelectorAll(".when-list time").Select(t => Utc(t.GetAttribute("datetime")!)).Select(t => (t, t))
        );
        if (group.Said.Repeats)
            Assert.StartsWith(group.Said.Words + group.Said.After, page.QuerySelector(".every")!.TextContent, StringComparison.Ordinal);
        var json = JsonNode.Parse(
            page.QuerySelectorAll("script[type='application/ld+json']")
                .Select(s => s.TextContent)
                .Single(s => s.Contains("eventStatus", StringComparison.Ordinal))
        )!;
        Assert.DoesNotContain("\"\"", json.ToJsonString(), StringComparison.Ordinal);
        if (coming.Count > 0 || !group.Said.Repeats)
            SearchDataSays(group, json);
    }

    void SearchDataSays(Held group, JsonNode json)
    {
        static (DateTime, DateTime) When(JsonNode? of) => (Utc(of!["startDate"]!), Utc(of["endDate"]!));
        var listed = Listed(group);
        var all = json["subEvent"] is JsonArray many ? many.Select(When).ToList() : [When(json)];
        Same(group, "search data", listed.Take(InSearchData), all.Take(InSearchData));
        Assert.Equal((listed[0].Starts, listed[^1].Ends), When(json));
        if (!group.Said.Repeats)
            return;
        var repeats = json["eventSchedule"] is JsonArray parts ? [.. parts.Select(p => p!)] : new[] { json["eventSchedule"]! };
        Assert.Equal(group.Said.HoursGroups, repeats.Length);
        Assert.All(repeats, part => Assert.Equal("Europe/London", part["scheduleTimezone"]!.GetValue<string>()));
        Assert.Equal(group.Said.Starts.ToString("HH:mm:ss", CultureInfo.InvariantCulture), repeats[0]["startTime"]!.GetValue<string>());
        // A month's last day has no name among those of schema.org.
        if (group.Said is not { Kind: "monthly-day", Which.Length: > 0 })
            Same(
                group,
                "the schedule of the search data with its dates",
                listed,
                repeats
                    .SelectMany(part => ScheduleData.Expand(part, Today, SightOf(group)))
                    .Where(d => d.Ends > now)
                    .Concat(all)
                    .Distinct()
                    .Order()
            );
    }

    async Task InterfaceSaysAsync(HttpClient browser)
    {
        var events = new Dictionary<Guid, JsonNode>();
        for (var next = "/api/events?limit=100"; next is not null; )
        {
            var answer = JsonNode.Parse(await Get(browser, next))!;
            foreach (var one in answer["events"]!.AsArray())
                events.Add(Guid.Parse(one!["id"]!.GetValue<string>()), one);
            next = answer["nextUrl"]?.GetValue<string>();
        }
        foreach (var group in held)
        {
            var facts = events[group.Id];
            Same(group, "API", Listed(group), facts["dates"]!.AsArray().Select(d => (Utc(d!["start"]!), Utc(d["end"]!))));
            Assert.Equal(group.Said.Repeats ? group.Said.Words : null, facts["repeats"]?["words"]!.GetValue<string>());
            if (group.Said.Repeats)
                Assert.Equal(
                    group.Said.Hours.Select(h => $"{h.Day[..2].ToUpperInvariant()} {h.Starts:HH:mm} {h.Ends:HH:mm}"),
                    facts["repeats"]!["hours"]!
                        .AsArray()
                        .Select(h => $"{h!["day"]} {h["starts"]} {h["ends"]}")
                        .Where(h => !h.EndsWith($" {group.Said.Starts:HH:mm} {group.Said.Ends:HH:mm}", StringComparison.Ordinal))
                );
        }
    }

    async Task FeedSaysAsync(HttpClient browser)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var next = "/events/feed.atom?" + Range; next is not null; )
        {
            var feed = XDocument.Parse(await Get(browser, next)).Root!;
            foreach (var entry in feed.Elements(Atom + "entry"))
                entries.Add(entry.Element(Atom + "title")!.Value, entry.Element(Atom + "summary")!.Value);
            next = feed.Elements(Atom + "link").SingleOrDefault(l => (string?)l.Attribute("rel") == "next")?.Attribute("href")!.Value;
        }
        foreach (var group in held.Where(g => HasDay(g)))
        {
            var summary = entries[group.Title];
            if (group.Said.Repeats)
                Assert.StartsWith(group.Said.Words + group.Said.After, summary, StringComparison.Ordinal);
            Same(group, "feed", group.Said.Repeats ? Coming(group).Take(OnPage) : Listed(group), Words(summary));
        }
    }

    bool HasDay(Held group) => Coming(group).Exists(d => DateOnly.FromDateTime(UkClock.Local(d.Starts)) < Sight);

    /// <summary>What was so when a session last changed, read by following the pages; of that what is to come.</summary>
    async Task SessionsSayAsync(HttpClient browser)
    {
        var sessions = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        for (var (next, items) = ("/api/openactive/sessions", 1); items > 0; )
        {
            var page = JsonNode.Parse(await Get(browser, next))!;
            (next, items) = (page["next"]!.GetValue<string>(), page["items"]!.AsArray().Count);
            foreach (var item in page["items"]!.AsArray().Where(i => i!["state"]!.GetValue<string>() == "updated"))
                sessions[item!["id"]!.GetValue<string>()] = item["data"]!;
        }
        foreach (var group in held)
        {
            if (group.Said.Kind is "weekly" or "fortnightly")
                Assert.Equal(group.Said.HoursGroups, sessions[group.Id.ToString()]["eventSchedule"]!.AsArray().Count);
            Same(
                group,
                "OpenActive",
                Coming(group),
                sessions[group.Id.ToString()]["subEvent"]!
                    .AsArray()
                    .Where(s => s!["eventStatus"]!.GetValue<string>().EndsWith("EventScheduled", StringComparison.Ordinal))
                    .Select(s => (Utc(s!["startDate"]!), Utc(s["endDate"]!)))
                    .Where(d => d.Item2 > now)
            );
        }
    }

    /// <summary>One line for each group, below its next date, in the list and on paper.</summary>
    async Task FinderSaysAsync(HttpClient browser)
    {
        var lines = new List<(string Title, string Text)>();
        for (var number = 1; number < 60; number++)
        {
            var page = await LinesAsync(browser, $"/events?{Range}&page={number}");
            if (page.Count == 0 || page[0] == lines.ElementAtOrDefault(0))
                break;
            lines.AddRange(page);
        }
        var paper = await LinesAsync(browser, "/events/print?" + Range);
        Assert.Equal(
            held.Where(HasDay).Select(g => g.Title).Order(StringComparer.Ordinal),
            lines.Select(l => l.Title).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
        Assert.True(paper.Count >= Math.Min(60, lines.Count), $"{paper.Count} lines on paper");
        foreach (var (title, text) in lines.Concat(paper))
        {
            var group = held.Single(g => g.Title == title);
            var next = UkClock.Local(Coming(group)[0].Starts);
            if (group.Said.Repeats)
            {
                Assert.Contains(group.Said.Words, text, StringComparison.Ordinal);
                if (!text.Contains("continues", StringComparison.Ordinal))
                    Assert.StartsWith(next.ToString("dddd d MMMM yyyy", British), text, StringComparison.Ordinal);
            }
            else if (Coming(group).Count == 1 && group.Said.LastDay == group.Said.First)
                Assert.Contains(next.ToString("HH:mm", British), text, StringComparison.Ordinal);
        }
    }

    static async Task<List<(string Title, string Text)>> LinesAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return
        [
            .. (await TestSite.Read(answer))
                .QuerySelectorAll("ul.events > li")
                .Select(l => (l.QuerySelector("h4 a")!.TextContent, Day(l).TextContent + l.TextContent)),
        ];

        static AngleSharp.Dom.IElement Day(AngleSharp.Dom.IElement line) =>
            line.ParentElement!.PreviousElementSibling!.QuerySelector("time")!;
    }
}
