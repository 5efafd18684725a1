using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Manage.When;

/// <summary>
/// Further dates as organisers type them, one a line: <c>15 June 2027</c> at the same times as the first, or
/// <c>15 June 2027, 14:00 to 15:30</c> or <c>15 June 2027, 18:00 to 17 June 2027, 14:00</c>.
/// </summary>
static class DateLines
{
    public static string Write(IEnumerable<EventTime> times) => string.Join('\n', times.Select(WithHours));

    static string WithHours(EventTime time) =>
        $"{time.Day.InWords()}, {TimeInput.InWords(time.Starts)} to "
        + (time.LastDay == EndDay(time.Day, time.Starts, time.Ends) ? "" : time.LastDay.InWords() + ", ")
        + TimeInput.InWords(time.Ends);

    /// <summary>As long as the first one, over several days too.</summary>
    static EventTime SameTimes(EventTime first, DateOnly day) => first.DaysLater(day.DayNumber - first.Day.DayNumber);

    static DateOnly EndDay(DateOnly day, TimeOnly starts, TimeOnly ends) => ends > starts ? day : day.AddDays(1);

    /// <returns>The dates up to the first line that cannot be read, and that line.</returns>
    public static (IReadOnlyList<EventTime> Times, string? Unread) Read(string text, EventTime first)
    {
        var times = new List<EventTime>();
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var line in lines.Take(Schedule.MostTimes + 1))
        {
            if (ReadLine(line, first) is not { } time)
                return (times, line);
            times.Add(time);
        }
        return (times, null);
    }

    static EventTime? ReadLine(string line, EventTime first)
    {
        if (ReadDays(line, first) is { } several)
            return several;
        // A weekday may be followed by a comma too.
        var comma = line.LastIndexOf(',');
        var hours = comma < 0 ? [] : line[(comma + 1)..].Split([" to ", "-", "–"], 2, StringSplitOptions.TrimEntries);
        if (hours.Length == 2 && TimeInput.TryRead(hours[0], out var starts) && TimeInput.TryRead(hours[1], out var ends))
            return DateParser.Read(line[..comma], first.Day) is { } day ? new(day, starts, EndDay(day, starts, ends), ends) : null;
        return DateParser.Read(line, first.Day) is { } other ? SameTimes(first, other) : null;
    }

    /// <summary><c>18 June 2027, 18:00 to 20 June 2027, 14:00</c>.</summary>
    static EventTime? ReadDays(string line, EventTime first)
    {
        if (line.Split(" to ", 2) is not [var from, var to] || Moment(from) is not var (day, starts) || Moment(to) is not var (last, ends))
            return null;
        return new(day, starts, last, ends);

        (DateOnly, TimeOnly)? Moment(string text) =>
            text.LastIndexOf(',') is > 0 and var comma
            && TimeInput.TryRead(text[(comma + 1)..].Trim(), out var time)
            && DateParser.Read(text[..comma], first.Day) is { } read
                ? (read, time)
                : null;
    }
}
