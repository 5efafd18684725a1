using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using Microsoft.Data.Sqlite;

namespace InfantMHWeek.Platform.Store.Backup;

/// <summary>
/// Copies the database while the site runs. Copying the file itself loses what still lies in the log beside it, and no check
/// of the copy would say so; SQLite's own backup, asked inside a transaction that reads, writes what that reader sees.
/// </summary>
sealed class DatabaseBackup(string source)
{
    /// <returns>How many rows the copy holds.</returns>
    /// <exception cref="SettingsException">
    /// There is a file already, or the copy is not what it should be; then nothing is left behind.
    /// </exception>
    public long WriteTo(string target)
    {
        using var snapshot = Snapshot(null);
        return snapshot.WriteTo(target);
    }

    /// <inheritdoc cref="DatabaseSnapshot.Of"/>
    internal DatabaseSnapshot Snapshot(Action? together) => new SqliteSnapshot(source, together);

    sealed class SqliteSnapshot : DatabaseSnapshot
    {
        readonly SqliteConnection reading;

        public SqliteSnapshot(string source, Action? together)
        {
            using var holding = Open(source, SqliteOpenMode.ReadWrite);
            reading = Open(source, SqliteOpenMode.ReadWrite);
            Do(holding, "BEGIN IMMEDIATE");
            Do(reading, "BEGIN");
            // The first question fixes what all later ones see.
            Number(reading, "SELECT count(*) FROM sqlite_master");
            together?.Invoke();
            Do(holding, "ROLLBACK");
        }

        public override long WriteTo(string target)
        {
            if (File.Exists(target) || Directory.Exists(target))
                throw new SettingsException($"{target} is there already; a backup never writes over anything.");
            var part = $"{target}.part-{Guid.NewGuid():N}";
            try
            {
                // SQLite accepts an empty file; made by us, nobody else can ever read it.
                PrivateFile.Make(part);
                using (var to = Open(part, SqliteOpenMode.ReadWrite))
                {
                    reading.BackupDatabase(to);
                    // One file and nothing beside it.
                    Do(to, "PRAGMA journal_mode=DELETE");
                }
                using (var file = new FileStream(part, FileMode.Open, FileAccess.ReadWrite))
                    file.Flush(flushToDisk: true);
                var rows = Compare(RowsOf(reading), part);
                File.Move(part, target, overwrite: false);
                return rows;
            }
            finally
            {
                foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm", "-journal"])
                    File.Delete(part + suffix);
            }
        }

        static long Compare(Dictionary<string, long> before, string copy)
        {
            using var to = Open(copy, SqliteOpenMode.ReadOnly);
            var rows = RowsOf(to);
            if (Texts(to, "PRAGMA quick_check") is not ["ok"])
                throw new SettingsException("The copy is damaged: the disk may be full or failing. Nothing was kept.");
            if (rows.Count != before.Count || before.Any(t => rows.GetValueOrDefault(t.Key, -1) != t.Value))
                throw new SettingsException("The copy does not hold all rows. Nothing was kept.");
            return rows.Values.Sum();
        }

        static void Do(SqliteConnection connection, string what)
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in this file.
            command.CommandText = what;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        public override void Dispose() => reading.Dispose();
    }

    /// <summary>What SQLite finds wrong with a database; empty when it is whole.</summary>
    public static IList<string> ProblemsOf(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadWrite);
        var problems = Texts(connection, "PRAGMA integrity_check").Where(line => line != "ok").ToList();
        problems.AddRange(
            Texts(
                connection,
                "SELECT \"table\" || ', row ' || coalesce(rowid, '?') || ' names a row of ' || \"parent\" || ' that is not there' FROM "
                    + "pragma_foreign_key_check"
            )
        );
        return problems;
    }

    static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 20,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    static Dictionary<string, long> RowsOf(SqliteConnection connection) =>
        Texts(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            .ToDictionary(
                table => table,
                table => Number(connection, $"SELECT count(*) FROM \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\""),
                StringComparer.Ordinal
            );

    static long Number(SqliteConnection connection, string question) =>
        long.Parse(Texts(connection, question)[0], CultureInfo.InvariantCulture);

    static List<string> Texts(SqliteConnection connection, string question)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Questions are written in this file; a table's name is quoted.
        command.CommandText = question;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return texts;
    }
}
