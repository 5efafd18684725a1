using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ical.Net.DataTypes;
using InfantMHWeek.Events;
using InfantMHWeek.Platform;
using Microsoft.Extensions.DependencyInjection;
using Calendar = Ical.Net.Calendar;

namespace InfantMHWeek.Tests.Events;

/// <summary>What calendars read, by another program's eyes: Ical.Net.</summary>
public sealed class CalendarFileTests(RealSite site)
{
    SiteAddress Address => site.Services.GetRequiredService<SiteAddress>();

    static PublicEvent Public(EventDetails details) => new(Guid.NewGuid(), "an-event", details, null, null, TestSite.Start.UtcDateTime, TestSite.Start.UtcDateTime, 1, Sample: false);

    /// <summary>Round both clock changes, New Year, a leap day, midnight; an hour, a night, several days; once, several, weekly.</summary>
    static IEnumerable<EventDetails> Difficult(int count)
    {
        var random = new Random(7);
        DateOnly[] days = [new(2027, 3, 28), new(2027, 10, 31), new(2026, 12, 31), new(2028, 2, 29), new(2027, 6, 15)];
        var basis = new GeneratedEvents(3).Details();
        while (count > 0)
        {
            var day = days[random.Next(days.Length)].AddDays(random.Next(-2, 3));
            var start = day.ToDateTime(new(random.Next(24), random.Next(4) * 15));
            var end = start.AddMinutes(random.Next(1, 8) * 15 + (random.Next(5) == 0 ? 1440 * random.Next(1, 5) : 0));
            var time = new EventTime(day, TimeOnly.FromDateTime(start), DateOnly.FromDateTime(end), TimeOnly.FromDateTime(end), random.Next(2) == 0 && UkTime.Zone.IsAmbiguousTime(start));
            var schedule = random.Next(3) switch { 0 => new(Repeat.Weekly, [time], day.AddDays(7 * random.Next(1, 9))), 1 => new(Repeat.Several, [time, time.DaysLater(5), time.DaysLater(11)]), _ => Schedule.Once(time) };
            if (schedule.Problems().Any()) continue;
            count--;
            yield return basis with { Schedule = schedule };
        }
    }

    [Fact]
    public void Two_thousand_difficult_events_are_at_the_same_minute_in_calendar_and_search_data()
    {
        foreach (var details in Difficult(2000))
        {
            var e = Public(details);
            var expected = details.Schedule.All().Select(t => (t.StartUtc, t.EndUtc)).ToList();
            var calendar = Calendar.Load(CalendarFile.Write([e], "Events", Address))!;
            var read = calendar.Events.SelectMany(v => v.GetOccurrences(new CalDateTime(2020, 1, 1)).Take(80)).Select(o => (o.Period.StartTime.AsUtc, o.Period.EffectiveEndTime!.AsUtc)).OrderBy(o => o.Item1).ToList();
            Assert.Equal(expected, read);

            var json = JsonNode.Parse(EventJsonLd.Of(e, Address))!;
            var said = json["subEvent"] is JsonArray many ? many.Select(n => (Utc(n!["startDate"]!), Utc(n["endDate"]!))).ToList() : [(Utc(json["startDate"]!), Utc(json["endDate"]!))];
            Assert.Equal(expected, said);
        }
    }

    static DateTime Utc(JsonNode text) => DateTimeOffset.Parse(text.GetValue<string>(), CultureInfo.InvariantCulture).UtcDateTime;

    [Fact]
    public void Ten_thousand_hostile_texts_add_no_property_and_break_no_line()
    {
        var random = new Random(11);
        string[] pieces = ["\r\n", "\r", "\n", "\u2028", "\u2029", "\u0085", "BEGIN:VEVENT", "END:VEVENT", "ATTENDEE:mailto:x@example.org", ";", ",", "\\", "\\n", ":", "\"", "\0", "\t", "é", "👶🏽", "\uD83D", "日本", " ", new string('a', 80)];
        for (var i = 0; i < 10_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var plain = Public(new GeneratedEvents(5).Details() with { Schedule = Schedule.Once(new(new(2027, 6, 1), new(10, 0), new(2027, 6, 1), new(11, 0))) });
            var hostile = plain with { Live = plain.Live with { Title = text, Summary = text, Venue = text } };
            var file = CalendarFile.Write([hostile], text, Address);
            Assert.All(file.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75));
            Assert.DoesNotContain('\n', file.Replace("\r\n", "", StringComparison.Ordinal));
            Assert.Equal(Names(CalendarFile.Write([plain], "Events", Address)), Names(file));
        }
    }

    static string Names(string file) => string.Join(' ', file.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n").Select(l => l.Split(':', ';')[0]));
}
