using System.Globalization;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Tables;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Importing;

/// <summary>Events from a table: CSV with commas or semicolons, a first line that names its columns, one event a line.</summary>
public static class TableEvents
{
    static readonly string[] Needed = ["name", "date", "starts", "ends"];
    const string TooLong = "A line or a cell of this file is far too long, or a quotation mark in it is never closed.";
    static readonly string[] DayPatterns = ["yyyy-MM-dd", "d MMMM yyyy", "d MMM yyyy"];

    /// <summary>What a column may be called, without spaces; the first is what we ask for.</summary>
    public static readonly IReadOnlyList<(string Name, string[] Also)> Columns =
    [
        ("name", ["title", "event"]),
        ("summary", ["inshort"]),
        ("description", ["about", "details"]),
        ("date", ["firstdate", "startdate", "day"]),
        ("starts", ["start", "starttime", "from"]),
        ("ends", ["end", "endtime", "to"]),
        ("lastdate", ["enddate"]),
        ("venue", ["place", "location"]),
        ("address", ["street"]),
        ("town", ["city"]),
        ("postcode", []),
        ("onlinelink", ["online", "url"]),
        ("cost", ["price"]),
        ("bookinglink", ["booking", "tickets"]),
        ("organiser", ["organisation", "organizer"]),
        ("website", ["organiserlink"]),
    ];

    public static FileEvents Read(string text)
    {
        var (rows, problem) = Rows(text);
        if (problem is not null)
            return EventFile.Refuse(problem);
        if (rows.Count < 2)
            return EventFile.Refuse("This file has no events: the first line names the columns, and each line after it is one event.");
        var names = rows[0].Select(n => new string([.. n.Where(char.IsAsciiLetter)]).ToLowerInvariant()).ToList();
        var at = Columns.ToDictionary(
            c => c.Name,
            c => names.FindIndex(n => n == c.Name || c.Also.Contains(n, StringComparer.Ordinal)),
            StringComparer.Ordinal
        );
        if (Needed.Where(c => at[c] < 0).ToList() is { Count: > 0 } missing)
            return EventFile.Refuse($"The first line must name the columns. We found none for: {string.Join(", ", missing)}.");
        if (rows.Count - 1 > EventFile.MostEvents)
            return EventFile.Refuse(
                $"This file has {rows.Count - 1} events. At most {EventFile.MostEvents} can be brought in at once: please split it."
            );
        var (events, problems) = (new List<FileEvent>(), new List<string>());
        foreach (var (number, row) in rows.Index().Skip(1))
        {
            string Cell(string column) => at[column] is >= 0 and var index && index < row.Count ? row[index].Trim() : "";
            var where = string.Create(CultureInfo.InvariantCulture, $"Line {number + 1}");
            if (One(Cell, where, problems) is { } details)
                events.Add(new(where, details));
        }
        return new(events, problems);
    }

    static EventDetails? One(Func<string, string> cell, string where, List<string> problems)
    {
        var title = EventFile.Fit(cell("name"), EventDetails.MaxTitle);
        if (title.Length == 0)
            return Leave("it has no name");
        if (!Day(cell("date"), out var day))
            return Leave(
                $"we could not read its date {EventFile.Short(cell("date"))}. Write 2027-06-14 or 14 June 2027: we do not guess which "
                    + "of two numbers is the month"
            );
        if (!TimeInput.TryRead(cell("starts"), out var starts) || !TimeInput.TryRead(cell("ends"), out var ends))
            return Leave("we could not read when it starts and ends, like 10:30");
        var last = ends > starts ? day : day.AddDays(1);
        if (cell("lastdate").Length > 0 && !Day(cell("lastdate"), out last))
            return Leave("we could not read its last date");
        var schedule = Schedule.Once(new(day, starts, last, ends));
        if (schedule.Problems().FirstOrDefault() is { } wrong)
            return Leave(wrong.TrimEnd('.'));
        var (online, inPerson) = (cell("onlinelink").Length > 0, cell("venue").Length + cell("postcode").Length > 0);
        return new()
        {
            Title = title,
            Summary = EventFile.Fit(cell("summary").Length > 0 ? cell("summary") : cell("description"), EventDetails.MaxSummary),
            Description =
                cell("summary").Length > 0 || cell("description").Length > EventDetails.MaxSummary
                    ? EventFile.Fit(cell("description"), EventDetails.MaxDescription, oneLine: false)
                    : "",
            Schedule = schedule,
            Attendance =
                online && inPerson ? Attendance.Both
                : online ? Attendance.Online
                : inPerson ? Attendance.InPerson
                : null,
            Venue = EventFile.Fit(cell("venue"), EventDetails.MaxLine),
            Address = EventFile.Fit(cell("address"), EventDetails.MaxLine),
            Town = EventFile.Fit(cell("town"), EventDetails.MaxLine),
            Postcode = EventFile.Fit(cell("postcode"), 12),
            OnlineLink = Link("onlinelink"),
            Cost = cell("cost") is { Length: > 0 } cost
                ? cost is "0" or "£0" || cost.Equals("free", StringComparison.OrdinalIgnoreCase)
                    ? Cost.Free
                    : Cost.Paid
                : Cost.NotSaid,
            CostNote =
                cell("cost") is { Length: > 0 } note && !note.Equals("free", StringComparison.OrdinalIgnoreCase)
                    ? EventFile.Fit(note, EventDetails.MaxLine)
                    : "",
            BookingLink = Link("bookinglink"),
            Organiser = EventFile.Fit(cell("organiser"), EventDetails.MaxLine),
            OrganiserLink = Link("website"),
        };

        EventDetails? Leave(string why)
        {
            problems.Add($"{where}: {why}.");
            return null;
        }

        string Link(string column)
        {
            if (cell(column).Length == 0)
                return "";
            if (UserText.TryLink(EventFile.Fit(cell(column), EventDetails.MaxLink), out var link))
                return link;
            problems.Add($"{where}: its link {EventFile.Short(cell(column))} is no web address and was left out.");
            return "";
        }
    }

    static bool Day(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DayPatterns, TimeInWords.British, DateTimeStyles.None, out day);

    static (IReadOnlyList<IReadOnlyList<string>> Rows, string? Problem) Rows(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        using var table = TableReader.OfText(text, EventFile.MostInLine * 5);
        try
        {
            while (table.Read())
            {
                if (table.Columns > 100)
                    return (rows, "A line of this file has more than 100 columns.");
                var row = table.Row();
                if (row.Any(c => c.Length > EventFile.MostInLine))
                    return (rows, TooLong);
                if (row.Any(c => c.Length > 0))
                    rows.Add(row);
                if (rows.Count > EventFile.MostLines)
                    return (rows, $"This file has more than {EventFile.MostLines:N0} lines.");
            }
        }
        catch (FormatException)
        {
            return (rows, TooLong);
        }
        return (rows, table.NeverClosed ? "A quotation mark in this file is never closed." : null);
    }
}
