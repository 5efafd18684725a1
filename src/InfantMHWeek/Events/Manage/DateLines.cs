using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Manage;

/// <summary>
/// Further dates as organisers type them, one a line: <c>15 June 2027</c> at the same times as the first, or
/// <c>15 June 2027, 14:00 to 15:30</c>.
/// </summary>
static class DateLines
{
    public static string Write(IEnumerable<EventTime> times) =>
        string.Join('\n', times.Select(t => $"{t.Day.InWords()}, {TimeInput.InWords(t.Starts)} to {TimeInput.InWords(t.Ends)}"));

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
        // A weekday may be followed by a comma too.
        var comma = line.LastIndexOf(',');
        var hours = comma < 0 ? [] : line[(comma + 1)..].Split([" to ", "-", "–"], 2, StringSplitOptions.TrimEntries);
        var (starts, ends) = (first.Starts, first.Ends);
        var hasHours = hours.Length == 2 && TimeInput.TryRead(hours[0], out starts) && TimeInput.TryRead(hours[1], out ends);
        if (!hasHours)
            (starts, ends) = (first.Starts, first.Ends);
        return DateParser.Read(hasHours ? line[..comma] : line, first.Day) is { } day
            ? new(day, starts, ends > starts ? day : day.AddDays(1), ends)
            : null;
    }
}
