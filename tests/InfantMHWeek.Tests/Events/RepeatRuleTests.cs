using System.Globalization;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Manage.When;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Tests.Events;

/// <summary>Rules against a calendar that is walked day by day, and against another program's reading of their text.</summary>
public sealed class RepeatRuleTests
{
    static readonly int Rules = int.Parse(Environment.GetEnvironmentVariable("EVENT_RULES") ?? "200", CultureInfo.InvariantCulture);

    static RepeatRule Any(Random random, DateOnly first)
    {
        var interval = random.Next(3) == 0 ? random.Next(2, RepeatRule.MostInterval + 1) : 1;
        var days = Enumerable.Range(0, 7).Select(n => (DayOfWeek)n).Where(_ => random.Next(4) == 0).Append(first.DayOfWeek).Distinct();
        if (random.Next(2) == 0)
            return RepeatRule.Weekly(interval, days);
        if (random.Next(3) == 0)
            return new(Monthly: true, interval, [], random.Next(5) == 0 ? -1 : first.Day);
        int[] numbers = [1, 2, 3, 4, 5, -1];
        return new(Monthly: true, interval, [.. days.Select(d => (numbers[random.Next(6)], d)).Distinct()]);
    }

    /// <summary>Whether a rule has a day, said of the day alone.</summary>
    internal static bool Falls(RepeatRule rule, DateOnly first, DateOnly day)
    {
        var monday = first.AddDays(-(((int)first.DayOfWeek + 6) % 7));
        if (!rule.Monthly)
            return (day.DayNumber - monday.DayNumber) / 7 % rule.Interval == 0 && rule.Days.Any(d => d.Day == day.DayOfWeek);
        if (((day.Year - first.Year) * 12 + day.Month - first.Month) % rule.Interval != 0)
            return false;
        if (rule.MonthDay != 0)
            return rule.MonthDay == day.Day || (rule.MonthDay < 0 && day.AddDays(1).Month != day.Month);
        return rule.Days.Any(d =>
            d.Day == day.DayOfWeek
            && (
                d.Number < 0
                    ? day.AddDays(7).Month != day.Month
                    : day.AddDays(-7 * d.Number).Month != day.Month && day.AddDays(-7 * (d.Number - 1)).Month == day.Month
            )
        );
    }

    [Fact]
    public void Random_rules_have_the_days_that_a_calendar_walked_day_by_day_has()
    {
        var random = new Random(1976);
        var dates = 0;
        for (var round = 0; round < Rules; round++)
        {
            var first = new DateOnly(2026, 1, 1).AddDays(random.Next(800));
            var rule = Any(random, first);
            var from = first.AddDays(random.Next(-40, 900));
            var to = from.AddDays(random.Next(1100));
            var expected = Enumerable
                .Range(0, to.DayNumber - from.DayNumber + 1)
                .Select(from.AddDays)
                .Where(d => d >= first && Falls(rule, first, d))
                .ToList();
            var text = rule.ToString();
            Assert.True(expected.SequenceEqual(rule.Between(first, from, to)), $"{text} from {first}");
            Assert.True(expected.SequenceEqual(RepeatRule.Parse(text)!.Between(first, from, to)), text);
            dates += expected.Count;

            // What another program makes of the text; its first date counts even where the rule does not have it.
            if (!Falls(rule, first, first))
                continue;
            var entry = new CalendarEvent { DtStart = new(first), RecurrenceRule = new RecurrenceRule(text) };
            var read = entry
                .GetOccurrences(new CalDateTime(from < first ? first : from))
                .Select(o => o.Period.StartTime.Date)
                .TakeWhile(d => d <= to);
            Assert.True(expected.SequenceEqual(read), $"{text} from {first}, read from {from}");
        }
        Assert.True(dates > 10 * Rules, $"Only {dates} dates, which proves little.");
    }

    [Fact]
    public void Random_hours_by_weekday_are_those_of_a_calendar_walked_day_by_day()
    {
        var (random, several) = (new Random(1907), 0);
        for (var round = 0; round < Rules; round++)
        {
            var first = new DateOnly(2026, 1, 1).AddDays(random.Next(800));
            var rule = Any(random, first);
            if (rule.MonthDay != 0 || !Falls(rule, first, first))
                continue;
            var hours = rule
                .Days.Select(d => d.Day)
                .Distinct()
                .Where(d => d != first.DayOfWeek && random.Next(3) > 0)
                .Select(d => (Day: d, At: random.Next(28, 80) * 15, Minutes: random.Next(2, 12) * 15))
                .Select(h => new DayHours(h.Day, TimeOnly.MinValue.AddMinutes(h.At), TimeOnly.MinValue.AddMinutes(h.At + h.Minutes)))
                .ToList();
            var schedule = new Schedule(Repeat.Rule, [new(first, new(10, 0), first, new(11, 30))])
            {
                Rule = rule.ToString(),
                Hours = hours.Count == 0 ? null : hours,
            };
            var to = first.AddDays(random.Next(1, 1100));
            var expected = Enumerable
                .Range(0, to.DayNumber - first.DayNumber + 1)
                .Select(first.AddDays)
                .Where(d => Falls(rule, first, d))
                .Select(d =>
                    hours.Find(h => h.Day == d.DayOfWeek) is { } own
                        ? (d.ToDateTime(own.Starts), d.ToDateTime(own.Ends))
                        : (d.ToDateTime(new(10, 0)), d.ToDateTime(new(11, 30)))
                )
                .ToList();
            Assert.Empty(schedule.Problems());
            Assert.Equal(expected, schedule.Planned(to).Select(t => (t.StartsLocal, t.EndsLocal)));
            // Another program reads the parts by their texts, and together they are the same.
            var parts = schedule.ByHours(to);
            var read = parts.SelectMany(part =>
                new CalendarEvent
                {
                    DtStart = new(part.First.StartsLocal),
                    DtEnd = new(part.First.EndsLocal),
                    RecurrenceRule = new RecurrenceRule(part.Rule.ToString()),
                }
                    .GetOccurrences(new CalDateTime(first))
                    .Select(o => (o.Period.StartTime.Value, o.Period.EffectiveEndTime!.Value))
                    .TakeWhile(o => DateOnly.FromDateTime(o.Item1) <= to)
            );
            Assert.Equal(expected, read.Order());
            // Each date's number is its own.
            var numbers = schedule.ByDay(to).Select(d => d.Number).ToList();
            Assert.Equal(numbers.Count, numbers.Distinct().Count());
            several += parts.Count > 1 ? 1 : 0;
        }
        Assert.True(several > Rules / 10, $"Only {several} had several hours, which proves little.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("FREQ=DAILY")]
    [InlineData("FREQ=WEEKLY")]
    [InlineData("FREQ=WEEKLY;BYDAY=1TU")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX")]
    [InlineData("FREQ=WEEKLY;INTERVAL=0;BYDAY=TU")]
    [InlineData("FREQ=MONTHLY;BYDAY=TU")]
    [InlineData("FREQ=MONTHLY;BYDAY=6TU")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=32")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=3;BYDAY=1TU")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;BYHOUR=3")]
    public void Rules_that_are_none_of_ours_are_none(string text) => Assert.Null(RepeatRule.Parse(text));

    /// <summary>As the governments of the nations published them.</summary>
    [Theory]
    [InlineData(HolidayNation.England, 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28")]
    [InlineData(HolidayNation.Wales, 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28")]
    [InlineData(HolidayNation.Scotland, 2027, "01-01 01-02 01-04 03-26 05-03 05-31 08-02 11-30 12-25 12-26 12-27 12-28")]
    [InlineData(HolidayNation.NorthernIreland, 2027, "01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-25 12-26 12-27 12-28")]
    [InlineData(HolidayNation.England, 2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26")]
    public void Bank_holidays_are_those_of_the_nation(HolidayNation nation, int year, string days) =>
        Assert.Equal(
            days,
            string.Join(' ', BankHolidays.Of(year, nation).Select(h => h.Day.ToString("MM-dd", CultureInfo.InvariantCulture)))
        );

    [Theory]
    [InlineData("26 October 2026 to 30 October 2026, half-term", "2026-10-26 2026-10-30 half-term")]
    [InlineData("26 to 30 October 2026: half-term, no group", "2026-10-26 2026-10-30 half-term, no group")]
    [InlineData("from Monday 21 December to Friday 1 January 2027", "2026-12-21 2027-01-01 ")]
    [InlineData("4 May 2027, bank holiday", "2027-05-04 2027-05-04 bank holiday")]
    [InlineData("24/12/2026 - 1/1/2027, Christmas", "2026-12-24 2027-01-01 Christmas")]
    [InlineData("29 Dec – 2 Jan 2027", "2026-12-29 2027-01-02 ")]
    [InlineData("31 February 2027", null)]
    [InlineData("5 May 2027 to 1 May 2027", null)]
    [InlineData("half-term", null)]
    public void Breaks_are_read_as_people_write_them(string typed, string? read)
    {
        var gap = BreakLines.Read(typed, new(2026, 9, 1));
        Assert.Equal(
            read,
            gap is null ? null : string.Create(CultureInfo.InvariantCulture, $"{gap.From:yyyy-MM-dd} {gap.To:yyyy-MM-dd} {gap.Reason}")
        );
    }
}
