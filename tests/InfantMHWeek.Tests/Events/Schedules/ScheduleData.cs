using System.Globalization;
using System.Text.Json.Nodes;

namespace InfantMHWeek.Tests.Events.Schedules;

/// <summary>A schedule of schema.org read as its definition says, day by day.</summary>
static class ScheduleData
{
    public static IEnumerable<(DateTime Starts, DateTime Ends)> Expand(JsonNode schedule, DateOnly from, DateOnly to)
    {
        string? Text(string name) => schedule[name]?.GetValue<string>();
        var every = Text("repeatFrequency")!;
        var (number, weekly) = (int.Parse(every[1..^1], CultureInfo.InvariantCulture), every[^1] == 'W');
        var first = RealSchedule.Day(Text("startDate")!);
        var last = Text("endDate") is { } end && RealSchedule.Day(end) < to ? RealSchedule.Day(end) : to;
        var days = (schedule["byDay"] as JsonArray ?? []).Select(d => d!.GetValue<string>().Split('/')[^1]).ToList();
        var except = (schedule["exceptDate"] as JsonArray ?? []).Select(d => SpokenDates.Utc(d!)).ToHashSet();
        var starts = Time("startTime");
        var length =
            Text("duration") is { } lasts ? System.Xml.XmlConvert.ToTimeSpan(lasts)
            : Time("endTime") > starts ? Time("endTime") - starts
            : Time("endTime") - starts + TimeSpan.FromDays(Time("endTime") == starts ? 1 : 0);
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (day < from.AddDays(-14) || !(weekly ? InWeek(day) : InMonth(day)))
                continue;
            var begins = UkClock.Moments(day.ToDateTime(starts)).First();
            if (!except.Contains(begins))
                yield return (begins, UkClock.Moments(day.ToDateTime(starts) + length).First(m => m > begins));
        }

        TimeOnly Time(string name) => TimeOnly.ParseExact(Text(name)!, "HH:mm:ss", CultureInfo.InvariantCulture);

        bool InWeek(DateOnly day)
        {
            var mondays = new[] { day, first }.Select(d => d.AddDays(-(((int)d.DayOfWeek + 6) % 7)).DayNumber).ToArray();
            return (mondays[0] - mondays[1]) / 7 % number == 0 && days.Contains(day.DayOfWeek.ToString(), StringComparer.Ordinal);
        }

        bool InMonth(DateOnly day)
        {
            if (((day.Year - first.Year) * 12 + day.Month - first.Month) % number != 0)
                return false;
            if (schedule["byMonthDay"] is { } monthDay)
                return day.Day == monthDay.GetValue<int>();
            var name = day.DayOfWeek.ToString()[..2].ToUpperInvariant();
            return days.Contains($"{(day.Day + 6) / 7}{name}", StringComparer.Ordinal)
                || days.Contains("-1" + name, StringComparer.Ordinal) && day.AddDays(7).Month != day.Month;
        }
    }
}
