using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfantMHWeek.Platform.Store.Moving;

/// <summary>A number that is the same for the same values, whichever database they are in.</summary>
static class RowSum
{
    public static UInt128 Of(object?[] row, List<IColumn> columns)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < row.Length; i++)
        {
            var mapping = StoreRows.Mapping(columns[i]);
            hash.AppendData(
                Encoding.UTF8.GetBytes(
                    mapping is null
                        ? Ordered(row[i] as string)
                        : Words(mapping.Converter is { } converter ? converter.ConvertToProvider(row[i]) : row[i])
                )
            );
            hash.AppendData([0]);
        }
        return BitConverter.ToUInt128(hash.GetHashAndReset());
    }

    static string Words(object? value) =>
        value switch
        {
            null => "\u0001",
            string text => text,
            DateTime instant => (instant.Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture),
            byte[] bytes => Convert.ToHexString(bytes),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            IEnumerable several => string.Join('\u0002', several.Cast<object>()),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };

    /// <summary>A database may keep a document's members in an order of its own.</summary>
    static string Ordered(string? json)
    {
        return json is null ? "\u0001" : Sorted(JsonNode.Parse(json))?.ToJsonString() ?? "null";

        static JsonNode? Sorted(JsonNode? node) =>
            node switch
            {
                JsonObject members => new JsonObject(
                    members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))
                ),
                JsonArray items => new JsonArray([.. items.Select(Sorted)]),
                _ => node?.DeepClone(),
            };
    }
}
