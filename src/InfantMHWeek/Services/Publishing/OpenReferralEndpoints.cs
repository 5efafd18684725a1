using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Services.Publishing;

/// <summary>The interface of Open Referral UK 3.0: read-only, without a key, of what the public may see.</summary>
static class OpenReferralEndpoints
{
    public const string Root = "/api/open-referral/3.0";

    public static void MapOpenReferral(this IEndpointRouteBuilder routes)
    {
        Get("", (SiteAddress address, HttpContext http) => OpenReferralAnswers.Send(http, About(address)));
        Get("/services", OpenReferralServices.ServicesAsync);
        Get("/services/{id}", OpenReferralServices.ServiceAsync);
        Get("/service_at_locations", OpenReferralLocations.AtLocationsAsync);
        Get("/service_at_locations/{id}", OpenReferralLocations.AtLocationAsync);
        Get("/taxonomies", (HttpContext http) => OpenReferralAnswers.Send(http, OpenReferralAnswers.Page(http, Taxonomies)));
        Get("/taxonomies/{id}", (string id, HttpContext http) => OpenReferralAnswers.Found(http, id, Taxonomies));
        Get("/taxonomy_terms", (HttpContext http) => OpenReferralAnswers.Send(http, OpenReferralAnswers.Page(http, Terms)));
        Get("/taxonomy_terms/{id}", (string id, HttpContext http) => OpenReferralAnswers.Found(http, id, Terms));

        void Get(string path, Delegate answer) =>
            routes.MapMethods(Root + path, [HttpMethods.Get, HttpMethods.Head], answer).ExcludeFromDescription();
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
