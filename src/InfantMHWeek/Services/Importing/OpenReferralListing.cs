using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services.Moderation;
using InfantMHWeek.Services.Publishing;

namespace InfantMHWeek.Services.Importing;

/// <summary>
/// One service of a feed by Open Referral UK 3.0 as a listing of ours. What this site itself gives out comes back the same.
/// </summary>
sealed class OpenReferralListing(ImportSource source, DateOnly today)
{
    static readonly string[] States = ["active", "inactive", "defunct", "temporarily closed"],
        Kinds = ["physical", "postal", "virtual"],
        OfVersion1 = ["regular_schedules", "holiday_schedules", "eligibilitys", "eligibilities", "service_taxonomys"];
    const int MostFees = ServiceDetails.MaxNote + 40;

    /// <returns>Null when something in it cannot be used; then it is said what.</returns>
    public SourceListing? Read(JsonElement record, string where, List<ImportProblem> problems, out string id)
    {
        var fields = new RecordFields(where, problems);
        id = IdOf(record);
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
        var organisation = record.TryGetProperty("organization", out var o) ? IdOf(o) : "";
        return new(
            AsGuid(id, source.Source),
            AsGuid(organisation.Length > 0 ? organisation : details.Organisation, source.Source + " organisation"),
            source.Source,
            id,
            source.Licence,
            EmailAddress.TryParse(details.Email, null, out var contact) ? contact : ServiceChecks.NoAddress,
            details
        );
    }

    ServiceDetails Details(JsonElement record, RecordFields fields)
    {
        var (summary, description) = Described(
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
        details = Places(record, fields, details);
        details = Areas(record, fields, details);
        details = Spoken(record, fields, details);
        details = Cost(record, fields, details);
        return Attributes(record, fields, details);
    }

    /// <summary>The first part, if it is short, is what lists show; a long text is cut for them at a sentence.</summary>
    static (string Summary, string Description) Described(string text)
    {
        if (
            text.IndexOf("\n\n", StringComparison.Ordinal) is > 0 and <= ServiceDetails.MaxSummary and var end
            && !text[..end].Contains('\n')
        )
            return (text[..end], text[(end + 2)..]);
        if (text.Length <= ServiceDetails.MaxSummary && !text.Contains('\n', StringComparison.Ordinal))
            return (text, "");
        return (InShort(text), text);
    }

    /// <summary>The beginning of a long text, cut at a sentence or a word.</summary>
    internal static string InShort(string text)
    {
        if (text.Length <= ServiceDetails.MaxSummary)
            return text.Replace('\n', ' ');
        var start = text[..(ServiceDetails.MaxSummary - 1)].Replace('\n', ' ');
        var (sentence, word) = (start.LastIndexOf(". ", StringComparison.Ordinal), start.LastIndexOf(' '));
        return sentence > 40 ? start[..(sentence + 1)] : start[..(word > 0 ? word : start.Length - 1)] + "…";
    }

    ServiceOrigin Origin(JsonElement record, RecordFields fields)
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

    static ServiceDetails Organisation(JsonElement record, RecordFields fields, ServiceDetails details)
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

    static ServiceDetails Places(JsonElement record, RecordFields fields, ServiceDetails details)
    {
        var (places, stepFree) = (new List<ServicePlace>(), false);
        foreach (var (at, path) in fields.Many(record, "", "service_at_locations"))
        {
            if (!at.TryGetProperty("location", out var location) || location.ValueKind != JsonValueKind.Object)
            {
                fields.Refuse(path + "location", "It is missing.");
                continue;
            }
            var inside = path + "location.";
            switch (fields.OneOf(location, inside, "location_type", Kinds, needed: true))
            {
                case "physical":
                    places.Add(LocationReader.Read(location, inside, fields));
                    stepFree |= LocationReader.IsStepFree(location, inside, fields);
                    break;
                case "virtual":
                    details = details with { Ways = details.Ways | Ways.Online };
                    break;
            }
        }
        if (places.Count > ServiceDetails.MostPlaces)
            fields.Refuse("service_at_locations", $"It has {places.Count} places; at most {ServiceDetails.MostPlaces} fit.");
        return details with
        {
            Places = places,
            Ways = places.Count > 0 ? details.Ways | Ways.AtAPlace : details.Ways,
            Yes = stepFree ? details.Yes | ServiceFacts.StepFree : details.Yes,
        };
    }

    static ServiceDetails Areas(JsonElement record, RecordFields fields, ServiceDetails details)
    {
        var (regions, districts, nationwide) = (new List<Region>(), new List<string>(), false);
        foreach (var (area, path) in fields.Many(record, "", "service_areas"))
        {
            var name = fields.Line(area, path, "name", ServiceDetails.MaxLine);
            if (AreaNames.IsNationwide(name))
                nationwide = true;
            else if (AreaNames.Regions(name) is { Count: > 0 } known)
                regions.AddRange(known.Except(regions).ToList());
            else if (AreaNames.District(name) is { } code)
                districts.Add(code);
            else if (name.Length > 0)
                fields.Tell(path + "name", $"We do not know the area {RecordFields.Shown(name)}; it is left out.");
        }
        if (districts.Count > ServiceDetails.MostDistricts)
            fields.Refuse("service_areas", $"It has {districts.Count} postcode districts; at most {ServiceDetails.MostDistricts} fit.");
        return details with { Nationwide = nationwide, Areas = nationwide ? [] : regions, Districts = nationwide ? [] : districts };
    }

    static ServiceDetails Spoken(JsonElement record, RecordFields fields, ServiceDetails details)
    {
        var (known, others) = (Languages.None, new List<string>());
        foreach (var (language, path) in fields.Many(record, "", "languages"))
        {
            var (code, name) = (
                fields.Line(language, path, "code", 20).ToLowerInvariant(),
                fields.Line(language, path, "name", ServiceDetails.MaxLine)
            );
            var found = ServiceLabels.Languages.FirstOrDefault(l =>
                l.Slug == code || l.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            );
            if (found.Slug is not null)
                known |= found.Value;
            else if (code != "en" && !name.Equals("English", StringComparison.OrdinalIgnoreCase) && name.Length > 0)
                others.Add(name);
        }
        var other = string.Join(", ", others);
        return details with { Languages = known, OtherLanguages = fields.Line("languages", other, ServiceDetails.MaxLine) };
    }

    static ServiceDetails Cost(JsonElement record, RecordFields fields, ServiceDetails details)
    {
        var (fees, cost, note) = (fields.Text(record, "", "fees", MostFees), ServiceCost.NotSaid, "");
        foreach (var (option, path) in fields.Many(record, "", "cost_options"))
        {
            var (name, about) = (
                fields.Line(option, path, "option", ServiceDetails.MaxLine),
                fields.Text(option, path, "amount_description", ServiceDetails.MaxNote)
            );
            var amount = fields.Number(option, path, "amount", 0, 100_000, "no amount of money");
            fields.Day(path + "valid_from", fields.Raw(option, path, "valid_from"));
            fields.Day(path + "valid_to", fields.Raw(option, path, "valid_to"));
            if (cost == ServiceCost.NotSaid)
                (cost, note) = (CostOf(name, amount), about);
        }
        if (cost == ServiceCost.NotSaid)
            (cost, note) = (CostOf(fees, amount: null), CostOf(fees, amount: null) == ServiceCost.NotSaid ? fees : "");
        return details with { Cost = cost, CostNote = fields.Text("fees", note, ServiceDetails.MaxNote) };
    }

    static ServiceCost CostOf(string name, double? amount) =>
        ServiceLabels.Costs.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Slug: not null } known
            ? known.Value
        : amount > 0 ? ServiceCost.Paid
        : amount == 0 || name.Trim().TrimEnd('.').Equals("free", StringComparison.OrdinalIgnoreCase) ? ServiceCost.Free
        : ServiceCost.NotSaid;

    static string Phone(JsonElement record, RecordFields fields)
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

    /// <summary>Terms of ours by their ids, and those of others that are called the same.</summary>
    ServiceDetails Attributes(JsonElement record, RecordFields fields, ServiceDetails details)
    {
        long tags = 0;
        foreach (var (attribute, path) in fields.Many(record, "", "attributes"))
        {
            var term = attribute.TryGetProperty("taxonomy_term", out var t) && t.ValueKind == JsonValueKind.Object ? t : default;
            var id = IdOf(attribute, "taxonomy_term_id") is { Length: > 0 } named ? named : IdOf(term);
            var name = term.ValueKind == JsonValueKind.Object ? fields.Line(term, path + "taxonomy_term.", "name", 300) : "";
            tags |= OpenReferral.TagOf(id, name);
        }
        var (least, most) = (
            fields.Number(record, "", "minimum_age", 0, 120, "no number of years"),
            fields.Number(record, "", "maximum_age", 0, 150, "no number of years")
        );
        if (least > most)
            fields.Refuse("minimum_age", $"It is more than maximum_age ({least} and {most}).");
        var read = ServiceTags.Read(tags, details);
        if (read.Ages == ChildAge.None && most is { } oldest && least is null or <= 5)
            read = read with { Ages = AgesBetween(least ?? 0, oldest) };
        var fill = source.Fill;
        return fill is null
            ? read
            : read with
            {
                Needs = read.Needs == Need.None ? fill.Needs : read.Needs,
                Audience = read.Audience == ServiceAudience.None ? fill.Audience : read.Audience,
                Access = read.Access == Access.None ? fill.Access : read.Access,
            };
    }

    static ChildAge AgesBetween(double least, double most) =>
        (least < 1 ? ChildAge.FirstYear : ChildAge.None)
        | (least < 2 && most > 1 ? ChildAge.SecondYear : ChildAge.None)
        | (most > 2 ? ChildAge.TwoToFive : ChildAge.None);

    static bool IsOfVersion1(JsonElement record) =>
        !record.TryGetProperty("organization", out _) && Array.Exists(OfVersion1, old => record.TryGetProperty(old, out _));

    internal static string IdOf(JsonElement of, string name = "id")
    {
        if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out var value))
            return "";
        try
        {
            var text = value.ValueKind switch
            {
                JsonValueKind.String => UserText.Clean(TextSanitizer.Of(value.GetString()!)),
                JsonValueKind.Number => value.GetRawText(),
                _ => "",
            };
            return text.Length <= FamilyService.MaxSourceId ? text : "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>Ids of the standard are kept; others get one that is the same each time.</summary>
    internal static Guid AsGuid(string id, string otherwise) =>
        Guid.TryParse(id, out var known) && known != Guid.Empty
            ? known
            : new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{otherwise} {id}")))[..16]);
}
