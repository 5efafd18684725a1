using System.Globalization;
using System.Text.Json.Nodes;

namespace InfantMHWeek.Services.Publishing;

/// <summary>Objects of the standard: what is not known is left out, never null.</summary>
static class OpenReferralJson
{
    /// <summary>An object without what is empty.</summary>
    public static JsonObject Of(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var json = new JsonObject();
        foreach (var (name, value) in fields)
            if (!string.IsNullOrEmpty(value))
                json[name] = value;
        return json;
    }

    public static void Add(JsonObject json, string name, IReadOnlyList<JsonObject> many)
    {
        if (many.Count > 0)
            json[name] = new JsonArray([.. many]);
    }

    public static string Instant(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Joined(string between, params IEnumerable<string> parts) => string.Join(between, parts.Where(p => p.Length > 0));
}
