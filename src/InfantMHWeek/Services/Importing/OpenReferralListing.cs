using System.Text.Json;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services.Moderation;

namespace InfantMHWeek.Services.Importing;

/// <summary>
/// One service of a feed by Open Referral UK 3.0 as a listing of ours. What this site itself gives out comes back the same.
/// </summary>
sealed class OpenReferralListing(ImportSource source, DateOnly today)
{
    static readonly string[] States = ["active", "inactive", "defunct", "temporarily closed"],
        OfVersion1 = ["regular_schedules", "holiday_schedules", "eligibilitys", "eligibilities", "service_taxonomys"];

    /// <returns>Null when something in it cannot be used; then it is said what.</returns>
    public SourceListing? Read(JsonElement record, string where, List<ImportProblem> problems, out string id)
    {
        var fields = new JsonFields(where, problems);
        id = SourceIds.Of(record);
        if (id.Length == 0)
            fields.Refuse("id", "It is missing, so the record could not be found again next time.");
        if (IsOfVersion1(record))
        {
            fields.Refuse("", "It is of version 1 of the standard. Ask the source for its feed of Open Referral UK 3.0.");
            return null;
        }
        var details = Details(record, fields);
        if (fields.Sound)
            foreach (var lacks in details.LacksForSource())
                fields.Refuse(
                    lacks == "touch" ? "contacts, email or url"
                        : lacks == "where" ? "service_at_locations or service_areas"
                        : "name",
                    lacks == "touch" ? "Nobody could get in touch: there is no telephone number, email address or website."
                        : lacks == "where" ? "It does not say where the service is, or for which area."
                        : "It is empty."
                );
        if (!fields.Sound)
            return null;
        var organisation = record.TryGetProperty("organization", out var o) ? SourceIds.Of(o) : "";
        return new(
            SourceIds.AsGuid(id, source.Source),
            SourceIds.AsGuid(organisation.Length > 0 ? organisation : details.Organisation, source.Source + " organisation"),
            source.Source,
            id,
            source.Licence,
            EmailAddress.TryParse(details.Email, null, out var contact) ? contact : ServiceChecks.NoAddress,
            details
        );
    }

    ServiceDetails Details(JsonElement record, JsonFields fields)
    {
        var (summary, description) = ShortText.Split(
            fields.Text(record, "", "description", ServiceDetails.MaxSummary + ServiceDetails.MaxDescription)
        );
        var details = new ServiceDetails
        {
            Title = fields.Line(record, "", "name", ServiceDetails.MaxTitle, needed: true),
            Summary = summary,
            Description = description,
            Email = fields.Email("email", fields.Raw(record, "", "email")),
            Link = fields.Link("url", fields.Raw(record, "", "url")),
            AccessNote = fields.Text(record, "", "application_process", ServiceDetails.MaxNote),
            Hours = ScheduleWords.Of(record, fields),
            Phone = Phone(record, fields),
            AtSource = Origin(record, fields),
        };
        details = Organisation(record, fields, details);
        details = PlacesReader.Read(record, fields, details);
        details = PlacesReader.ReadAreas(record, fields, details);
        details = LanguagesReader.Read(record, fields, details);
        details = CostReader.Read(record, fields, details);
        return AttributesReader.Read(record, fields, details, source.Fill);
    }

    ServiceOrigin Origin(JsonElement record, JsonFields fields)
    {
        var state = fields.OneOf(record, "", "status", States, needed: true) switch
        {
            "inactive" when fields.Raw(record, "", "alert") == "Closed" => SourceState.Closed,
            "inactive" => SourceState.Inactive,
            "defunct" => SourceState.Closed,
            "temporarily closed" => SourceState.ClosedForNow,
            _ => SourceState.Active,
        };
        var assured = fields.Day("assured_date", fields.Raw(record, "", "assured_date"));
        if (assured > today)
        {
            fields.Refuse("assured_date", $"{assured:yyyy-MM-dd} has not come yet: nobody can have checked it then.");
            assured = null;
        }
        return new("", state, assured, fields.Moment("last_modified", fields.Raw(record, "", "last_modified")), source.Attribution);
    }

    static ServiceDetails Organisation(JsonElement record, JsonFields fields, ServiceDetails details)
    {
        if (!record.TryGetProperty("organization", out var organisation) || organisation.ValueKind != JsonValueKind.Object)
        {
            fields.Refuse("organization", "It is missing: everybody should know who runs the service.");
            return details;
        }
        var name = fields.Line(organisation, "organization.", "name", ServiceDetails.MaxLine, needed: true);
        var about = fields.Text(organisation, "organization.", "description", ServiceDetails.MaxNote);
        return details with
        {
            Organisation = name,
            OrganisationAbout = about == name ? "" : about,
            OrganisationLink = fields.Link("organization.website", fields.Raw(organisation, "organization.", "website")),
        };
    }

    static string Phone(JsonElement record, JsonFields fields)
    {
        var first = "";
        foreach (
            var (phone, path) in fields
                .Many(record, "", "contacts")
                .SelectMany(c => fields.Many(c.Item, c.Path, "phones"))
                .Concat(fields.Many(record, "", "phones"))
        )
        {
            var number = fields.Phone(path + "number", fields.Raw(phone, path, "number", needed: true));
            first = first.Length == 0 ? number : first;
        }
        return first;
    }

    static bool IsOfVersion1(JsonElement record) =>
        !record.TryGetProperty("organization", out _) && Array.Exists(OfVersion1, old => record.TryGetProperty(old, out _));
}
