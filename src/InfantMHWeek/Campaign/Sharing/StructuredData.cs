using System.Text.Json;
using System.Text.Json.Nodes;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>The page's facts as JSON-LD (schema.org), so that search engines show what the page says and nothing more.</summary>
public static class StructuredData
{
    /// <returns>JSON in which every angle bracket is escaped, safe inside a script element.</returns>
    public static string Of(Page page, Snapshot site, SiteAddress address, IEnumerable<KeyValuePair<string, JsonNode>>? more = null)
    {
        var url = address.Of(page.Path);
        var facts = page.Kind switch
        {
            PageKind.Home => new JsonObject
            {
                ["@type"] = "WebSite",
                ["potentialAction"] = new JsonObject
                {
                    ["@type"] = "SearchAction",
                    ["target"] = address.Of("/search") + "?q={words}",
                    ["query-input"] = "required name=words",
                },
            },
            PageKind.Course => new JsonObject
            {
                ["@type"] = "Course",
                ["provider"] = Organisation(page.Course!),
                ["isAccessibleForFree"] = page.Course!.Cost?.StartsWith("free", StringComparison.OrdinalIgnoreCase),
            },
            _ => new JsonObject
            {
                ["@type"] = "Article",
                ["headline"] = page.Title,
                ["isPartOf"] = new JsonObject
                {
                    ["@type"] = "WebSite",
                    ["name"] = site.Site.Name,
                    ["url"] = address.Of("/"),
                },
            },
        };
        facts["@context"] = "https://schema.org";
        facts["name"] = page.Kind == PageKind.Home ? site.Site.Name : page.Title;
        facts["description"] = page.Summary;
        facts["url"] = url;
        facts["inLanguage"] = "en-GB";
        if (page.Reviewed is { } day)
            facts["dateModified"] = day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (name, value) in more ?? [])
            facts[name] = value;
        return JsonSerializer.Serialize(facts);
    }

    static JsonObject Organisation(CourseFields course)
    {
        var provider = new JsonObject { ["@type"] = "Organization", ["name"] = course.Provider };
        if (course.ProviderLink is { } link)
            provider["url"] = link;
        return provider;
    }
}
