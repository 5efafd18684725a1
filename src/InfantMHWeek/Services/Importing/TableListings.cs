using System.Globalization;
using InfantMHWeek.Platform.Tables;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services.Moderation;

namespace InfantMHWeek.Services.Importing;

/// <summary>Services from a table: a first row that names the columns, one service a row.</summary>
static class TableListings
{
    public static readonly IReadOnlyList<KnownColumn> Columns =
    [
        new("id", "Id at the source", "serviceid", "ref", "reference", "key"),
        new("name", "Name", "title", "service", "servicename"),
        new("summary", "In short", "inshort", "shortdescription"),
        new("description", "What it does", "about", "details", "whatitdoes"),
        new("organisation", "Who runs it", "organization", "organisationname", "provider", "whorunsit"),
        new("organisation-website", "Website of who runs it", "organisationwebsite", "providerwebsite"),
        new("phone", "Phone", "telephone", "tel", "phonenumber"),
        new("email", "Email", "emailaddress", "mail"),
        new("website", "Website", "url", "web", "link"),
        new("venue", "Name of the place", "place", "location", "building", "nameoftheplace"),
        new("address", "Street", "street", "address1", "addressline1"),
        new("town", "Town", "city", "towns"),
        new("postcode", "Postcode", "postalcode", "postcodes"),
        new("area", "For people who live in", "areas", "areaserved", "regions"),
        new("cost", "Cost", "price", "fee", "fees"),
        new("hours", "When it is open", "openinghours", "times", "openingtimes"),
        new("waiting", "Waiting time", "waitingtime", "wait"),
        new("access", "How to come to it", "howtoaccess", "referral", "howtocometoit"),
        new("languages", "Languages", "language"),
        new("needs", "What it helps with", "helpswith", "need", "categories", "whatithelpswith"),
        new("audience", "Who it is for", "for", "whoitisfor"),
        new("how", "How help is given", "ways", "delivery"),
        new("checked", "Last checked", "lastchecked", "assureddate", "lastreviewed"),
    ];

    public static SourceRecords Read(TableColumns columns, ImportSource source, DateOnly today)
    {
        var table = columns.Table;
        if (table.Problem is { } problem)
            return SourceRecords.Refused(problem);
        if (table.Rows.Count < 2)
            return SourceRecords.Refused("There are no services: the first row names the columns, and each row after it is one service.");
        if (!columns.Has("name"))
            return SourceRecords.Refused("Say which column is the name of the service.");
        var (listings, problems, ids) = (
            new List<SourceListing>(),
            new List<ImportProblem>(),
            new Dictionary<string, int>(StringComparer.Ordinal)
        );
        var dayFirst = SheetValues.DaysComeFirst(table, columns.Chosen.ToList().IndexOf("checked"));
        if (table.Left is { } left)
            problems.Add(new("", "", left));
        foreach (var row in table.Rows.Skip(1))
        {
            string Cell(string column) => columns.Cell(row, column);
            var id = columns.Has("id") ? Cell("id") : string.Join(' ', Cell("name"), Cell("postcode"), Cell("town"));
            id = id.Length > FamilyService.MaxSourceId ? id[..FamilyService.MaxSourceId] : id;
            var where =
                string.Create(CultureInfo.InvariantCulture, $"Row {row.Number}")
                + (Cell("id").Length > 0 ? $" (id {UserText.Clean(id)})" : "");
            var fields = new RecordFields(where, problems);
            id = fields.Line("id", id, FamilyService.MaxSourceId);
            foreach (var shortened in Numbers.Where(n => SheetValues.IsShortened(Cell(n))))
                fields.Refuse(
                    shortened,
                    $"A spreadsheet has shortened this number ({RecordFields.Shown(Cell(shortened))}). Keep it as text."
                );
            if (id.Length == 0 && fields.Sound)
                fields.Refuse("id", "It is missing, so the row could not be found again next time.");
            if (id.Length > 0 && !ids.TryAdd(id, row.Number))
                fields.Refuse("id", $"It is the id of row {ids[id]} too.");
            if (RowReader.Read(c => SheetValues.Mended(c, Cell(c), dayFirst), fields, source, today) is { } details)
                listings.Add(Listing(id, details, source));
        }
        return new(listings, problems, ids.Keys.ToHashSet(StringComparer.Ordinal), Whole: true);
    }

    static SourceListing Listing(string id, ServiceDetails details, ImportSource source) =>
        new(
            SourceIds.AsGuid("", source.Source + " " + id),
            SourceIds.AsGuid("", source.Source + " organisation " + details.Organisation),
            source.Source,
            id,
            source.Licence,
            EmailAddress.TryParse(details.Email, null, out var contact) ? contact : ServiceChecks.NoAddress,
            details
        );

    /// <summary>Where a number with its end cut off would be another.</summary>
    static readonly string[] Numbers = ["id", "phone"];
}
