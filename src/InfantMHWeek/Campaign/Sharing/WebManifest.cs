using System.Text.Json.Nodes;
using InfantMHWeek.Campaign.Library;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>How the site looks on a phone's home screen.</summary>
static class WebManifest
{
    public static string Write(Snapshot site) =>
        new JsonObject
        {
            ["name"] = site.Site.Name,
            ["short_name"] = site.Site.ShortName,
            ["lang"] = "en-GB",
            ["start_url"] = "/",
            ["display"] = "browser",
            ["background_color"] = "#fbf7f0",
            ["theme_color"] = "#5b2a5e",
            ["icons"] = new JsonArray(
                Icon("/favicon.svg", "any", "image/svg+xml"),
                Icon("/icons/192.png", "192x192", "image/png"),
                Icon("/icons/512.png", "512x512", "image/png")
            ),
        }.ToJsonString();

    static JsonObject Icon(string path, string sizes, string type) =>
        new()
        {
            ["src"] = path,
            ["sizes"] = sizes,
            ["type"] = type,
        };
}
