using System.Net;
using System.Text.Json.Nodes;

namespace InfantMHWeek.Tests.Events.Publishing;

/// <summary>The description of the interface by the rules of those who check such (OpenAPI 3.1, and what linters ask beside it).</summary>
[OneStore("a description")]
public sealed class EventApiDescriptionTests(RealSite site)
{
    static readonly string[] Types = ["object", "array", "string", "integer", "number", "boolean", "null"];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<JsonNode> Described()
    {
        using var browser = site.Browser();
        return JsonNode.Parse(await browser.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancel))!;
    }

    static IEnumerable<string> Faults(JsonNode root)
    {
        foreach (var name in (string[])["title", "version", "description", "contact", "license"])
            if (root["info"]?[name] is null)
                yield return $"info has no {name}";
        foreach (var server in root["servers"]!.AsArray())
            if (((string)server!["url"]!).EndsWith('/') || !Uri.IsWellFormedUriString((string)server["url"]!, UriKind.Absolute))
                yield return "a server ends in a slash, or is none";
        var tags = root["tags"]!.AsArray().Where(t => t!["description"] is not null).Select(t => (string)t!["name"]!).ToList();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, methods) in root["paths"]!.AsObject())
        foreach (var (method, operation) in methods!.AsObject())
        {
            var at = $"{method} {path}";
            if (operation!["operationId"] is not { } id || !ids.Add((string)id!))
                yield return $"{at} has no id of its own";
            if (operation["summary"] is null || operation["description"] is null)
                yield return $"{at} is not described";
            if (operation["tags"]?.AsArray() is not { Count: > 0 } named || named.Any(t => !tags.Contains((string)t!)))
                yield return $"{at} has no tag that is described";
            var parameters = operation["parameters"]!.AsArray();
            if (parameters.Select(p => (string)p!["name"]!).Distinct(StringComparer.Ordinal).Count() != parameters.Count)
                yield return $"{at} has a parameter twice";
            foreach (var parameter in parameters)
                if (parameter!["schema"] is null || parameter["description"] is null || (string?)parameter["in"] != "query")
                    yield return $"{at}: {parameter["name"]} is not described";
            var responses = operation["responses"]!.AsObject();
            if (!responses.ContainsKey("200") || !responses.ContainsKey("400"))
                yield return $"{at} does not say how it goes well and how not";
            foreach (var (status, response) in responses)
                if (response!["$ref"] is null && response["description"] is null)
                    yield return $"{at}: {status} is not described";
        }
        foreach (var fault in InTree(root, root, "#"))
            yield return fault;
    }

    static IEnumerable<string> InTree(JsonNode root, JsonNode? node, string at)
    {
        if (node is JsonArray list)
            return list.SelectMany((one, i) => InTree(root, one, $"{at}/{i}"));
        if (node is not JsonObject part)
            return [];
        var here = new List<string>();
        if (part["$ref"] is JsonValue named && Find(root, (string)named!) is null)
            here.Add($"{at} names {named}, which is not there");
        if (part["schema"] is JsonObject schema)
            here.AddRange(InSchema(schema, at + "/schema"));
        return here.Concat(part.SelectMany(member => InTree(root, member.Value, $"{at}/{member.Key}")));
    }

    static JsonNode? Find(JsonNode root, string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)root, (node, name) => node?[name]);

    static IEnumerable<string> InSchema(JsonNode schema, string at)
    {
        var types = schema["type"] is JsonArray several ? several.Select(t => (string)t!).ToList() : [(string?)schema["type"] ?? ""];
        if (types.Exists(t => !Types.Contains(t)))
            yield return $"{at} is of no type";
        if (types.Contains("array") && schema["items"] is null)
            yield return $"{at} does not say what it holds";
        foreach (var inner in (schema["properties"]?.AsObject().Select(p => p.Value) ?? []).Append(schema["items"]).OfType<JsonNode>())
        foreach (var fault in InSchema(inner, at + "/…"))
            yield return fault;
    }

    [Fact]
    public async Task It_is_without_a_fault() => Assert.Empty(Faults(await Described()));

    /// <summary>The control.</summary>
    [Fact]
    public async Task Each_fault_would_be_seen()
    {
        foreach (
            var spoil in (Action<JsonNode>[])
                [
                    d => d["servers"]![0]!["url"] = "https://week.example/",
                    d => d["components"]!["responses"]!.AsObject().Clear(),
                    d => d["paths"]!["/api/events"]!["get"]!["operationId"] = "listSessions",
                    d => d["tags"]!.AsArray().Clear(),
                    d => d["paths"]!["/api/events"]!["get"]!["parameters"]![0]!["schema"]!["type"] = "text",
                    d => d["info"]!.AsObject().Remove("contact"),
                ]
        )
        {
            var description = await Described();
            spoil(description);
            Assert.NotEmpty(Faults(description));
        }
    }

    /// <summary>Whatever stands in it answers as it says, and takes each parameter that it names.</summary>
    [Fact]
    public async Task What_it_describes_is_there()
    {
        using var browser = site.Browser();
        foreach (var (path, methods) in (await Described())["paths"]!.AsObject())
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var content = methods!["get"]!["responses"]!["200"]!["content"]!.AsObject().Single();
            Assert.Equal(content.Key, answer.Content.Headers.ContentType!.MediaType);
            var told = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!.AsObject().Select(p => p.Key);
            if (content.Value!["schema"]!["properties"] is JsonObject described)
                Assert.Equal(described.Select(p => p.Key), told);
            foreach (var parameter in methods["get"]!["parameters"]!.AsArray())
            {
                using var refused = await browser.GetAsync(new Uri($"{path}?{parameter!["name"]}=!", UriKind.Relative), Cancel);
                Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            }
        }
    }
}
