using System.Globalization;
using InfantMHWeek.Platform.Tables;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events.Importing;

/// <summary>What one row of a table says of an event besides its time.</summary>
sealed class TableRowDetails(TableColumns columns, TableFile.Row row, List<string> problems)
{
    string Cell(string column) => columns.Cell(row, column);

    string Line(string column) => EventFile.Fit(HtmlText.Plain(Cell(column)), EventDetails.MaxLine);

    public EventDetails Read(string title)
    {
        var (summary, about) = (HtmlText.Plain(Cell("summary")), HtmlText.Plain(Cell("description")));
        var link = Link("online-link");
        var details = WithPlace(new() { Title = title });
        var cost = Cell("cost");
        var free = cost is "0" or "£0" or "£0.00" or "0.00" || cost.Equals("free", StringComparison.OrdinalIgnoreCase);
        return details with
        {
            Summary = EventFile.Fit(
                summary.Length > 0 ? summary
                    : about.Length > 0 ? about
                    : title,
                EventDetails.MaxSummary
            ),
            Description =
                summary.Length > 0 || about.Length > EventDetails.MaxSummary
                    ? EventFile.Fit(about, EventDetails.MaxDescription, oneLine: false)
                    : "",
            Attendance = details.InPerson
                ? link.Length > 0
                    ? Attendance.Both
                    : Attendance.InPerson
                : link.Length > 0
                    ? Attendance.Online
                    : details.Attendance,
            OnlineLink = link.Length > 0 ? link : details.OnlineLink,
            Cost =
                cost.Length == 0 ? Cost.NotSaid
                : free ? Cost.Free
                : cost.StartsWith("donation", StringComparison.OrdinalIgnoreCase) ? Cost.Donation
                : Cost.Paid,
            CostNote = free ? "" : Line("cost"),
            BookingLink = Link("booking-link"),
            Organiser = Line("organiser"),
            OrganiserLink = Link("website"),
        };
    }

    EventDetails WithPlace(EventDetails details)
    {
        var whole = EventFile.Fit(HtmlText.Plain(Cell("location")), 400, oneLine: false);
        var (venue, postcode) = (Line("venue"), EventFile.Fit(Cell("postcode"), 12));
        // A column for the place alone often has all of the address in it.
        if (whole.Length == 0 && postcode.Length == 0)
            (whole, venue) = (EventFile.Fit(HtmlText.Plain(Cell("venue")), 400, oneLine: false), "");
        if (AddressText.IsOnline(whole) || AddressText.IsOnline(venue))
            return details with
            {
                Attendance = Attendance.Online,
                OnlineLink = whole.StartsWith("http", StringComparison.OrdinalIgnoreCase) && UserText.TryLink(whole, out var at) ? at : "",
            };
        var place = AddressText.Read(whole);
        var read = details with
        {
            Venue = venue.Length > 0 ? venue : place.Venue,
            Address = Line("address") is { Length: > 0 } address ? address : place.Street,
            Town = Line("town") is { Length: > 0 } town ? town : place.Town,
            Postcode = postcode.Length > 0 ? postcode : place.Postcode,
        };
        return read.Venue.Length + read.Postcode.Length > 0 ? read with { Attendance = Attendance.InPerson } : read;
    }

    string Link(string column)
    {
        var text = Cell(column);
        if (text.Length == 0)
            return "";
        if (UserText.TryLink(EventFile.Fit(text, EventDetails.MaxLink), out var link))
            return link;
        problems.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Row {row.Number}: its link {EventFile.Short(text)} is no web address and was left out."
            )
        );
        return "";
    }
}
