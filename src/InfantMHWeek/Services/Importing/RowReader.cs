using InfantMHWeek.Platform.Places;
using InfantMHWeek.Services.Publishing;

namespace InfantMHWeek.Services.Importing;

/// <summary>One service from the cells of a row.</summary>
static class RowReader
{
    public static ServiceDetails? Read(Func<string, string> cell, RecordFields fields, ImportSource source, DateOnly today)
    {
        string Line(string column, int most = ServiceDetails.MaxLine) => fields.Line(column, cell(column), most);
        var summary = fields.Text("summary", cell("summary"), ServiceDetails.MaxSummary);
        var description = fields.Text("description", cell("description"), ServiceDetails.MaxDescription);
        var fill = source.Fill ?? new();
        var details = new ServiceDetails
        {
            Title = fields.Line("name", cell("name"), ServiceDetails.MaxTitle, needed: true),
            Summary = summary.Length > 0 ? summary : ShortText.Of(description),
            Description = description.Length > ServiceDetails.MaxSummary || summary.Length > 0 ? description : "",
            Organisation = Line("organisation") is { Length: > 0 } organisation ? organisation : fill.Organisation,
            OrganisationLink = fields.Link("organisation-website", cell("organisation-website")),
            Phone = fields.Phone("phone", cell("phone")),
            Email = fields.Email("email", cell("email")),
            Link = fields.Link("website", cell("website")),
            Hours = fields.Text("hours", cell("hours"), ServiceDetails.MaxNote),
            AccessNote = fields.Text("access", cell("access"), ServiceDetails.MaxNote),
            Waiting = Line("waiting", ServiceDetails.MaxWaiting),
            WaitingOn = cell("waiting").Length > 0 ? today : null,
            AtSource = new("", SourceState.Active, Checked(cell, fields, today), null, source.Attribution),
        };
        details = WithCost(details, fields.Text("cost", cell("cost"), ServiceDetails.MaxNote));
        details = WithWords(details, cell, fields, fill);
        details = WithPlace(details, cell, fields);
        if (fields.Sound)
            foreach (var lacks in details.LacksForSource())
                fields.Refuse(
                    lacks == "touch" ? "phone, email or website"
                        : lacks == "where" ? "postcode or area"
                        : "organisation",
                    lacks == "touch" ? "One of them is needed: nobody could get in touch."
                        : lacks == "where" ? "It does not say where the service is, or for which area."
                        : "It is empty: everybody should know who runs the service."
                );
        return fields.Sound ? details : null;
    }

    static DateOnly? Checked(Func<string, string> cell, RecordFields fields, DateOnly today)
    {
        var day = fields.Day("checked", cell("checked"));
        if (day is null || day <= today)
            return day;
        fields.Refuse("checked", $"{day:yyyy-MM-dd} has not come yet: nobody can have checked it then.");
        return null;
    }

    static ServiceDetails WithCost(ServiceDetails details, string cost)
    {
        var free = cost is "0" or "£0" || cost.Equals("free", StringComparison.OrdinalIgnoreCase);
        var known = ServiceLabels.Costs.FirstOrDefault(c => c.Name.Equals(cost, StringComparison.OrdinalIgnoreCase));
        return known.Slug is not null ? details with { Cost = known.Value }
            : free ? details with { Cost = ServiceCost.Free }
            : details with { Cost = cost.Any(char.IsAsciiDigit) ? ServiceCost.Paid : ServiceCost.NotSaid, CostNote = cost };
    }

    static ServiceDetails WithWords(ServiceDetails details, Func<string, string> cell, RecordFields fields, ServiceDetails fill)
    {
        var tags = Parts(cell("needs"))
            .Concat(Parts(cell("audience")))
            .Concat(Parts(cell("how")))
            .Aggregate(0L, (sum, name) => sum | OpenReferralTaxonomies.TagOf("", name));
        var spoken = Parts(cell("languages")).Where(l => !l.Equals("English", StringComparison.OrdinalIgnoreCase)).ToList();
        var known = ServiceLabels.Languages.Where(l => spoken.Contains(l.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        var others = spoken.Except(known.Select(l => l.Name), StringComparer.OrdinalIgnoreCase);
        var read = ServiceTags.Read(tags, details);
        return read with
        {
            Needs = read.Needs == Need.None ? fill.Needs : read.Needs,
            Audience = read.Audience == ServiceAudience.None ? fill.Audience : read.Audience,
            Access = read.Access == Access.None ? fill.Access : read.Access,
            Languages = known.Aggregate(Languages.None, (sum, l) => sum | l.Value),
            OtherLanguages = fields.Line("languages", string.Join(", ", others), ServiceDetails.MaxLine),
        };
    }

    static ServiceDetails WithPlace(ServiceDetails details, Func<string, string> cell, RecordFields fields)
    {
        var (regions, districts, nationwide) = (new List<Region>(), new List<string>(), false);
        foreach (var name in Parts(cell("area")))
            if (AreaNames.IsNationwide(name))
                nationwide = true;
            else if (AreaNames.Regions(name) is { Count: > 0 } known)
                regions.AddRange(known.Except(regions).ToList());
            else if (AreaNames.District(name) is { } code && districts.Count < ServiceDetails.MostDistricts)
                districts.Add(code);
            else
                fields.Tell("area", $"We do not know the area {RecordFields.Shown(name)}; it is left out.");
        details = details with { Nationwide = nationwide, Areas = nationwide ? [] : regions, Districts = nationwide ? [] : districts };
        var (venue, address, town) = (
            fields.Line("venue", cell("venue"), ServiceDetails.MaxLine),
            fields.Line("address", cell("address"), ServiceDetails.MaxLine),
            fields.Line("town", cell("town"), ServiceDetails.MaxLine)
        );
        var raw = fields.Line("postcode", cell("postcode"), 20);
        if (raw.Length + town.Length + venue.Length + address.Length == 0)
            return details;
        if (!Postcode.TryParse(raw, null, out var postcode))
        {
            fields.Refuse("postcode", raw.Length == 0 ? "It is missing." : $"{RecordFields.Shown(raw)} is no whole postcode of the UK.");
            return details;
        }
        var district = Gazetteer.Default.Districts.GetValueOrDefault(postcode.Outward);
        town = town.Length > 0 ? town : district?.Town ?? "";
        var id = SourceIds.AsGuid("", $"{venue}|{address}|{postcode}");
        return details with
        {
            Places = [new(id, venue, address, town, postcode.ToString(), null, district?.Region ?? Region.None)],
            Ways = details.Ways == Ways.None ? Ways.AtAPlace : details.Ways,
        };
    }

    static string[] Parts(string cell) =>
        cell.Split([',', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
