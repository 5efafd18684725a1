using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;

namespace InfantMHWeek.Services.Publishing;

/// <summary>The interface of Open Referral UK 3.0: read-only, without a key, of what the public may see.</summary>
static class OpenReferralEndpoints
{
    public const string Root = "/api/open-referral/3.0";

    public static void MapOpenReferral(this IEndpointRouteBuilder routes)
    {
        routes
            .MapMethods(Root, ReadMethods.All, (SiteAddress address, HttpContext http) => OpenReferralAnswers.Send(http, About(address)))
            .ExcludeFromDescription();
        routes.MapMethods(Root + "/services", ReadMethods.All, OpenReferralServices.ServicesAsync).ExcludeFromDescription();
        routes.MapMethods(Root + "/services/{id}", ReadMethods.All, OpenReferralServices.ServiceAsync).ExcludeFromDescription();
        routes.MapMethods(Root + "/service_at_locations", ReadMethods.All, OpenReferralLocations.AtLocationsAsync).ExcludeFromDescription();
        routes
            .MapMethods(Root + "/service_at_locations/{id}", ReadMethods.All, OpenReferralLocations.AtLocationAsync)
            .ExcludeFromDescription();
        routes
            .MapMethods(Root + "/taxonomies", ReadMethods.All, (HttpContext http) =>
                OpenReferralAnswers.Send(http, OpenReferralAnswers.Page(http, Taxonomies))
            )
            .ExcludeFromDescription();
        routes
            .MapMethods(Root + "/taxonomies/{id}", ReadMethods.All, (string id, HttpContext http) =>
                OpenReferralAnswers.Found(http, id, Taxonomies)
            )
            .ExcludeFromDescription();
        routes
            .MapMethods(Root + "/taxonomy_terms", ReadMethods.All, (HttpContext http) =>
                OpenReferralAnswers.Send(http, OpenReferralAnswers.Page(http, Terms))
            )
            .ExcludeFromDescription();
        routes
            .MapMethods(Root + "/taxonomy_terms/{id}", ReadMethods.All, (string id, HttpContext http) =>
                OpenReferralAnswers.Found(http, id, Terms)
            )
            .ExcludeFromDescription();
    }

    static IEnumerable<JsonObject> Taxonomies => OpenReferralTaxonomies.All.Select(OpenReferralTaxonomies.Json);

    static IEnumerable<JsonObject> Terms =>
        OpenReferralTaxonomies.All.SelectMany(t => t.Terms.Select(term => OpenReferralTaxonomies.Json(t.Id, t.About, term)));

    static JsonObject About(SiteAddress address) =>
        OpenReferralJson.Of(
            ("version", "3.0"),
            ("profile", "https://docs.openreferraluk.org/en/latest/"),
            ("openapi_url", address.Of("/openapi/v1.json"))
        );
}
