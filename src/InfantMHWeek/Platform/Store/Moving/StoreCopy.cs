using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfantMHWeek.Platform.Store.Moving;

/// <summary>
/// Copies all rows of one database into another of the same shape and whichever kind, inside a transaction of each, and reads
/// them again: what arrived must be, value by value, what left.
/// </summary>
/// <param name="to">Empty, with a transaction open; whoever opened it commits.</param>
sealed class StoreCopy(SiteDb from, SiteDb to, Action<string> says)
{
    const int ValuesAtOnce = 2000,
        ProgressEvery = 250_000;

    readonly Dictionary<string, ITable> target = to.Model.GetRelationalModel().Tables.ToDictionary(t => t.Name, StringComparer.Ordinal);

    /// <returns>How many rows there are.</returns>
    /// <exception cref="SettingsException">A table did not arrive as it left.</exception>
    public long Run()
    {
        using var asOfNow = from.Database.CurrentTransaction is null
            ? from.Database.BeginTransaction(from.Database.IsSqlite() ? IsolationLevel.Serializable : IsolationLevel.RepeatableRead)
            : null;
        var rows = 0L;
        foreach (var table in InOrder(from.Model.GetRelationalModel().Tables))
        {
            var (count, sum) = Copy(table);
            if (Sum(to, target[table.Name], table) != (count, sum))
                throw new SettingsException($"The table {table.Name} did not arrive as it left. Nothing was kept.");
            if (count > 0)
                says($"{table.Name}: {count.ToString("N0", CultureInfo.InvariantCulture)} rows");
            rows += count;
        }
        return rows;
    }

    /// <summary>A table after all that its rows point to.</summary>
    static List<ITable> InOrder(IEnumerable<ITable> tables)
    {
        var (ordered, left) = (new List<ITable>(), tables.OrderBy(t => t.Name, StringComparer.Ordinal).ToList());
        while (left.Count > 0)
        {
            var next = left.First(t => t.ForeignKeyConstraints.All(key => key.PrincipalTable == t || ordered.Contains(key.PrincipalTable)));
            ordered.Add(next);
            left.Remove(next);
        }
        return ordered;
    }

    (long Count, UInt128 Sum) Copy(ITable table)
    {
        var columns = table.Columns.ToList();
        var (count, sum, most) = (0L, UInt128.Zero, Math.Max(1, ValuesAtOnce / columns.Count));
        var waiting = new List<object?[]>(most);
        foreach (var row in Rows(from, columns))
        {
            waiting.Add(row);
            unchecked
            {
                sum += SumOf(row, columns);
            }
            if (++count % ProgressEvery == 0)
                says($"{table.Name}: {count.ToString("N0", CultureInfo.InvariantCulture)} rows so far");
            if (waiting.Count == most)
                Insert(table.Name, columns, waiting);
        }
        if (waiting.Count > 0)
            Insert(table.Name, columns, waiting);
        return (count, sum);
    }

    static (long Count, UInt128 Sum) Sum(SiteDb db, ITable table, ITable asIn)
    {
        var columns = asIn.Columns.Select(c => table.FindColumn(c.Name)!).ToList();
        var (count, sum, from) = (0L, UInt128.Zero, asIn.Columns.ToList());
        foreach (var row in Rows(db, columns))
        {
            count++;
            unchecked
            {
                sum += SumOf(row, from);
            }
        }
        return (count, sum);
    }

    static IEnumerable<object?[]> Rows(SiteDb db, List<IColumn> columns)
    {
        using var command = Command(
            db,
            $"SELECT {string.Join(", ", columns.Select(c => Quoted(c.Name)))} FROM {Quoted(columns[0].Table.Name)}"
        );
        using var reader = command.ExecuteReader();
        var (inHex, documents) = (
            db.Database.IsSqlite(),
            columns.Index().Where(c => Mapping(c.Item) is null).Select(c => c.Index).ToList()
        );
        while (reader.Read())
        {
            var row = new object?[columns.Count];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : Read(reader, i, Mapping(columns[i]));
            if (inHex)
                foreach (var i in documents)
                    row[i] = JsonBytes.ToBase64(row[i] as string, columns[i]);
            yield return row;
        }
    }

    void Insert(string table, List<IColumn> columns, List<object?[]> rows)
    {
        var there = columns.ConvertAll(c => target[table].FindColumn(c.Name)!);
        using var command = Command(to, "");
        var words = new StringBuilder($"INSERT INTO {Quoted(table)} ({string.Join(", ", there.Select(c => Quoted(c.Name)))}) VALUES ");
        foreach (var (n, row) in rows.Index())
        {
            words.Append(n == 0 ? "(" : "), (");
            for (var i = 0; i < row.Length; i++)
            {
                var name = $"@p{command.Parameters.Count}";
                words.Append(i == 0 ? "" : ", ");
                if (Mapping(there[i]) is { } mapping)
                {
                    words.Append(name);
                    command.Parameters.Add(mapping.CreateParameter(command, name, row[i], there[i].IsNullable));
                }
                else
                {
                    words.Append(CultureInfo.InvariantCulture, $"CAST({name} AS {there[i].StoreType})");
                    var parameter = command.CreateParameter();
                    var document = to.Database.IsSqlite() ? JsonBytes.ToHex(row[i] as string, there[i]) : row[i];
                    (parameter.ParameterName, parameter.Value) = (name, document ?? DBNull.Value);
                    command.Parameters.Add(parameter);
                }
            }
        }
#pragma warning disable CA2100 // Names come from the model, values are parameters.
        command.CommandText = words.Append(')').ToString();
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        rows.Clear();
    }

    /// <summary>How a column's values are kept; null for a document in JSON, which is text here.</summary>
    static RelationalTypeMapping? Mapping(IColumn column) =>
        column.PropertyMappings.Count > 0 ? column.PropertyMappings[0].TypeMapping : null;

    static readonly ConcurrentDictionary<Type, Func<DbDataReader, int, object>> Readers = [];

    static object? Read(DbDataReader reader, int column, RelationalTypeMapping? mapping)
    {
        if (mapping is null)
            return reader.GetString(column);
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        var read = Readers.GetOrAdd(type, static of =>
            typeof(StoreCopy)
                .GetMethod(nameof(ReadAs), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(of)
                .CreateDelegate<Func<DbDataReader, int, object>>()
        );
        var value = read(reader, column);
        return mapping.Converter is { } converter ? converter.ConvertFromProvider(value) : value;
    }

    static object ReadAs<T>(DbDataReader reader, int column)
        where T : notnull => reader.GetFieldValue<T>(column);

    static UInt128 SumOf(object?[] row, List<IColumn> columns)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < row.Length; i++)
        {
            var mapping = Mapping(columns[i]);
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

    static DbCommand Command(SiteDb db, string words)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Names come from the model.
        command.CommandText = words;
#pragma warning restore CA2100
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandTimeout = 0;
        return command;
    }

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
