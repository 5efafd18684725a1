using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfantMHWeek.Platform.Store.Moving;

/// <summary>
/// Bytes inside a document: Entity Framework writes them in hexadecimal into SQLite and in base64 into PostgreSQL. Copied as they are,
/// a passkey's public key would be another key.
/// </summary>
static class JsonBytes
{
    static readonly ConcurrentDictionary<IColumn, string[]> Members = [];

    /// <param name="column">Holds such documents.</param>
    public static string? ToBase64(string? json, IColumn column) =>
        Rewritten(json, column, text => Convert.ToBase64String(Convert.FromHexString(text)));

    /// <inheritdoc cref="ToBase64"/>
    public static string? ToHex(string? json, IColumn column) =>
        Rewritten(json, column, text => Convert.ToHexString(Convert.FromBase64String(text)));

    static string? Rewritten(string? json, IColumn column, Func<string, string> rewrite)
    {
        if (json is null || Members.GetOrAdd(column, Of) is not { Length: > 0 } members || JsonNode.Parse(json) is not JsonObject document)
            return json;
        foreach (var member in members)
            if (document[member] is JsonValue value)
                document[member] = rewrite(value.GetValue<string>());
        return document.ToJsonString();
    }

    static string[] Of(IColumn column) =>
        [
            .. column
                .Table.Model.Model.GetEntityTypes()
                .Where(type =>
                    type.IsMappedToJson() && type.GetContainerColumnName() == column.Name && type.GetTableName() == column.Table.Name
                )
                .SelectMany(type => type.GetProperties())
                .Where(property => property.ClrType == typeof(byte[]))
                .Select(property => property.GetJsonPropertyName())
                .OfType<string>(),
        ];
}
