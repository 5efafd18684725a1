using System.Text.Json.Nodes;

namespace InfantMHWeek.Events.Publishing;

/// <summary>The words of JSON Schema, as a description of an interface needs them.</summary>
static class JsonSchema
{
    public static JsonObject Text() => new() { ["type"] = "string" };

    public static JsonObject Instant() => new() { ["type"] = "string", ["format"] = "date-time" };

    public static JsonObject OrNull(string type) => new() { ["type"] = new JsonArray(type, "null") };

    public static JsonObject Count(int? most)
    {
        var count = new JsonObject { ["type"] = "integer", ["minimum"] = most is null ? 0 : 1 };
        if (most is { } limit)
            count["maximum"] = limit;
        return count;
    }

    public static JsonObject OneOf(IEnumerable<string> words)
    {
        var text = Text();
        text["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]);
        return text;
    }

    public static JsonObject Object(params (string Name, JsonObject Schema)[] properties) =>
        new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Schema))),
        };

    public static JsonObject Maybe(JsonObject schema)
    {
        schema["type"] = new JsonArray("object", "null");
        return schema;
    }

    public static JsonObject ListOf(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    public static JsonObject ListOfOrNull(JsonObject items) => new() { ["type"] = new JsonArray("array", "null"), ["items"] = items };
}
