using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using static InfantMHWeek.Events.Publishing.JsonSchema;

namespace InfantMHWeek.Events.Publishing;

/// <summary>What the answers of the interface look like: read from what they are made of, where they have a type.</summary>
static class EventApiSchemas
{
    public static JsonObject Page() =>
        Object(
            ("version", Text()),
            ("events", ListOf(Event())),
            ("next", OrNull("string")),
            ("nextUrl", OrNull("string")),
            ("gone", ListOfOrNull(Object(("id", Text()), ("at", Text()), ("why", OneOf(["withdrawn", "elsewhere"]))))),
            ("asOf", OrNull("string"))
        );

    /// <summary>What has no shape of its own here is text.</summary>
    static JsonObject Event() =>
        Object([
            .. typeof(PublishedEvent)
                .GetProperties()
                .Select(p =>
                    (
                        JsonNamingPolicy.CamelCase.ConvertName(p.Name),
                        p.Name switch
                        {
                            "Latitude" or "Longitude" => OrNull("number"),
                            "Dates" or "CancelledDates" => ListOf(Date()),
                            "Repeats" => Maybe(Repeats()),
                            "Ages" => Maybe(Object(("fromMonths", Count(null)), ("toMonths", Count(null)))),
                            "Photo" => Maybe(
                                Object(("url", Text()), ("width", Count(null)), ("height", Count(null)), ("alternative", Text()))
                            ),
                            "Source" => Object(("name", Text()), ("url", OrNull("string")), ("kind", OneOf(["organiser", "partner-list"]))),
                            "Audience" or "Stages" => ListOf(Text()),
                            "Facts" => new() { ["type"] = "object", ["additionalProperties"] = OneOf(["yes", "no", "not said"]) },
                            "Sequence" => Count(null),
                            _ when MayBeMissing(p) => OrNull("string"),
                            _ => Text(),
                        }
                    )
                ),
        ]);

    static bool MayBeMissing(PropertyInfo property) => new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;

    static JsonObject Date() =>
        Object(
            ("start", Text()),
            ("end", Text()),
            ("id", Text()),
            ("status", OneOf(["on", "moved", "cancelled", "postponed"])),
            ("planned", OrNull("string"))
        );

    static JsonObject Repeats() =>
        Object(
            ("words", Text()),
            ("rule", Text()),
            ("first", Text()),
            ("until", OrNull("string")),
            ("breaks", ListOf(Object(("from", Text()), ("to", Text()), ("reason", OrNull("string"))))),
            ("hours", ListOf(Object(("day", Text()), ("starts", Text()), ("ends", Text()))))
        );

    public static JsonObject FeedPage() =>
        Object(
            ("next", Text()),
            (
                "items",
                ListOf(
                    Object(
                        ("state", OneOf(["updated", "deleted"])),
                        ("kind", Text()),
                        ("id", Text()),
                        ("modified", Count(null)),
                        ("data", new() { ["type"] = "object" })
                    )
                )
            ),
            ("license", Text())
        );
}
