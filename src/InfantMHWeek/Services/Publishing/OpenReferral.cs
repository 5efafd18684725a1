using System.Globalization;
using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Services.Finding;

namespace InfantMHWeek.Services.Publishing;

/// <summary>
/// Services in the words of Open Referral UK (HSDS-UK 3.0). What is not known is left out, never null; ids are the same at every answer.
/// </summary>
static class OpenReferral
{
    public static JsonObject Service(PublicService service, SiteAddress address, bool whole)
    {
        var live = service.Live;
        var json = OpenReferralJson.Of(
            ("id", service.Id.ToString()),
            ("name", live.Title),
            ("status", StatusOf(service)),
            ("organization_id", service.OrganisationId.ToString()),
            ("description", OpenReferralJson.Joined("\n\n", live.Summary, live.Description)),
            ("url", live.Link.Length > 0 ? live.Link : address.Of(service.Path)),
            ("email", live.Email),
            ("fees", OpenReferralJson.Joined(": ", live.Cost == ServiceCost.NotSaid ? "" : ServiceLabels.NameOf(live.Cost), live.CostNote)),
            ("alert", service.StateInWords),
            ("application_process", whole ? live.AccessNote : ""),
            ("assured_date", service.CheckedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("last_modified", OpenReferralJson.Instant(service.UpdatedAt))
        );
        // A service without an age would read as one for adults.
        json["minimum_age"] = 0;
        if (MaximumAge(live.Ages) is { } most)
            json["maximum_age"] = most;
        json["organization"] = OpenReferralParts.Organisation(service);
        if (!whole)
            return json;
        OpenReferralJson.Add(json, "schedules", live.Hours.Length > 0 ? [OpenReferralParts.Schedule(service)] : []);
        OpenReferralJson.Add(json, "service_areas", [.. OpenReferralParts.Areas(service)]);
        OpenReferralJson.Add(json, "service_at_locations", [.. service.Live.Places.Select(p => OpenReferralParts.AtLocation(service, p))]);
        OpenReferralJson.Add(json, "languages", [.. OpenReferralParts.Spoken(service)]);
        OpenReferralJson.Add(json, "cost_options", live.Cost == ServiceCost.NotSaid ? [] : [OpenReferralParts.Cost(service)]);
        OpenReferralJson.Add(json, "contacts", live.Phone.Length > 0 ? [OpenReferralParts.Contact(service)] : []);
        OpenReferralJson.Add(json, "attributes", [.. OpenReferralParts.Attributes(service)]);
        return json;
    }

    /// <summary>As little as tells a program whether it has it already.</summary>
    public static JsonObject Minimal(PublicService service) =>
        OpenReferralJson.Of(
            ("id", service.Id.ToString()),
            ("name", service.Live.Title),
            ("status", StatusOf(service)),
            ("last_modified", OpenReferralJson.Instant(service.UpdatedAt))
        );

    /// <summary>
    /// What was taken away, for whoever has it still: its id, and that it is no more. What was said of it is not said again, unless it
    /// goes on under another id.
    /// </summary>
    public static JsonObject Gone(FamilyService gone, SiteAddress address, bool minimal)
    {
        var joined = gone.JoinedTo is not null;
        return OpenReferralJson.Of(
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
            ("last_modified", OpenReferralJson.Instant(gone.UpdatedAt))
        );
    }

    /// <summary>One place of a service, with both in full enough to be shown.</summary>
    public static JsonObject ServiceAtLocation(PublicService service, ServicePlace place, SiteAddress address)
    {
        var json = OpenReferralParts.AtLocation(service, place);
        json["service"] = Service(service, address, whole: false);
        return json;
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
}
