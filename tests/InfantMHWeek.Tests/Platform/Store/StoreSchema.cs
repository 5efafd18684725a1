using System.Data.Common;
using InfantMHWeek.Platform.Store;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace InfantMHWeek.Tests.Platform.Store;

/// <summary>Asks a database itself, of either kind, without the program's model.</summary>
static class StoreSchema
{
    const string HistoryTables = "('__EFMigrationsHistory', '__EFMigrationsLock')";

    const string SqliteTables =
        $"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN {HistoryTables}";
    const string PostgresTables = $"SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN {HistoryTables}";

    const string SqliteShape = $"""
        SELECT 'column ' || m.name || '.' || c.name || ' ' || c.type || iif(c."notnull", ' NOT NULL', '') || iif(c.pk, ' key ' || c.pk, '')
        FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT IN {HistoryTables}
        UNION ALL SELECT 'points ' || m.name || '.' || f."from" || ' to ' || f."table" || '.' || coalesce(f."to", '') || ' ' || f.on_delete
        FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
        UNION ALL SELECT 'index ' || m.tbl_name || ' ' || m.name || iif(i."unique", ' unique', '') || ' of ' ||
            (SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(m.name) ORDER BY seqno))
        FROM sqlite_master m, pragma_index_list(m.tbl_name) i WHERE m.type = 'index' AND i.name = m.name AND m.sql IS NOT NULL
        """;

    const string PostgresShape = $"""
        SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type ||
            coalesce('(' || character_maximum_length || ')', '') || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT IN {HistoryTables}
        UNION ALL SELECT 'rule ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
            AND conrelid::regclass::text NOT LIKE '%EFMigrations%'
        UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT IN {HistoryTables}
        """;

    /// <summary>How many rows each table has.</summary>
    public static IReadOnlyDictionary<string, long> Counts(string store)
    {
        using var connection = Open(store);
        return Ask(connection, StoreServices.IsPostgres(store) ? PostgresTables : SqliteTables)
            .ToDictionary(
                table => table,
                table =>
                    long.Parse(
                        Ask(connection, $"SELECT CAST(count(*) AS text) FROM \"{table}\"")[0],
                        System.Globalization.CultureInfo.InvariantCulture
                    ),
                StringComparer.Ordinal
            );
    }

    /// <summary>Its tables, columns, keys, rules and indexes, a line each; whatever defaults a change has left is not part of it.</summary>
    public static IReadOnlyList<string> Shape(string store)
    {
        using var connection = Open(store);
        return [.. Ask(connection, StoreServices.IsPostgres(store) ? PostgresShape : SqliteShape).Order(StringComparer.Ordinal)];
    }

    /// <summary>Rows that name rows which are not there, and rules that do not hold for what was there before them.</summary>
    public static IReadOnlyList<string> Broken(string store)
    {
        using var connection = Open(store);
        return Ask(
            connection,
            StoreServices.IsPostgres(store)
                ? "SELECT conname::text FROM pg_constraint WHERE NOT convalidated"
                : "SELECT \"table\" || ' names ' || \"parent\" FROM pragma_foreign_key_check"
        );
    }

    public static IReadOnlyList<string> Ask(string store, string question)
    {
        using var connection = Open(store);
        return Ask(connection, question);
    }

    public static void Do(string store, string what)
    {
        using var connection = Open(store);
        using var command = connection.CreateCommand();
        command.CommandText = what;
        command.ExecuteNonQuery();
    }

    static DbConnection Open(string store)
    {
        DbConnection connection = StoreServices.IsPostgres(store) ? new NpgsqlConnection(store) : new SqliteConnection(store);
        connection.Open();
        return connection;
    }

    static List<string> Ask(DbConnection connection, string question)
    {
        using var command = connection.CreateCommand();
        command.CommandText = question;
        using var reader = command.ExecuteReader();
        var answers = new List<string>();
        while (reader.Read())
            answers.Add(reader.GetString(0));
        return answers;
    }
}
