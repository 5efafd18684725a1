using InfantMHWeek.Platform.Tables;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events.Importing;

/// <summary>One event as a file says it, before it is known where its postcode is.</summary>
/// <param name="Where">How somebody finds it in the file.</param>
/// <param name="Id">The same for the same event next time.</param>
/// <param name="Cancelled">Its source says that it does not take place.</param>
sealed record FileEvent(string Where, string Id, EventDetails Details, bool Cancelled = false);

/// <summary>What a file leaves open, and the person who brings it in is asked.</summary>
[Flags]
enum FileQuestions
{
    None = 0,

    /// <summary>Dates such as 08/06/2027.</summary>
    DayOrMonth = 1,

    /// <summary>Events of whole days.</summary>
    Hours = 2,

    /// <summary>Events that only begin.</summary>
    Length = 4,
}

enum DayOrder
{
    NotSaid,
    DayFirst,
    MonthFirst,
}

/// <summary>What the person who brings a file in says of it.</summary>
/// <param name="Starts">When that begins which the file gives no hour of; with <paramref name="Ends"/>.</param>
/// <param name="Minutes">How long that takes of which the file does not say it.</param>
/// <param name="Columns">What each column of a table is; guessed by their names when null.</param>
sealed record FileAnswers(
    DayOrder Order = DayOrder.NotSaid,
    TimeOnly? Starts = null,
    TimeOnly? Ends = null,
    int? Minutes = null,
    IReadOnlyList<string?>? Columns = null
);

/// <summary>What a file holds: its events, and in words what of it could not be used.</summary>
sealed record FileEvents(IReadOnlyList<FileEvent> Events, IReadOnlyList<string> Problems)
{
    public FileQuestions Questions { get; init; }

    /// <summary>The ids of all that is in it, also of what cannot be used: it is there.</summary>
    public IReadOnlySet<string> Ids { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>There may be more than is in it: nothing is concluded from what is missing.</summary>
    public bool Part { get; init; }

    /// <summary>Of a table; null for a calendar.</summary>
    public TableColumns? Columns { get; init; }
}

/// <summary>
/// A partner's list of events, as a table or as an iCalendar file. Whatever is in it, reading it takes a moment and little memory: bytes,
/// lines and events have their limits, nothing is fetched, and no repetition is followed without end.
/// </summary>
static class EventFile
{
    public const int MostBytes = 8 * 1024 * 1024,
        MostEvents = 1000,
        MaxId = 200;

    public static FileEvents Read(ReadOnlyMemory<byte> bytes, FileAnswers answers, DateTime nowUtc)
    {
        if (bytes.Length == 0)
            return Refuse("This file is empty.");
        if (bytes.Length > MostBytes)
            return Refuse($"This file has more than {MostBytes / 1024 / 1024} MB. Please split it.");
        if (!TableFile.IsSpreadsheet(bytes.Span) && TextDecoder.Read(bytes.Span) is (var text, null) && IsCalendar(text))
            return CalendarEvents.Read(text, answers, nowUtc);
        var columns = TableColumns.Of(TableFile.Read(bytes), TableEvents.Columns, answers.Columns);
        return TableEvents.Read(columns, answers, UkDay(nowUtc));
    }

    static DateOnly UkDay(DateTime nowUtc) => Platform.Time.UkTime.DayOf(nowUtc);

    static bool IsCalendar(string text) => text.AsSpan().TrimStart().StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase);

    internal static FileEvents Refuse(string words) => new([], [words]);

    /// <summary>Text that fits, cut where it does not; staff see it before anybody else.</summary>
    internal static string Fit(string? text, int most, bool oneLine = true)
    {
        var clean = UserText.Clean(text);
        if (oneLine)
            clean = string.Join(' ', clean.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return clean.Length <= most ? clean : clean[..(char.IsHighSurrogate(clean[most - 2]) ? most - 2 : most - 1)] + "…";
    }

    internal static string Short(string text) =>
        text.Length == 0 ? "An event without a name" : $"“{(text.Length > 60 ? text[..60] + "…" : text)}”";

    /// <summary>What names an event for good, short enough to be kept.</summary>
    internal static string IdOf(string text)
    {
        var clean = UserText.Clean(text).Replace('\n', ' ');
        return clean.Length <= MaxId
            ? clean
            : "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(clean)));
    }
}
