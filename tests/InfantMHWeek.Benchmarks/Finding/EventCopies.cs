using System.Data.Common;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Benchmarks.Finding;

/// <summary>
/// Makes a million events in the time of a coffee: each event that is there, so many times, on other days. Made by the database itself,
/// which writes its indexes once, at the end.
/// </summary>
static class EventCopies
{
    /// <summary>Days by which copies are moved, so that they spread over a third of a year.</summary>
    const int Spread = 120,
        Step = 37;

    /// <param name="times">How many there are of each afterwards.</param>
    public static async Task MakeAsync(string connection, int times)
    {
        await using var db = StoreServices.Open(connection);
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        var postgres = StoreServices.IsPostgres(connection);
        await db.Database.OpenConnectionAsync();
        if (!postgres)
            await RunAsync(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000; PRAGMA foreign_keys=OFF");
        var indexes = await IndexesAsync(db, postgres);
        foreach (var (name, _) in indexes)
            await RunAsync(db, $"DROP INDEX \"{name}\"");
        string[] tables = [Table<Event>(db), Table<EventDate>(db)];
        foreach (var table in tables)
            await RunAsync(db, $"CREATE {(postgres ? "UNLOGGED" : "TEMP")} TABLE \"One{table}\" AS SELECT * FROM \"{table}\"");
        for (var copy = 1; copy < times; copy++)
        {
            await RunAsync(db, CopyOf<Event>(db, copy, postgres));
            await RunAsync(db, CopyOf<EventDate>(db, copy, postgres));
        }
        foreach (var table in tables)
            await RunAsync(db, $"DROP TABLE \"One{table}\"");
        foreach (var (_, made) in indexes)
            await RunAsync(db, made);
        await RunAsync(db, postgres ? "VACUUM ANALYZE" : "ANALYZE");
        if (!postgres)
            await RunAsync(db, "PRAGMA journal_mode=WAL");
    }

    static string Table<T>(SiteDb db) => db.Model.FindEntityType(typeof(T))!.GetTableName()!;

    static string CopyOf<T>(SiteDb db, int copy, bool postgres)
    {
        var columns = db.Model.FindEntityType(typeof(T))!.GetProperties().Select(p => p.GetColumnName()).ToList();
        var (table, values) = (Table<T>(db), columns.Select(column => ValueOf(column, copy, postgres)));
        return $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) "
            + $"SELECT {string.Join(", ", values)} FROM \"One{table}\"";
    }

    /// <summary>Ids begin with the number of the copy; the dates are those that the finder goes by.</summary>
    static string ValueOf(string column, int copy, bool postgres)
    {
        var days = copy * Step % Spread;
        return column switch
        {
            "Id" or "EventId" => postgres
                ? $"('{copy:X8}' || substr(\"{column}\"::text, 9))::uuid"
                : $"'{copy:X8}' || substr(\"{column}\", 9)",
            "Slug" => $"\"Slug\" || '-{copy}'",
            "StartUtc" or "EndUtc" => postgres
                ? $"\"{column}\" + interval '{days} days'"
                : $"strftime('%Y-%m-%d %H:%M:%S', \"{column}\", '+{days} days')",
            "Day" => postgres ? $"\"Day\" + {days}" : $"date(\"Day\", '+{days} days')",
            _ => $"\"{column}\"",
        };
    }

    static async Task<List<(string Name, string Made)>> IndexesAsync(SiteDb db, bool postgres)
    {
        var found = new List<(string, string)>();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = postgres
            ? "SELECT indexname::text, indexdef FROM pg_indexes WHERE tablename IN ('Events', 'EventDates') AND indexname LIKE 'IX_%'"
            : "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('Events', 'EventDates') AND name LIKE 'IX_%'";
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add((reader.GetString(0), reader.GetString(1)));
        return found;
    }

    static async Task RunAsync(SiteDb db, string statement)
    {
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.CommandTimeout) = (statement, 3600);
        await command.ExecuteNonQueryAsync();
    }
}
