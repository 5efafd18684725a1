using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ical.Net.DataTypes;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.Events.SpokenDates;
using Calendar = Ical.Net.Calendar;

namespace InfantMHWeek.Tests.Events;

/// <summary>
/// Groups as they are held all over the country, typed into the organiser's form and read back from everything the site says of them, over
/// both clock changes.
/// </summary>
[OneStore("the words on pages and in calendars")]
public sealed class RealSchedulesTests : IAsyncDisposable
{
    const int OnPage = 12,
        InSearchData = 60;
    static readonly DateOnly Today = new(2026, 12, 1),
        Sight = Today.AddDays(366);
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    sealed record Held(Guid Id, string Slug, string Title, RealSchedule Said, List<(DateTime Starts, DateTime Ends)> Dates);

    [Fact]
    public async Task What_organisers_say_is_read_back_the_same_everywhere()
    {
        site.Clock.SetUtcNow(new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));
        var held = new List<Held>();
        foreach (var (number, said) in RealSchedule.All().Index())
            held.Add(await OfferAsync(said, $"Group {number + 1:000}"));
        Assert.True(held.Count >= 60);

        using var browser = site.Browser();
        var calendars = new List<string>();
        foreach (var group in held)
        {
            await PageSays(browser, group);
            calendars.Add(await CalendarSays(browser, group));
        }
        await InterfaceSays(browser, held);
        await FeedSays(browser, held);
        await FinderSays(browser, held);
        SecondReader(calendars, held);
    }

    async Task<Held> OfferAsync(RealSchedule said, string title)
    {
        var e = Event.Start(
            EmailAddress.Parse("group@example.org", null),
            site.Clock.GetUtcNow(),
            new GeneratedEvents(1).Once(title) with
            {
                Schedule = Schedule.None,
            }
        );
        var manage = await site.Write(async db =>
        {
            db.Set<Event>().Add(e);
            var token = db.NewEventLink(e, mailed: true, site.Clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync();
            return "/events/manage/" + token;
        });
        using var browser = site.Browser();
        using var opened = await browser.GetAsync(new Uri(manage + "/dates", UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await TestSite.Read(opened);
        async Task<HttpResponseMessage> Send(IEnumerable<string> suggested, string what)
        {
            var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            using var content = new FormUrlEncodedContent([
                .. said.Fields(suggested),
                KeyValuePair.Create("Do", what),
                KeyValuePair.Create("__RequestVerificationToken", token),
            ]);
            return await browser.PostAsync(new Uri(manage + "/dates", UriKind.Relative), content, TestContext.Current.CancellationToken);
        }

        string[] suggested = [];
        if (said.TermOf.Length > 0)
        {
            using var asked = await Send([], "show");
            page = await TestSite.Read(asked);
            suggested = [.. page.QuerySelectorAll("input[name=Suggested]").Select(i => i.GetAttribute("value")!)];
            Assert.True(suggested.Length >= 4, title);
        }
        var dates = said.Dates(Today.AddDays(-1), Sight, suggested).Where(d => d.Ends > site.Clock.GetUtcNow().UtcDateTime).ToList();
        using (var shown = await Send(suggested, "show"))
        {
            page = await TestSite.Read(shown);
            Assert.Null(page.QuerySelector(".error-summary")?.TextContent);
            Assert.StartsWith(said.Words + ",", page.QuerySelector(".every")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(dates.Take(OnPage), Words(Shown(page)));
        }
        using (var saved = await Send(suggested, "save"))
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        return await site.Write(async db =>
        {
            var kept = await db.Set<Event>().Include(o => o.Dates).Include(o => o.Steps).AsSplitQuery().SingleAsync(o => o.Id == e.Id);
            kept.Confirm(site.Clock.GetUtcNow());
            kept.Send(site.Clock.GetUtcNow());
            Assert.Equal(Decision.Done, kept.Approve("A colleague", kept.Revision, site.Clock.GetUtcNow()));
            await db.SaveChangesAsync();
            return new Held(kept.Id, kept.Slug!, title, said, dates);
        });
    }

    static string Shown(IHtmlDocument page) => string.Join('\n', page.QuerySelectorAll(".when-list time").Select(t => t.TextContent));

    static Task<string> Get(HttpClient browser, string path) =>
        browser.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    static async Task PageSays(HttpClient browser, Held group)
    {
        using var answer = await browser.GetAsync(
            new Uri("/events/" + group.Slug, UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var page = await TestSite.Read(answer);
        Assert.StartsWith(group.Said.Words + ",", page.QuerySelector(".every")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(group.Dates.Take(OnPage), Words(Shown(page)));
        var json = JsonNode.Parse(
            page.QuerySelectorAll("script[type='application/ld+json']")
                .Select(s => s.TextContent)
                .Single(s => s.Contains("eventStatus", StringComparison.Ordinal))
        )!;
        Assert.Equal(group.Dates.Take(InSearchData), json["subEvent"]!.AsArray().Select(n => (Utc(n!["startDate"]!), Utc(n["endDate"]!))));
        var repeats = json["eventSchedule"]!;
        Assert.Equal("Europe/London", repeats["scheduleTimezone"]!.GetValue<string>());
        Assert.Equal(group.Said.Starts.ToString("HH:mm:ss", CultureInfo.InvariantCulture), repeats["startTime"]!.GetValue<string>());
        Assert.DoesNotContain("\"\"", json.ToJsonString(), StringComparison.Ordinal);
    }

    async Task<string> CalendarSays(HttpClient browser, Held group)
    {
        var text = await Get(browser, $"/events/{group.Slug}.ics");
        var calendar = Calendar.Load(text)!;
        Assert.Single(calendar.Events.Select(v => v.Uid).Distinct(StringComparer.Ordinal));
        Assert.Single(calendar.Events, v => v.RecurrenceRule is not null);
        var now = site.Clock.GetUtcNow().UtcDateTime;
        Assert.Equal(
            group.Dates,
            calendar
                .GetOccurrences<Ical.Net.CalendarComponents.CalendarEvent>(new CalDateTime(now.AddDays(-2)))
                .Select(o => (o.Period.StartTime.AsUtc, o.Period.EffectiveEndTime!.AsUtc))
                .TakeWhile(o => DateOnly.FromDateTime(o.Item1.AddHours(1)) <= Sight)
                .Where(o => o.Item2 > now)
        );
        return text;
    }

    static async Task InterfaceSays(HttpClient browser, List<Held> held)
    {
        var events = JsonNode.Parse(await Get(browser, "/api/events?limit=100"))!["events"]!
            .AsArray()
            .ToDictionary(n => Guid.Parse(n!["id"]!.GetValue<string>()), n => n!);
        foreach (var group in held)
        {
            var facts = events[group.Id];
            Assert.Equal(group.Dates, facts["dates"]!.AsArray().Select(d => (Utc(d!["start"]!), Utc(d["end"]!))));
            Assert.Equal(group.Said.Words, facts["repeats"]!["words"]!.GetValue<string>());
            Assert.NotNull(RepeatRule.Parse(facts["repeats"]!["rule"]!.GetValue<string>()));
        }
    }

    static async Task FeedSays(HttpClient browser, List<Held> held)
    {
        var feed = XDocument.Parse(await Get(browser, "/events/feed.atom?from=2026-12-01&to=2027-11-30")).Root!;
        var entries = feed.Elements(Atom + "entry").ToDictionary(e => e.Element(Atom + "title")!.Value, StringComparer.Ordinal);
        Assert.True(entries.Count >= 50);
        foreach (var group in held.Where(g => entries.ContainsKey(g.Title)))
        {
            var summary = entries[group.Title].Element(Atom + "summary")!.Value;
            Assert.StartsWith(group.Said.Words + ",", summary, StringComparison.Ordinal);
            Assert.Equal(group.Dates.Take(OnPage), Words(summary));
        }
    }

    /// <summary>One line for each group, with its next date, in the list and on paper.</summary>
    static async Task FinderSays(HttpClient browser, List<Held> held)
    {
        var lines = new List<(string Title, string Text)>();
        for (var number = 1; lines.Count < held.Count && number < 9; number++)
            lines.AddRange(await Lines(browser, $"/events?from=2026-12-01&to=2027-11-30&page={number}"));
        Assert.Equal(held.Select(g => g.Title), lines.Select(l => l.Title).Order(StringComparer.Ordinal));
        var paper = await Lines(browser, "/events/print?from=2026-12-01&to=2027-11-30");
        Assert.Equal(60, paper.Select(l => l.Title).Distinct(StringComparer.Ordinal).Count());
        foreach (var (title, text) in lines.Concat(paper))
        {
            var group = held.Single(g => g.Title == title);
            var next = TimeZoneInfo.ConvertTimeFromUtc(group.Dates[0].Starts, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
            Assert.Contains(
                $"{group.Said.Words}, next on {next.ToString("d MMMM", CultureInfo.GetCultureInfo("en-GB"))}",
                text,
                StringComparison.Ordinal
            );
        }
    }

    static async Task<List<(string Title, string Text)>> Lines(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return
        [
            .. (await TestSite.Read(answer))
                .QuerySelectorAll("ul.events > li")
                .Select(l => (l.QuerySelector("h4 a")!.TextContent, l.TextContent)),
        ];
    }

    /// <summary>python3-vobject of Debian; <c>tests/run</c> installs it, and under CI fails without it.</summary>
    const string Reader = """
        import sys, datetime, itertools, vobject
        utc = lambda t: t.astimezone(datetime.timezone.utc)
        first, last = (datetime.datetime.fromisoformat(a + '+00:00') for a in sys.argv[1:3])
        for number, path in enumerate(sys.argv[3:]):
            calendar = vobject.readOne(open(path, encoding='utf-8', newline='').read())
            found = {}
            for event in sorted(calendar.vevent_list, key=lambda e: hasattr(e, 'recurrence_id')):
                starts, ends = event.dtstart.value, event.dtend.value
                if hasattr(event, 'recurrence_id'):
                    found[utc(event.recurrence_id.value)] = (utc(starts), utc(ends))
                    continue
                length = ends.replace(tzinfo=None) - starts.replace(tzinfo=None)
                for one in itertools.takewhile(lambda t: utc(t) < last, event.getrruleset()):
                    end = (one.replace(tzinfo=None) + length).replace(tzinfo=one.tzinfo)
                    found[utc(one)] = (utc(one), utc(end))
            for starts, ends in sorted(found.values()):
                if ends > first:
                    print(number, *(t.strftime('%Y-%m-%dT%H:%M:%S') for t in (starts, ends)))
        """;

    void SecondReader(List<string> calendars, List<Held> held)
    {
        var python = Environment.GetEnvironmentVariable("VOBJECT");
        if (string.IsNullOrEmpty(python))
        {
            TestContext.Current.SendDiagnosticMessage("There is no second reader here: VOBJECT names a Python that has vobject.");
            return;
        }
        var paths = calendars.Index().Select(c => Path.Combine(site.DataPath, $"{c.Index}.ics")).ToList();
        foreach (var (path, text) in paths.Zip(calendars))
            File.WriteAllText(path, text);
        var (first, last) = (
            site.Clock.GetUtcNow().ToString("s", CultureInfo.InvariantCulture),
            Sight.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00"
        );
        var start = new ProcessStartInfo(python, ["-c", Reader, first, last, .. paths])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var problem = process.StandardError.ReadToEndAsync();
        var read = process
            .StandardOutput.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' '))
            .ToLookup(l => int.Parse(l[0], CultureInfo.InvariantCulture), l => (Utc(l[1] + "Z"), Utc(l[2] + "Z")));
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)) && process.ExitCode == 0, problem.Result);
        foreach (var (number, group) in held.Index())
            Assert.Equal(group.Dates, read[number]);
        TestContext.Current.SendDiagnosticMessage($"vobject read {held.Count} groups and {read.Sum(r => r.Count())} dates");
    }
}
