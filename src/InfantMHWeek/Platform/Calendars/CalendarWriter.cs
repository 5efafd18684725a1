using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace InfantMHWeek.Platform.Calendars;

/// <summary>Whether what a calendar announces takes place.</summary>
enum CalendarStatus
{
    Confirmed,
    Tentative,
    Cancelled,
}

/// <summary>One entry of a calendar. Its two moments are UTC or, where their kind is unspecified, by the wall clock of London.</summary>
/// <param name="Uid">The same for as long as it is the same event, so that a diary moves it and does not show it twice.</param>
/// <param name="StampUtc">When the entry was written or last changed.</param>
/// <param name="Sequence">Grows with each change.</param>
sealed record CalendarEntry(string Uid, DateTime StampUtc, int Sequence, DateTime Starts, DateTime Ends, string Summary)
{
    public CalendarStatus Status { get; init; }

    /// <summary>It takes whole days: the hours of the two moments do not count, and it ends before the day of the second.</summary>
    public bool WholeDays { get; init; }
    public DateTime? ChangedUtc { get; init; }

    /// <summary>How many times it takes place, a week apart.</summary>
    public int Weeks { get; init; } = 1;

    /// <summary>An RRULE, for what repeats otherwise.</summary>
    public string? Rule { get; init; }

    /// <summary>
    /// Beginnings by the wall clock of London that the rule has and that do not take place, and those that come in addition.
    /// </summary>
    public IReadOnlyList<DateTime> Except { get; init; } = [];
    public IReadOnlyList<DateTime> Also { get; init; } = [];

    /// <summary>It stands for the date of the same event that would have begun then.</summary>
    public DateTime? InsteadOf { get; init; }
    public string? Description { get; init; }
    public string? Location { get; init; }
    public string? Link { get; init; }
    public (double Latitude, double Longitude)? Point { get; init; }
}

/// <summary>Entries as they stand in a file: written once, they can be put into many.</summary>
/// <param name="ByLondon">A time in them goes by the wall clock of London, whose rules the file has to hold.</param>
readonly record struct CalendarText(string Text, bool ByLondon);

/// <summary>Writes iCalendar files (RFC 5545), with the rules of London's clocks where an entry goes by them.</summary>
static class CalendarWriter
{
    const string London = "Europe/London",
        Site = "-//Infant Mental Health Awareness Week",
        End = "END:VCALENDAR\r\n";

    /// <summary>Made at the first calendar and then shared: it reads the history of all time zones.</summary>
    static readonly Lazy<VTimeZone> LondonClocks = new(() =>
        VTimeZone.FromDateTimeZone(London, new DateTime(1996, 1, 1), includeHistoricalData: false)
    );

    /// <inheritdoc cref="Write(string, string, IReadOnlyCollection{CalendarText}, TimeSpan?, string)"/>
    public static string Write(
        string product,
        string name,
        IReadOnlyCollection<CalendarEntry> entries,
        TimeSpan? refreshEvery = null,
        string covers = ""
    ) => Write(product, name, [WriteEntries(entries)], refreshEvery, covers);

    /// <param name="product">Which part of the site wrote it.</param>
    /// <param name="name">What a diary calls the calendar.</param>
    /// <param name="entries">In this order.</param>
    /// <param name="refreshEvery">How often a diary that subscribes to it should ask again; null for a file that is taken once.</param>
    /// <param name="covers">What is in it and what is not, in words.</param>
    public static string Write(
        string product,
        string name,
        IReadOnlyCollection<CalendarText> entries,
        TimeSpan? refreshEvery = null,
        string covers = ""
    )
    {
        var calendar = new Calendar
        {
            ProductId = $"{Site}//{product}//EN",
            Scale = "GREGORIAN",
            Method = "PUBLISH",
        };
        calendar.AddProperty("X-WR-CALNAME", Clean(name) ?? "");
        if (covers.Length > 0)
            calendar.AddProperty("X-WR-CALDESC", Clean(covers) ?? "");
        if (refreshEvery is { } pause)
        {
            var refresh = new CalendarProperty("REFRESH-INTERVAL", System.Xml.XmlConvert.ToString(pause));
            refresh.AddParameter("VALUE", "DURATION");
            calendar.Properties.Add(refresh);
            calendar.AddProperty("X-PUBLISHED-TTL", System.Xml.XmlConvert.ToString(pause));
        }
        // A calendar must hold something, if only its clock.
        if (entries.All(e => e.Text.Length == 0) || entries.Any(e => e.ByLondon))
            calendar.TimeZones.Add(LondonClocks.Value);
        var frame = new CalendarSerializer().SerializeToString(calendar)!;
        return string.Concat([frame[..frame.LastIndexOf(End, StringComparison.Ordinal)], .. entries.Select(e => e.Text), End]);
    }

    /// <summary>Entries alone, for files that are put together.</summary>
    public static CalendarText WriteEntries(IReadOnlyCollection<CalendarEntry> entries)
    {
        var writer = new EventSerializer();
        return new(
            string.Concat(entries.Select(e => writer.SerializeToString(Event(e)))),
            entries.Any(e => e.Starts.Kind != DateTimeKind.Utc && !e.WholeDays)
        );
    }

    static CalendarEvent Event(CalendarEntry entry)
    {
        var written = new CalendarEvent
        {
            Uid = entry.Uid,
            DtStamp = Utc(entry.StampUtc),
            LastModified = entry.ChangedUtc is { } changed ? Utc(changed) : null,
            Sequence = entry.Sequence,
            DtStart = entry.WholeDays ? new(DateOnly.FromDateTime(entry.Starts)) : Moment(entry.Starts),
            DtEnd = entry.WholeDays ? new(DateOnly.FromDateTime(entry.Ends)) : Moment(entry.Ends),
            Summary = Clean(entry.Summary),
            Description = Clean(entry.Description),
            Location = Clean(entry.Location),
            Url = entry.Link is { } link ? new Uri(link) : null,
            GeographicLocation = entry.Point is var (latitude, longitude) ? new GeographicLocation(latitude, longitude) : null,
            Status = entry.Status.ToString().ToUpperInvariant(),
        };
        if (entry.Weeks > 1)
            written.RecurrenceRule = new RecurrenceRule(FrequencyType.Weekly, 1) { Count = entry.Weeks };
        if (entry.Rule is { } rule)
            written.RecurrenceRule = new RecurrenceRule(rule);
        foreach (var start in entry.Except)
            written.ExceptionDates.Add(Moment(start));
        foreach (var start in entry.Also)
            written.RecurrenceDates.Add(Moment(start));
        if (entry.InsteadOf is { } instead)
            written.RecurrenceIdentifier = new RecurrenceIdentifier(Moment(instead));
        return written;
    }

    static CalDateTime Utc(DateTime moment) => new(DateTime.SpecifyKind(moment, DateTimeKind.Utc));

    static CalDateTime Moment(DateTime moment) => moment.Kind == DateTimeKind.Utc ? Utc(moment) : new(moment, London);

    /// <summary>
    /// The library folds and escapes. It lets through what no calendar may hold, and breaks that a reader might take for a line's
    /// end.
    /// </summary>
    static string? Clean(string? text)
    {
        if (text is not { Length: > 0 })
            return null;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or 0x85 or 0x2028 or 0x2029)
                clean.Append('\n');
            else if (rune.Value == '\t' || !Rune.IsControl(rune))
                clean.Append(rune.ToString());
        }
        return clean.ToString();
    }
}
