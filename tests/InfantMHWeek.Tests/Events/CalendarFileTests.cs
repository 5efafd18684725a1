using System.Text;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Publishing;
using InfantMHWeek.Platform.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Events;

/// <summary>Calendar files under attack. That they tell the right minute is in <see cref="SameTruthTests"/>.</summary>
[OneStore("the text of a calendar")]
public sealed class CalendarFileTests(RealSite site)
{
    SiteAddress Address => site.Services.GetRequiredService<SiteAddress>();

    static PublicEvent Public(EventDetails details) =>
        new(Guid.NewGuid(), "an-event", details, null, null, TestSite.Start.UtcDateTime, TestSite.Start.UtcDateTime, 1, Sample: false);

    [Fact]
    public void Ten_thousand_hostile_texts_add_no_property_and_break_no_line()
    {
        var random = new Random(11);
        string[] pieces =
        [
            "\r\n",
            "\r",
            "\n",
            "\u2028",
            "\u2029",
            "\u0085",
            "BEGIN:VEVENT",
            "END:VEVENT",
            "ATTENDEE:mailto:x@example.org",
            ";",
            ",",
            "\\",
            "\\n",
            ":",
            "\"",
            "\0",
            "\t",
            "é",
            "👶🏽",
            "\uD83D",
            "日本",
            " ",
            new string('a', 80),
        ];
        for (var i = 0; i < 10_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var plain = Public(
                new GeneratedEvents(5).Details() with
                {
                    Schedule = Schedule.Once(new(new(2027, 6, 1), new(10, 0), new(2027, 6, 1), new(11, 0))),
                }
            );
            var hostile = plain with { Live = plain.Live with { Title = text, Summary = text, Venue = text } };
            var file = CalendarFile.Write([CalendarFile.Text(hostile, Address)], text);
            Assert.All(file.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75));
            Assert.DoesNotContain('\n', file.Replace("\r\n", "", StringComparison.Ordinal));
            Assert.Equal(Names(CalendarFile.Write(plain, Address)), Names(file));
        }
    }

    static string Names(string file) =>
        string.Join(' ', file.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n").Select(l => l.Split(':', ';')[0]));
}
