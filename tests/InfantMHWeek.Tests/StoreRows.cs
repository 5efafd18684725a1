using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests;

static class StoreRows
{
    /// <summary>Every row of every table as the store holds it: <c>Table: column=value|…</c>.</summary>
    /// <param name="but">Tables to pass over.</param>
    public static Task<IReadOnlyList<string>> Rows(this TestSite site, params IReadOnlyList<string> but) =>
        site.InStore<IReadOnlyList<string>>(async db =>
        {
            var (all, cancel) = (new List<string>(), TestContext.Current.CancellationToken);
            var connection = db.Database.GetDbConnection();
            await db.Database.OpenConnectionAsync(cancel);
            foreach (
                var table in db
                    .Model.GetEntityTypes()
                    .Select(t => t.GetTableName())
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal)
                    .Except(but, StringComparer.Ordinal)
            )
            {
                await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are the model's own.
                command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
                await using var rows = await command.ExecuteReaderAsync(cancel);
                while (await rows.ReadAsync(cancel))
                    all.Add($"{table}: {string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(i => Field(rows, i)))}");
            }
            return all;
        });

    static string Field(DbDataReader row, int i) =>
        $"{row.GetName(i)}={(row.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : row.GetValue(i))}";
}
