using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace InfantMHWeek.Platform.Store.Moving;

/// <summary>
/// Brings a whole site's database to another place, from SQLite to PostgreSQL or back. It arrives altogether or not at all, so a
/// broken move is simply begun again.
/// </summary>
static class StoreMove
{
    /// <param name="from">A connection string of either kind.</param>
    /// <param name="to">Likewise. A file must not exist yet; a PostgreSQL database must be there and empty.</param>
    /// <param name="aside">For PostgreSQL: a schema to which what is there may be moved; null when nothing may be there.</param>
    /// <returns>How many rows.</returns>
    /// <exception cref="SettingsException">Something is in the way, or did not arrive; then nothing was changed.</exception>
    public static long Run(string from, string to, Action<string> says, string? aside = null)
    {
        var version = StoreVersion.Of(from);
        if (version.State != StoreState.Current)
            throw new SettingsException($"The database {version.Place} is not one that this program can move: run \"db check\" first.");
        return StoreServices.IsPostgres(to)
            ? IntoPostgres(from, to, says, aside)
            : IntoFile(from, new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(to).DataSource, says);
    }

    static long IntoFile(string from, string file, Action<string> says)
    {
        using var source = StoreServices.Open(from);
        return IntoFile(source, file, says);
    }

    /// <param name="source">With a transaction open, what that one sees is copied.</param>
    internal static long IntoFile(SiteDb source, string file, Action<string> says)
    {
        if (File.Exists(file) || Directory.Exists(file))
            throw new SettingsException($"{file} is there already; nothing is ever written over.");
        var part = $"{file}.part-{Guid.NewGuid():N}";
        try
        {
            PrivateFile.Make(part);
            var rows = 0L;
            using (var target = StoreServices.Open(StoreServices.ConnectionOf(part) + ";Pooling=False"))
            {
                target.Database.Migrate();
                using (var all = target.Database.BeginTransaction())
                {
                    rows = new StoreCopy(source, target, says).Run();
                    all.Commit();
                }
                // One file and nothing beside it.
                target.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE;");
            }
            using (var written = new FileStream(part, FileMode.Open, FileAccess.ReadWrite))
                written.Flush(flushToDisk: true);
            File.Move(part, file, overwrite: false);
            return rows;
        }
        finally
        {
            foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm", "-journal"])
                File.Delete(part + suffix);
        }
    }

    static long IntoPostgres(string from, string to, Action<string> says, string? aside)
    {
        using var target = StoreServices.Open(to);
        var there = StoreVersion.Of(to);
        using var all = target.Database.BeginTransaction();
        target.Database.ExecuteSqlRaw(PostgresDb.Lock);
        if (there.State != StoreState.Missing)
        {
            if (aside is null && (there.State != StoreState.Current || HasRows(target)))
                throw new SettingsException($"The database {there.Place} is not empty; nothing is ever written over.");
            var name = aside ?? "empty_" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
#pragma warning disable EF1002 // A name of our own making.
            target.Database.ExecuteSqlRaw($"ALTER SCHEMA public RENAME TO \"{name}\"; CREATE SCHEMA public;");
            if (aside is null)
                target.Database.ExecuteSqlRaw($"DROP SCHEMA \"{name}\" CASCADE;");
#pragma warning restore EF1002
        }
        target.Database.ExecuteSqlRaw(
            target
                .GetService<IMigrator>()
                .GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions)
                .Replace("{", "{{", StringComparison.Ordinal)
                .Replace("}", "}}", StringComparison.Ordinal)
        );
        using var source = StoreServices.Open(from);
        var rows = new StoreCopy(source, target, says).Run();
        all.Commit();
        return rows;
    }

    /// <summary>Whether a PostgreSQL database has a schema of that name.</summary>
    internal static bool HasSchema(string connection, string name)
    {
        using var db = StoreServices.Open(connection);
        return db.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = {name}) AS \"Value\"").Single();
    }

#pragma warning disable EF1002 // Names come from the model.
    static bool HasRows(SiteDb db) =>
        db
            .Model.GetRelationalModel()
            .Tables.Any(table => db.Database.SqlQueryRaw<bool>($"SELECT EXISTS (SELECT 1 FROM \"{table.Name}\") AS \"Value\"").Single());
#pragma warning restore EF1002
}
