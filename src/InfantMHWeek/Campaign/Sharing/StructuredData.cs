using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>The page's facts as JSON-LD (schema.org), so that search engines show what the page says and nothing more.</summary>
static class StructuredData
{
    /// <returns>JSON in which every angle bracket is escaped, safe inside a script element.</returns>
    public static string Of(Page page, Snapshot site, SiteAddress address, IEnumerable<KeyValuePair<string, JsonNode>>? more = null)
    {
        var facts = OfKind(page, site, address);
        facts["@context"] = "https://schema.org";
        facts["name"] = page.Kind == PageKind.Home ? site.Site.Name : page.Title;
        facts["description"] = page.Summary;
        facts["url"] = address.Of(page.Path);
        facts["inLanguage"] = "en-GB";
        if (page.Publish is { } shown)
            facts["datePublished"] = Day(UkTime.DayOf(shown));
        if (page.Reviewed is { } day)
            facts["dateModified"] = Day(day);
        foreach (var (name, value) in more ?? [])
            facts[name] = value;
        return JsonSerializer.Serialize(facts);
    }

    static JsonObject OfKind(Page page, Snapshot site, SiteAddress address) =>
        page.Kind switch
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
                ["author"] = Us(site, address),
                ["publisher"] = Us(site, address),
                ["image"] = address.Of($"/share{page.Path}.png"),
                ["mainEntityOfPage"] = new JsonObject
                {
                    ["@type"] = "WebPage",
                    ["@id"] = address.Of(page.Path),
                    ["breadcrumb"] = Breadcrumbs(page, site, address),
                },
            },
        };

    static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The charity as soon as somebody has said which, and until then the campaign.</summary>
    static JsonObject Us(Snapshot site, SiteAddress address) =>
        new()
        {
            ["@type"] = "Organization",
            ["name"] = site.Site.Organisation?.Name ?? site.Site.Name,
            ["url"] = address.Of("/"),
        };

    static JsonObject Breadcrumbs(Page page, Snapshot site, SiteAddress address)
    {
        var parts = page.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var above = Enumerable.Range(1, parts.Length).Select(n => site.Find("/" + string.Join('/', parts[..n]))).OfType<Page>();
        var items = (site.Home is { } home ? above.Prepend(home) : above).Select(
            (p, i) =>
                (JsonNode)
                    new JsonObject
                    {
                        ["@type"] = "ListItem",
                        ["position"] = i + 1,
                        ["name"] = p.Label,
                        ["item"] = address.Of(p.Path),
                    }
        );
        return new JsonObject { ["@type"] = "BreadcrumbList", ["itemListElement"] = new JsonArray([.. items]) };
    }

    static JsonObject Organisation(CourseFields course)
    {
        var provider = new JsonObject { ["@type"] = "Organization", ["name"] = course.Provider };
        if (course.ProviderLink is { } link)
            provider["url"] = link;
        return provider;
    }
}
