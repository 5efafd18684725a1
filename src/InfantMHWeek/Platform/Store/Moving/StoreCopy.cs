using System.Data;
using System.Globalization;
using System.Text;
using InfantMHWeek.Platform.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

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
        foreach (var row in StoreRows.Of(from, columns))
        {
            waiting.Add(row);
            unchecked
            {
                sum += RowSum.Of(row, columns);
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
        foreach (var row in StoreRows.Of(db, columns))
        {
            count++;
            unchecked
            {
                sum += RowSum.Of(row, from);
            }
        }
        return (count, sum);
    }

    void Insert(string table, List<IColumn> columns, List<object?[]> rows)
    {
        var there = columns.ConvertAll(c => target[table].FindColumn(c.Name)!);
        using var command = StoreRows.Command(to, "");
        var words = new StringBuilder(
            $"INSERT INTO {StoreRows.Quoted(table)} ({string.Join(", ", there.Select(c => StoreRows.Quoted(c.Name)))}) VALUES "
        );
        foreach (var (n, row) in rows.Index())
        {
            words.Append(n == 0 ? "(" : "), (");
            for (var i = 0; i < row.Length; i++)
            {
                var name = $"@p{command.Parameters.Count}";
                words.Append(i == 0 ? "" : ", ");
                if (StoreRows.Mapping(there[i]) is { } mapping)
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
}
