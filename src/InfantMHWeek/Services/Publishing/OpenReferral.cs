using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Services.Finding;

namespace InfantMHWeek.Services.Publishing;

/// <summary>
/// Services in the words of Open Referral UK (HSDS-UK 3.0). What is not known is left out, never null; ids are the same at every answer.
/// </summary>
static class OpenReferral
{
    public const string Needs = "What it helps with",
        Audiences = "Who it is for",
        Ages = "How old the child is",
        Accesses = "How to come to it",
        Ways = "In what form help is given",
        Facts = "What there is";

    /// <summary>The lists of words by which services are sorted, each with its terms.</summary>
    public static readonly IReadOnlyList<(Guid Id, string Name, string About, IReadOnlyList<Term> Terms)> Taxonomies =
    [
        (
            Named("taxonomy needs"),
            Needs,
            "What a family needs, in the words that people use.",
            [.. ServiceLabels.Needs.Select(n => new Term(Named("need " + n.Slug), n.Name, ServiceTags.Of(n.Value)))]
        ),
        (
            Named("taxonomy audiences"),
            Audiences,
            "Whom a service is for.",
            [.. ServiceLabels.Audiences.Select(a => new Term(Named("audience " + a.Slug), a.Name, ServiceTags.Of(a.Value)))]
        ),
        (
            Named("taxonomy ages"),
            Ages,
            "How old the child is with whom a family comes.",
            [.. ServiceLabels.Ages.Select(a => new Term(Named("age " + a.Slug), a.Name, ServiceTags.Of(a.Value)))]
        ),
        (
            Named("taxonomy accesses"),
            Accesses,
            "Whether one may ask oneself, and who else can refer a family.",
            [.. ServiceLabels.Accesses.Select(a => new Term(Named("access " + a.Slug), NameOf(a), ServiceTags.Of(a.Value)))]
        ),
        (
            Named("taxonomy ways"),
            Ways,
            "Whether help is given at a place, at home, online or by phone.",
            [.. ServiceLabels.Ways.Select(w => new Term(Named("way " + w.Slug), w.Name, ServiceTags.Of(w.Value)))]
        ),
        (
            Named("taxonomy facts"),
            Facts,
            "What makes it easier to come.",
            [.. ServiceLabels.Facts.Select(f => new Term(Named("fact " + f.Slug), f.Name, ServiceTags.Of(f.Value)))]
        ),
    ];

    /// <summary>What has been published stays as it is, whatever the pages call it.</summary>
    static string NameOf((Access Value, string Slug, string Name) access) =>
        access.Value == Access.AskYourself ? "You can ask yourself" : access.Name;

    /// <returns>What a term of ours says, by its id or else by its name; nothing for terms of others.</returns>
    public static long TagOf(string id, string name)
    {
        var terms = Taxonomies.SelectMany(t => t.Terms);
        return Guid.TryParse(id, out var known) && terms.FirstOrDefault(t => t.Id == known) is { } term
            ? term.Tag
            : terms.Where(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Aggregate(0L, (sum, t) => sum | t.Tag);
    }

    /// <param name="Tag">Of the services that have it.</param>
    public sealed record Term(Guid Id, string Name, long Tag);

    public static JsonObject Service(PublicService service, SiteAddress address, bool whole)
    {
        var live = service.Live;
        var json = Of(
            ("id", service.Id.ToString()),
            ("name", live.Title),
            ("status", StatusOf(service)),
            ("organization_id", service.OrganisationId.ToString()),
            ("description", Joined("\n\n", live.Summary, live.Description)),
            ("url", live.Link.Length > 0 ? live.Link : address.Of(service.Path)),
            ("email", live.Email),
            ("fees", Joined(": ", live.Cost == ServiceCost.NotSaid ? "" : ServiceLabels.NameOf(live.Cost), live.CostNote)),
            ("alert", service.StateInWords),
            ("application_process", whole ? live.AccessNote : ""),
            ("assured_date", service.CheckedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("last_modified", Instant(service.UpdatedAt))
        );
        // A service without an age would read as one for adults.
        json["minimum_age"] = 0;
        if (MaximumAge(live.Ages) is { } most)
            json["maximum_age"] = most;
        json["organization"] = Organisation(service);
        if (!whole)
            return json;
        Add(json, "schedules", live.Hours.Length > 0 ? [Schedule(service)] : []);
        Add(json, "service_areas", [.. Areas(service)]);
        Add(json, "service_at_locations", [.. service.Live.Places.Select(p => AtLocation(service, p))]);
        Add(json, "languages", [.. Spoken(service)]);
        Add(json, "cost_options", live.Cost == ServiceCost.NotSaid ? [] : [Cost(service)]);
        Add(json, "contacts", live.Phone.Length > 0 ? [Contact(service)] : []);
        Add(json, "attributes", [.. Attributes(service)]);
        return json;
    }

    /// <summary>As little as tells a program whether it has it already.</summary>
    public static JsonObject Minimal(PublicService service) =>
        Of(
            ("id", service.Id.ToString()),
            ("name", service.Live.Title),
            ("status", StatusOf(service)),
            ("last_modified", Instant(service.UpdatedAt))
        );

    /// <summary>
    /// What was taken away, for whoever has it still: its id, and that it is no more. What was said of it is not said again, unless it
    /// goes on under another id.
    /// </summary>
    public static JsonObject Gone(FamilyService gone, SiteAddress address, bool minimal)
    {
        var joined = gone.JoinedTo is not null;
        return Of(
            ("id", gone.Id.ToString()),
            ("name", joined ? gone.Live!.Title : "No longer listed"),
            ("status", joined ? "inactive" : "defunct"),
            ("url", minimal || !joined ? null : address.Of("/services/" + gone.Slug)),
            (
                "alert",
                minimal ? null
                : joined ? "Listed under another id"
                : "Taken away"
            ),
            ("last_modified", Instant(gone.UpdatedAt))
        );
    }

    /// <summary>One place of a service, with both in full enough to be shown.</summary>
    public static JsonObject ServiceAtLocation(PublicService service, ServicePlace place, SiteAddress address)
    {
        var json = AtLocation(service, place);
        json["service"] = Service(service, address, whole: false);
        return json;
    }

    /// <summary>Begins like the service's own id, so that the service is found by it.</summary>
    public static Guid IdOf(PublicService service, ServicePlace place)
    {
        var (bytes, own) = (service.Id.ToByteArray(bigEndian: true), Named($"{service.Id} at {place.Id}").ToByteArray(bigEndian: true));
        own.AsSpan(8).CopyTo(bytes.AsSpan(8));
        return new(bytes, bigEndian: true);
    }

    /// <summary>Between which ids the service of a place is.</summary>
    public static (Guid Least, Guid Most) ServicesOf(Guid atLocation)
    {
        var (least, most) = (atLocation.ToByteArray(bigEndian: true), atLocation.ToByteArray(bigEndian: true));
        least.AsSpan(8).Clear();
        most.AsSpan(8).Fill(byte.MaxValue);
        return (new(least, bigEndian: true), new(most, bigEndian: true));
    }

    public static JsonObject Taxonomy((Guid Id, string Name, string About, IReadOnlyList<Term> Terms) taxonomy) =>
        Of(("id", taxonomy.Id.ToString()), ("name", taxonomy.Name), ("description", taxonomy.About), ("version", "1"));

    public static JsonObject TaxonomyTerm(Guid taxonomy, string about, Term term) =>
        Of(("id", term.Id.ToString()), ("name", term.Name), ("description", $"{about}: {term.Name}"), ("taxonomy_id", taxonomy.ToString()));

    /// <summary>An object without what is empty.</summary>
    public static JsonObject Of(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var json = new JsonObject();
        foreach (var (name, value) in fields)
            if (!string.IsNullOrEmpty(value))
                json[name] = value;
        return json;
    }

    static void Add(JsonObject json, string name, IReadOnlyList<JsonObject> many)
    {
        if (many.Count > 0)
            json[name] = new JsonArray([.. many]);
    }

    static string StatusOf(PublicService service) =>
        service.ClosedAt is not null || service.UnlistedAt is not null ? "inactive"
        : service.PausedAt is not null ? "temporarily closed"
        : "active";

    static int? MaximumAge(ChildAge ages) =>
        ages.HasFlag(ChildAge.TwoToFive) ? 5
        : ages.HasFlag(ChildAge.SecondYear) ? 2
        : ages.HasFlag(ChildAge.FirstYear) ? 1
        : null;

    static JsonObject Organisation(PublicService service)
    {
        var live = service.Live;
        return Of(
            ("id", service.OrganisationId.ToString()),
            ("name", live.Organisation),
            ("description", live.OrganisationAbout.Length > 0 ? live.OrganisationAbout : live.Organisation),
            ("website", live.OrganisationLink)
        );
    }

    static JsonObject AtLocation(PublicService service, ServicePlace place)
    {
        var json = Of(("id", IdOf(service, place).ToString()), ("service_id", service.Id.ToString()), ("location_id", place.Id.ToString()));
        json["location"] = Location(place, service.Live);
        return json;
    }

    static JsonObject Location(ServicePlace place, ServiceDetails live)
    {
        var json = Of(
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
                Of(
                    ("id", Named($"address {place.Id}").ToString()),
                    ("address_1", Joined(", ", place.Name, place.Address) is { Length: > 0 } line ? line : place.Town),
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
                Of(("id", Named($"step-free {place.Id}").ToString()), ("description", "Step-free with a pram"))
            );
        return json;
    }

    static JsonObject Schedule(PublicService service) =>
        Of(("id", Named($"schedule {service.Id}").ToString()), ("description", service.Live.Hours));

    static IEnumerable<JsonObject> Areas(PublicService service) =>
        (service.Live.Nationwide ? ["United Kingdom"] : service.Live.Areas.Select(Regions.NameOf).Concat(service.Live.Districts))
            .Distinct(StringComparer.Ordinal)
            .Select(name => Of(("id", Named($"area {service.Id} {name}").ToString()), ("name", name)));

    static IEnumerable<JsonObject> Spoken(PublicService service) =>
        ServiceLabels
            .Languages.Where(l => service.Live.Languages.HasFlag(l.Value))
            .Select(l => (l.Slug, l.Name))
            .Prepend(("en", "English"))
            .Append(("", service.Live.OtherLanguages))
            .Where(l => l.Item2.Length > 0)
            .Select(l => Of(("id", Named($"language {service.Id} {l.Item1}").ToString()), ("name", l.Item2), ("code", l.Item1)));

    static JsonObject Cost(PublicService service)
    {
        var json = Of(
            ("id", Named($"cost {service.Id}").ToString()),
            ("option", ServiceLabels.NameOf(service.Live.Cost)),
            ("amount_description", service.Live.CostNote)
        );
        if (service.Live.Cost is ServiceCost.Free or ServiceCost.Donation)
            json["amount"] = 0;
        return json;
    }

    static JsonObject Contact(PublicService service)
    {
        var id = Named($"contact {service.Id}").ToString();
        var json = Of(("id", id), ("service_id", service.Id.ToString()), ("name", service.Live.Title));
        json["phones"] = new JsonArray(
            Of(("id", Named($"phone {service.Id}").ToString()), ("number", service.Live.Phone), ("contact_id", id))
        );
        return json;
    }

    static IEnumerable<JsonObject> Attributes(PublicService service)
    {
        var tags = ServiceTags.Of(service.Live);
        foreach (var taxonomy in Taxonomies)
        foreach (var term in taxonomy.Terms.Where(t => (tags & t.Tag) != 0))
        {
            var json = Of(
                ("id", Named($"attribute {service.Id} {term.Id}").ToString()),
                ("link_id", service.Id.ToString()),
                ("link_type", "service"),
                ("taxonomy_term_id", term.Id.ToString())
            );
            json["taxonomy_term"] = TaxonomyTerm(taxonomy.Id, taxonomy.About, term);
            yield return json;
        }
    }

    static string Instant(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static string Joined(string between, params IEnumerable<string> parts) => string.Join(between, parts.Where(p => p.Length > 0));

    /// <summary>The same id for the same name, at every answer and on every machine (RFC 9562, version 8).</summary>
    static Guid Named(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("InfantMHWeek " + name))[..16];
        (bytes[6], bytes[8]) = ((byte)(bytes[6] & 0x0F | 0x80), (byte)(bytes[8] & 0x3F | 0x80));
        return new(bytes, bigEndian: true);
    }
}
