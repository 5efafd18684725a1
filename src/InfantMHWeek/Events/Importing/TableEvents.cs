using InfantMHWeek.Platform.Tables;

namespace InfantMHWeek.Events.Importing;

/// <summary>
/// Events from a table: a row that names its columns, one date a row. Rows that say the same but for the day are one event with several
/// dates.
/// </summary>
static class TableEvents
{
    public static readonly IReadOnlyList<KnownColumn> Columns =
    [
        new("id", "Id at the partner’s", "uid", "eventid", "ref", "reference", "key"),
        new("name", "Name", "title", "event", "eventname", "eventtitle", "subject", "session", "activity", "group", "what", "groupname"),
        new("summary", "In short", "inshort", "shortdescription", "eventexcerpt", "excerpt"),
        new("description", "More about it", "about", "details", "eventdescription", "notes", "information", "moreinformation"),
        new(
            "date",
            "Day",
            "firstdate",
            "startdate",
            "day",
            "dates",
            "eventdate",
            "eventstartdate",
            "startdatetime",
            "when",
            "dateofevent",
            "eventstartdatetime",
            "eventstart",
            "dateandtime",
            "datetime",
            "datestart"
        ),
        new("starts", "Starts at", "start", "starttime", "from", "time", "times", "eventstarttime", "timestart", "startsat", "timefrom"),
        new(
            "ends",
            "Ends at",
            "end",
            "endtime",
            "to",
            "finish",
            "finishtime",
            "until",
            "eventendtime",
            "timeend",
            "endsat",
            "finishes",
            "timeto"
        ),
        new("last-date", "Last day", "enddate", "eventenddate", "enddatetime", "eventenddatetime", "eventend", "dateend"),
        new("all-day", "Takes the whole day", "alldayevent"),
        new("status", "Whether it takes place", "eventstatus", "state"),
        new("location", "Place in one line", "where", "placeandaddress", "fulladdress", "venueaddress"),
        new("venue", "Name of the place", "place", "venuename", "eventvenuename", "building", "hall", "eventvenue"),
        new("address", "Street", "street", "address1", "addressline1"),
        new("town", "Town", "city", "towncity", "area"),
        new("postcode", "Postcode", "postalcode", "zip", "zipcode"),
        new("online-link", "Online link", "online", "url", "joininglink", "meetinglink"),
        new("cost", "Cost", "price", "eventcost", "fee", "charge", "ticketprice"),
        new(
            "booking-link",
            "Booking link",
            "booking",
            "tickets",
            "book",
            "bookinglinkurl",
            "howtobook",
            "ticketurl",
            "eventurl",
            "eventlink"
        ),
        new("organiser", "Organiser", "organisation", "organizer", "eventorganizers", "eventorganizername", "provider", "runby", "host"),
        new("website", "Website of the organiser", "organiserlink", "eventwebsite", "web", "organiserwebsite"),
    ];

    public static FileEvents Read(TableColumns columns, FileAnswers answers, DateOnly today)
    {
        var table = columns.Table;
        if (table.Problem is { } problem)
            return EventFile.Refuse(problem);
        if (table.Rows.Count < 2)
            return EventFile.Refuse("This file has no events: a row names the columns, and each row after it is one event.");
        if (table.Rows.Count - 1 > 2 * EventFile.MostEvents)
            return EventFile.Refuse(
                $"This file has {table.Rows.Count - 1} events. At most {2 * EventFile.MostEvents} can be looked at: " + "please split it."
            );
        if (!columns.Has("name") || !columns.Has("date") && !columns.Has("starts"))
            return EventFile.Refuse("Say below which column is the name of the event, and which its day.") with { Columns = columns };
        if (answers.Order == DayOrder.NotSaid)
            answers = answers with { Order = TableTime.OrderOf(Days(columns)) };
        var reader = new TableRowReader(columns, answers, today);
        // A table without headings, whose columns somebody has named: its first row is an event too.
        var hasHeadings =
            TableTime.Read(columns.Cell(table.Rows[0], columns.Has("date") ? "date" : "starts"), answers.Order, today).Day is null;
        foreach (var row in table.Rows.Skip(hasHeadings ? 1 : 0))
            reader.Add(row);
        var read = reader.Read() with { Columns = columns };
        return table.Left is { } left ? read with { Problems = [left, .. read.Problems] } : read;
    }

    static IEnumerable<string> Days(TableColumns columns) =>
        columns
            .Table.Rows.Skip(1)
            .SelectMany(r => new[] { columns.Cell(r, "date"), columns.Cell(r, "last-date"), columns.Cell(r, "starts") });
}
