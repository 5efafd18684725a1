using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfantMHWeek.Platform.Store.Moving;

/// <summary>The rows of a table, each value as the model knows it.</summary>
static class StoreRows
{
    public static IEnumerable<object?[]> Of(SiteDb db, List<IColumn> columns)
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

    /// <summary>How a column's values are kept; null for a document in JSON, which is text here.</summary>
    public static RelationalTypeMapping? Mapping(IColumn column) =>
        column.PropertyMappings.Count > 0 ? column.PropertyMappings[0].TypeMapping : null;

    static readonly ConcurrentDictionary<Type, Func<DbDataReader, int, object>> Readers = [];

    static object? Read(DbDataReader reader, int column, RelationalTypeMapping? mapping)
    {
        if (mapping is null)
            return reader.GetString(column);
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        var read = Readers.GetOrAdd(type, static of =>
            typeof(StoreRows)
                .GetMethod(nameof(ReadAs), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(of)
                .CreateDelegate<Func<DbDataReader, int, object>>()
        );
        var value = read(reader, column);
        return mapping.Converter is { } converter ? converter.ConvertFromProvider(value) : value;
    }

    static object ReadAs<T>(DbDataReader reader, int column)
        where T : notnull => reader.GetFieldValue<T>(column);

    public static DbCommand Command(SiteDb db, string words)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Names come from the model.
        command.CommandText = words;
#pragma warning restore CA2100
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandTimeout = 0;
        return command;
    }

    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
