using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Places;
using static InfantMHWeek.Events.Publishing.JsonSchema;

namespace InfantMHWeek.Events.Publishing;

/// <summary>
/// The description of the interface (OpenAPI). Written by hand: a generated one would describe the staff's endpoints too, and every form.
/// </summary>
static class EventApiDescription
{
    const string Events = "Events",
        OpenActive = "OpenActive";

    public static JsonObject Of(SiteAddress address, EventSettings settings) =>
        new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Events of Infant Mental Health Awareness Week",
                ["version"] = "1.1",
                ["description"] =
                    "Approved events only, and no personal data. Times carry their offset from UTC. What a version has stays as it is in "
                    + "all that begin with the same number; fields may be added. To keep a copy: read /api/events from the first page to "
                    + "the last and keep `asOf` of the first; from then on ask `updated-since` that moment, take over `events` and "
                    + "`gone`, and keep the `asOf` of the last page. Something may be told twice, nothing is left out. What was withdrawn "
                    + "is told for good. `repeats` says how a group repeats; where its weekdays have different hours, `hours` says those "
                    + "of each, by the clock in the UK.",
                ["contact"] = new JsonObject { ["name"] = "Infant Mental Health Awareness Week", ["url"] = address.Of("/contact") },
                ["license"] = new JsonObject { ["name"] = "The licence of the facts of events", ["url"] = settings.DataLicence },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = address.Of("/").TrimEnd('/') }),
            ["security"] = new JsonArray(),
            ["tags"] = new JsonArray(
                new JsonObject { ["name"] = Events, ["description"] = "All that the public may know of events." },
                new JsonObject { ["name"] = OpenActive, ["description"] = "The same as a feed by the standards of OpenActive." }
            ),
            ["paths"] = new JsonObject
            {
                [EventApi.Path] = Operation(
                    Events,
                    "listEvents",
                    "Approved events, in the order of their ids",
                    "Page by page: follow `nextUrl`, which the header Link names too. With `updated-since` in the order of their changes.",
                    ("A page of events.", "application/json", EventApiSchemas.Page()),
                    [
                        Parameter("region", "A nation or region.", OneOf(Regions.All.Select(r => r.Slug))),
                        Parameter("nation", "All regions of a nation.", OneOf(Regions.Nations.Keys.Order(StringComparer.Ordinal))),
                        Parameter("cursor", "The next of the page before.", Text()),
                        Parameter("limit", "How many at once.", Count(EventApiRequest.MostAtOnce)),
                        Parameter("updated-since", "Only what changed since this moment, with its offset or Z.", Instant()),
                    ]
                ),
                [OpenActiveFeed.Path] = Operation(
                    OpenActive,
                    "listSessions",
                    "Sessions for Realtime Paged Data Exchange 1.0",
                    "Follow `next` as it is. The last page is empty, and its `next` leads to itself.",
                    ("A page of the feed.", "application/json", EventApiSchemas.FeedPage()),
                    [
                        Parameter("afterTimestamp", "`modified` of the last item of the page before.", Count(null)),
                        Parameter("afterId", "`id` of that item.", Text()),
                        Parameter("limit", "How many at once.", Count(OpenActiveFeed.MostAtOnce)),
                    ]
                ),
                [OpenActiveFeed.DatasetPath] = Operation(
                    OpenActive,
                    "describeDataset",
                    "What the feed is",
                    "A Dataset of schema.org as JSON-LD, for catalogues.",
                    ("The dataset.", "application/ld+json", new() { ["type"] = "object" }),
                    []
                ),
            },
            ["components"] = new JsonObject
            {
                ["responses"] = new JsonObject
                {
                    ["Refused"] = Response(
                        "Something in the address could not be read.",
                        "application/problem+json",
                        Object(("title", Text()), ("status", new() { ["type"] = "integer" }), ("detail", Text()))
                    ),
                },
            },
        };

    static JsonObject Operation(
        string tag,
        string id,
        string summary,
        string description,
        (string Words, string Type, JsonObject Schema) answer,
        IEnumerable<JsonNode> parameters
    ) =>
        new()
        {
            ["get"] = new JsonObject
            {
                ["operationId"] = id,
                ["summary"] = summary,
                ["description"] = description,
                ["tags"] = new JsonArray(tag),
                ["parameters"] = new JsonArray([.. parameters]),
                ["responses"] = new JsonObject
                {
                    ["200"] = Response(answer.Words, answer.Type, answer.Schema),
                    ["304"] = new JsonObject { ["description"] = "It is as it was when it had the entity tag of If-None-Match." },
                    ["400"] = new JsonObject { ["$ref"] = "#/components/responses/Refused" },
                },
            },
        };

    static JsonObject Response(string words, string type, JsonObject schema) =>
        new()
        {
            ["description"] = words,
            ["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = schema } },
        };

    static JsonObject Parameter(string name, string words, JsonObject schema) =>
        new()
        {
            ["name"] = name,
            ["in"] = "query",
            ["required"] = false,
            ["description"] = words,
            ["schema"] = schema,
        };
}
