using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using Ical.Net.DataTypes;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.Events.SpokenDates;
using Calendar = Ical.Net.Calendar;

namespace InfantMHWeek.Tests.Events;

/// <summary>
/// Page, search data, calendar, interface and feed say the same of 1,000 events on difficult nights: when, and in which state.
/// Calendars are read by two programs that are not ours.
/// </summary>
[OneStore("the words on pages and in calendars")]
public sealed class SameTruthTests : IAsyncDisposable
{
    const int Batches = 25,
        InBatch = 40,
        ShownOnPage = 12;
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    /// <summary>Round both clock changes, New Year, a leap day, midnight; an hour, a night, several days; once, several, weekly.</summary>
    static IEnumerable<EventDetails> Difficult(int count)
    {
        var random = new Random(7);
        DateOnly[] days = [new(2027, 3, 28), new(2027, 10, 31), new(2026, 12, 31), new(2028, 2, 29), new(2027, 6, 15)];
        var basis = new GeneratedEvents(3).Once("A difficult night");
        while (count > 0)
        {
            var day = days[random.Next(days.Length)].AddDays(random.Next(-2, 3));
            var start = day.ToDateTime(new(random.Next(24), random.Next(4) * 15));
            var end = start.AddMinutes(random.Next(1, 8) * 15 + (random.Next(5) == 0 ? 1440 * random.Next(1, 5) : 0));
            var time = new EventTime(
                day,
                TimeOnly.FromDateTime(start),
                DateOnly.FromDateTime(end),
                TimeOnly.FromDateTime(end),
                random.Next(2) == 0 && UkTime.Zone.IsAmbiguousTime(start)
            );
            var schedule = random.Next(4) switch
            {
                3 => TwoHours(random, day),
                0 => new(Repeat.Weekly, [time], day.AddDays(7 * random.Next(1, 9))),
                1 => new(Repeat.Several, [time, time.DaysLater(5), time.DaysLater(11)]),
                _ => Schedule.Once(time),
            };
            if (schedule.Problems().Any())
                continue;
            count--;
            yield return basis with
            {
                Schedule = schedule,
            };
        }
    }

    /// <summary>By day, two weekdays with hours of their own, over some weeks: two rules in a calendar.</summary>
    static Schedule TwoHours(Random random, DateOnly day)
    {
        TimeOnly Hour() => new(random.Next(6, 20), random.Next(4) * 15);
        var (one, two, other) = (Hour(), Hour(), day.AddDays(random.Next(1, 6)).DayOfWeek);
        return new(Repeat.Rule, [new(day, one, day, one.AddMinutes(random.Next(1, 8) * 15))], day.AddDays(7 * random.Next(1, 5)))
        {
            Rule = RepeatRule.Weekly(1, day.DayOfWeek, other).ToString(),
            Hours = [new(other, two, two.AddMinutes(random.Next(1, 8) * 15))],
        };
    }

    [Fact]
    public async Task A_thousand_difficult_events_are_the_same_everywhere()
    {
        site.Clock.SetUtcNow(new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));
        var (files, expected, generated) = (
            new List<string>(),
            new Dictionary<string, List<(DateTime, DateTime)>>(StringComparer.Ordinal),
            new GeneratedEvents(1)
        );
        foreach (var batch in Difficult(Batches * InBatch).Chunk(InBatch))
        {
            var events = batch.Select(generated.Published).ToList();
            foreach (var (number, e) in events.Index())
                if (number % 10 == 0)
                    e.Cancel("Ruth", "The hall is flooded.", GeneratedEvents.Now);
                else if (number % 10 == 1)
                    e.Postpone("Ruth", "Our singer is ill.", GeneratedEvents.Now);
            await site.Write(async db =>
            {
                await db.Set<Event>().ExecuteDeleteAsync();
                db.Set<Event>().AddRange(events);
                return await db.SaveChangesAsync();
            });
            foreach (var e in events)
                expected[e.Id.ToString("N")] = [.. e.Live!.Schedule.All().Select(t => (t.StartUtc, t.EndUtc))];
            files.Add(await CompareAsync(events));
        }
        SecondReader(files, expected);
    }

    /// <returns>The calendar of all of them.</returns>
    async Task<string> CompareAsync(List<Event> events)
    {
        using var browser = site.Browser();
        async Task<string> Get(string path) =>
            await browser.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        const string All = "?from=2026-12-01&to=2028-11-01";
        var calendar = await Get("/events/calendar.ics" + All);
        var read = Calendar.Load(calendar)!.Events.ToLookup(v => v.Uid![..32], StringComparer.Ordinal);
        var api = JsonNode.Parse(await Get("/api/events?limit=100"))!["events"]!
            .AsArray()
            .ToDictionary(n => Guid.Parse(n!["id"]!.GetValue<string>()), n => n!);
        var feed = XDocument
            .Parse(await Get("/events/feed.atom" + All))
            .Root!.Elements(Atom + "entry")
            .ToDictionary(e => Guid.Parse(e.Element(Atom + "id")!.Value["urn:uuid:".Length..]));
        foreach (var e in events)
        {
            var expected = e.Live!.Schedule.All().Select(t => (t.StartUtc, t.EndUtc)).ToList();
            var (state, notice) =
                e.CancelledAt is not null ? ("Cancelled", "The hall is flooded.")
                : e.PostponedAt is not null ? ("Postponed", "Our singer is ill.")
                : ("", "");

            var entries = read[e.Id.ToString("N")].ToList();
            Assert.Equal(
                expected,
                entries
                    .SelectMany(v => v.GetOccurrences(new CalDateTime(2020, 1, 1)).Take(80))
                    .Select(o => (o.Period.StartTime.AsUtc, o.Period.EffectiveEndTime!.AsUtc))
                    .OrderBy(o => o.Item1)
            );
            Assert.All(entries, v => Assert.True(
                    v.Status
                        == (
                            state switch
                            {
                                "Cancelled" => "CANCELLED",
                                "Postponed" => "TENTATIVE",
                                _ => "CONFIRMED",
                            }
                        )
                        && v.Description!.Contains(notice, StringComparison.Ordinal),
                    v.Status
                ));

            Assert.Equal(expected, api[e.Id]["dates"]!.AsArray().Select(d => (Utc(d!["start"]!), Utc(d["end"]!))));
            Assert.Equal(
                (state.Length == 0 ? "scheduled" : state.ToLowerInvariant(), notice),
                (api[e.Id]["status"]!.GetValue<string>(), api[e.Id]["notice"]?.GetValue<string>() ?? "")
            );

            var entry = feed[e.Id];
            Assert.Equal(expected, Words(entry.Element(Atom + "summary")!.Value));
            Assert.True(
                entry.Element(Atom + "title")!.Value.StartsWith(state, StringComparison.Ordinal)
                    && entry.Element(Atom + "summary")!.Value.Contains(notice, StringComparison.Ordinal)
            );

            var page = await new HtmlParser().ParseDocumentAsync(await Get("/events/" + e.Slug), TestContext.Current.CancellationToken);
            // What is cancelled says only how it had repeated: dates invite.
            var shown = e.CancelledAt is not null && e.Live.Schedule.Repeats ? [] : expected.Take(ShownOnPage).ToList();
            Assert.Equal(shown, Words(string.Join('\n', page.QuerySelectorAll(".when-list time").Select(t => t.TextContent))));
            Assert.Equal(
                shown.Select(t => t.StartUtc),
                page.QuerySelectorAll(".when-list time").Select(t => Utc(t.GetAttribute("datetime")!))
            );
            Assert.Contains(notice, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            var json = JsonNode.Parse(
                page.QuerySelectorAll("script[type='application/ld+json']")
                    .Select(s => s.TextContent)
                    .Single(s => s.Contains("eventStatus", StringComparison.Ordinal))
            )!;
            Assert.Equal(
                expected,
                json["subEvent"] is JsonArray many
                    ? many.Select(n => (Utc(n!["startDate"]!), Utc(n["endDate"]!)))
                    : [(Utc(json["startDate"]!), Utc(json["endDate"]!))]
            );
            Assert.Equal(
                ("https://schema.org/Event" + (state.Length == 0 ? "Scheduled" : state), true),
                (
                    json["eventStatus"]!.GetValue<string>(),
                    json["description"]!.GetValue<string>().Contains(notice, StringComparison.Ordinal)
                )
            );
        }
        return calendar;
    }

    /// <summary>python3-vobject of Debian; <c>tests/run</c> installs it, and under CI fails without it.</summary>
    const string Reader = """
        import sys, datetime, vobject
        for path in sys.argv[1:]:
            calendar = vobject.readOne(open(path, encoding='utf-8', newline='').read())
            for event in calendar.vevent_list:
                starts, ends = event.dtstart.value, event.dtend.value
                every = list(event.getrruleset()) if hasattr(event, 'rrule') else [starts]
                for one in every:
                    last = one + (ends - starts) if len(every) > 1 else ends
                    print(event.uid.value[:32], *(t.astimezone(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%S') for t in (one, last)))
        """;

    void SecondReader(List<string> files, Dictionary<string, List<(DateTime, DateTime)>> expected)
    {
        var python = Environment.GetEnvironmentVariable("VOBJECT");
        Assert.SkipWhen(
            string.IsNullOrEmpty(python),
            "There is no second reader of calendars here: VOBJECT names a Python that has vobject, and tests/run sets it."
        );
        var paths = files.Index().Select(f => Path.Combine(site.DataPath, $"{f.Index}.ics")).ToList();
        foreach (var (path, file) in paths.Zip(files))
            File.WriteAllText(path, file);
        var start = new ProcessStartInfo(python, ["-c", Reader, .. paths]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        static DateTime Moment(string text) =>
            DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        var read = said.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' '))
            .ToLookup(l => l[0], l => (Moment(l[1]), Moment(l[2])), StringComparer.Ordinal);
        foreach (var (id, times) in expected)
            Assert.Equal(times, read[id].Order());
        TestContext.Current.SendDiagnosticMessage($"vobject read {read.Count} events and {read.Sum(r => r.Count())} dates");
    }
}
