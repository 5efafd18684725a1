using System.Globalization;
using System.Text;
using InfantMHWeek.Events.Importing;

namespace InfantMHWeek.Tests.Events.Importing;

/// <summary>A file in the manner of a partner's program, and the truth of what is in it.</summary>
/// <param name="Dates">Every date within a year, as <c>Baby songs 2026-12-03 10:00-11:30</c>.</param>
/// <param name="LeftOut">A part of each sentence about what could not be used; there are no others.</param>
sealed record PartnerFile(string Name, byte[] Bytes, string[] Dates, string[] LeftOut, FileAnswers? Answers = null)
{
    public static readonly DateTime Now = new(2026, 11, 30, 5, 0, 0, DateTimeKind.Utc);
    public static readonly DateOnly Horizon = new(2027, 11, 29);

    public override string ToString() => Name;

    /// <summary>What the program makes of it.</summary>
    public (string[] Dates, IReadOnlyList<string> Problems) Read()
    {
        var read = EventFile.Read(Bytes, Answers ?? new(), Now);
        return (
            [
                .. read
                    .Events.SelectMany(e =>
                        e.Details.Schedule.All(Horizon)
                            .Where(t => t.EndUtc > Now)
                            .Select(t =>
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"{(e.Cancelled ? "(cancelled) " : "")}{e.Details.Title} {t.Day:yyyy-MM-dd} {t.Starts:HH:mm}-"
                                        + $"{(t.LastDay == t.Day ? "" : $"{t.LastDay:yyyy-MM-dd} ")}{t.Ends:HH:mm}"
                                )
                            )
                    )
                    .Order(StringComparer.Ordinal),
            ],
            read.Problems
        );
    }

    public static PartnerFile Calendar(string name, string head, string events, string[] dates, params string[] leftOut) =>
        new(
            name,
            Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\nVERSION:2.0\n{head}\n{events.Trim()}\nEND:VCALENDAR\n".ReplaceLineEndings("\r\n")),
            dates,
            leftOut
        );

    public static PartnerFile Table(string name, string text, string[] dates, params string[] leftOut) =>
        new(name, Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), dates, leftOut);

    /// <summary>The same hours on every so manieth day of a span but some.</summary>
    public static string[] Every(int days, string title, string hours, string from, string to, params string[] except)
    {
        static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var all = new List<string>();
        for (var day = Day(from); day <= Day(to); day = day.AddDays(days))
            if (!except.Contains(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparer.Ordinal))
                all.Add(string.Create(CultureInfo.InvariantCulture, $"{title} {day:yyyy-MM-dd} {hours}"));
        return [.. all];
    }

    /// <summary>The same hours on days that are written out.</summary>
    public static string[] On(string title, string hours, params string[] days) => [.. days.Select(d => $"{title} {d} {hours}")];
}
