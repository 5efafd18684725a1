using System.Text.Json;
using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Services.Finding;

namespace InfantMHWeek.Services.Publishing;

/// <summary>A service as schema.org describes it, for search engines: the same truth as the page.</summary>
static class ServiceJsonLd
{
    /// <returns>JSON in which every angle bracket is escaped, safe inside a script element.</returns>
    public static string Of(PublicService service, SiteAddress address)
    {
        var live = service.Live;
        var organisation = new JsonObject { ["@type"] = KindOf(live.Organisation), ["name"] = live.Organisation };
        if (live.OrganisationLink.Length > 0)
            organisation["url"] = live.OrganisationLink;
        var json = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Service",
            ["name"] = live.Title,
            ["description"] = live.Summary,
            ["url"] = address.Of(service.Path),
            ["provider"] = organisation,
            ["serviceType"] = string.Join(", ", ServiceLabels.NamesOf(live.Needs)),
            ["audience"] = new JsonObject
            {
                ["@type"] = "PeopleAudience",
                ["audienceType"] = string.Join(", ", ServiceLabels.NamesOf(live.Audience)),
            },
        };
        if (live.Nationwide || live.Areas.Count > 0)
            json["areaServed"] = live.Nationwide ? "United Kingdom" : string.Join(", ", live.Areas.Select(Regions.NameOf));
        if (live.Cost is ServiceCost.Free or ServiceCost.Donation)
            json["isAccessibleForFree"] = true;
        var channels = new JsonArray([.. live.AtAPlace ? live.Places.Select(PlaceOf) : []]);
        if (Channel(live) is { Count: > 1 } remote)
            channels.Add(remote);
        if (channels.Count > 0)
            json["availableChannel"] = channels;
        return JsonSerializer.Serialize(json);
    }

    static readonly string[] Charitable = ["charity", "charitable", "foundation"];

    /// <summary>Only what the name itself says: of all others an organisation is all that is known.</summary>
    static string KindOf(string organisation) =>
        organisation.Contains("NHS", StringComparison.Ordinal) ? "MedicalOrganization"
        : Array.Exists(Charitable, w => organisation.Contains(w, StringComparison.OrdinalIgnoreCase)) ? "NGO"
        : "Organization";

    static JsonNode PlaceOf(ServicePlace place)
    {
        var where = new JsonObject { ["@type"] = "PostalAddress", ["addressCountry"] = "GB" };
        foreach (
            var (name, value) in new[]
            {
                ("streetAddress", place.Address),
                ("addressLocality", place.Town),
                ("postalCode", place.Postcode),
            }.Where(f => f.Item2.Length > 0)
        )
            where[name] = value;
        var location = new JsonObject { ["@type"] = "Place", ["address"] = where };
        if (place.Name.Length > 0)
            location["name"] = place.Name;
        return new JsonObject { ["@type"] = "ServiceChannel", ["serviceLocation"] = location };
    }

    static JsonObject Channel(ServiceDetails live)
    {
        var channel = new JsonObject { ["@type"] = "ServiceChannel" };
        if (live.Phone.Length > 0)
            channel["servicePhone"] = new JsonObject { ["@type"] = "ContactPoint", ["telephone"] = live.Phone };
        if (live.Link.Length > 0)
            channel["serviceUrl"] = live.Link;
        return channel;
    }
}
