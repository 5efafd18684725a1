using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Services.Finding;

namespace InfantMHWeek.Services.Publishing;

/// <summary>The parts of a service by Open Referral: who runs it, its places, its areas, its languages, its cost, its words.</summary>
static class OpenReferralParts
{
    public static JsonObject Organisation(PublicService service)
    {
        var live = service.Live;
        return OpenReferralJson.Of(
            ("id", service.OrganisationId.ToString()),
            ("name", live.Organisation),
            ("description", live.OrganisationAbout.Length > 0 ? live.OrganisationAbout : live.Organisation),
            ("website", live.OrganisationLink)
        );
    }

    public static JsonObject AtLocation(PublicService service, ServicePlace place)
    {
        var json = OpenReferralJson.Of(
            ("id", OpenReferralIds.Of(service, place).ToString()),
            ("service_id", service.Id.ToString()),
            ("location_id", place.Id.ToString())
        );
        json["location"] = Location(place, service.Live);
        return json;
    }

    static JsonObject Location(ServicePlace place, ServiceDetails live)
    {
        var json = OpenReferralJson.Of(
            ("id", place.Id.ToString()),
            ("location_type", "physical"),
            ("name", place.Name),
            ("description", place.Confidential ? $"{place.Town}; the address is kept secret" : "")
        );
        if (place.Confidential)
            return json;
        if (place.Point is { } point)
            (json["latitude"], json["longitude"]) = (Math.Round(point.Latitude, 5), Math.Round(point.Longitude, 5));
        if (place.Postcode.Length > 0)
            json["addresses"] = new JsonArray(
                OpenReferralJson.Of(
                    ("id", OpenReferralIds.Named($"address {place.Id}").ToString()),
                    ("address_1", OpenReferralJson.Joined(", ", place.Name, place.Address) is { Length: > 0 } line ? line : place.Town),
                    ("city", place.Town),
                    // Required also in the UK, where few know their county.
                    ("state_province", Regions.NameOf(place.Region) is { Length: > 0 } region ? region : place.Town),
                    ("postal_code", place.Postcode),
                    ("country", "GB"),
                    ("address_type", "physical")
                )
            );
        if (live.Yes.HasFlag(ServiceFacts.StepFree))
            json["accessibility"] = new JsonArray(
                OpenReferralJson.Of(
                    ("id", OpenReferralIds.Named($"step-free {place.Id}").ToString()),
                    ("description", "Step-free with a pram")
                )
            );
        return json;
    }

    public static JsonObject Schedule(PublicService service) =>
        OpenReferralJson.Of(("id", OpenReferralIds.Named($"schedule {service.Id}").ToString()), ("description", service.Live.Hours));

    public static IEnumerable<JsonObject> Areas(PublicService service) =>
        (service.Live.Nationwide ? ["United Kingdom"] : service.Live.Areas.Select(Regions.NameOf).Concat(service.Live.Districts))
            .Distinct(StringComparer.Ordinal)
            .Select(name => OpenReferralJson.Of(("id", OpenReferralIds.Named($"area {service.Id} {name}").ToString()), ("name", name)));

    public static IEnumerable<JsonObject> Spoken(PublicService service) =>
        ServiceLabels
            .Languages.Where(l => service.Live.Languages.HasFlag(l.Value))
            .Select(l => (l.Slug, l.Name))
            .Prepend(("en", "English"))
            .Append(("", service.Live.OtherLanguages))
            .Where(l => l.Item2.Length > 0)
            .Select(l =>
                OpenReferralJson.Of(
                    ("id", OpenReferralIds.Named($"language {service.Id} {l.Item1}").ToString()),
                    ("name", l.Item2),
                    ("code", l.Item1)
                )
            );

    public static JsonObject Cost(PublicService service)
    {
        var json = OpenReferralJson.Of(
            ("id", OpenReferralIds.Named($"cost {service.Id}").ToString()),
            ("option", ServiceLabels.NameOf(service.Live.Cost)),
            ("amount_description", service.Live.CostNote)
        );
        if (service.Live.Cost is ServiceCost.Free or ServiceCost.Donation)
            json["amount"] = 0;
        return json;
    }

    public static JsonObject Contact(PublicService service)
    {
        var id = OpenReferralIds.Named($"contact {service.Id}").ToString();
        var json = OpenReferralJson.Of(("id", id), ("service_id", service.Id.ToString()), ("name", service.Live.Title));
        json["phones"] = new JsonArray(
            OpenReferralJson.Of(
                ("id", OpenReferralIds.Named($"phone {service.Id}").ToString()),
                ("number", service.Live.Phone),
                ("contact_id", id)
            )
        );
        return json;
    }

    public static IEnumerable<JsonObject> Attributes(PublicService service)
    {
        var tags = ServiceTags.Of(service.Live);
        foreach (var taxonomy in OpenReferralTaxonomies.All)
        foreach (var term in taxonomy.Terms.Where(t => (tags & t.Tag) != 0))
        {
            var json = OpenReferralJson.Of(
                ("id", OpenReferralIds.Named($"attribute {service.Id} {term.Id}").ToString()),
                ("link_id", service.Id.ToString()),
                ("link_type", "service"),
                ("taxonomy_term_id", term.Id.ToString())
            );
            json["taxonomy_term"] = OpenReferralTaxonomies.Json(taxonomy.Id, taxonomy.About, term);
            yield return json;
        }
    }
}
