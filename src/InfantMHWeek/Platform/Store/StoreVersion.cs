using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace InfantMHWeek.Platform.Store;

public enum StoreState
{
    /// <summary>No database yet, or an empty one.</summary>
    Missing,
    Current,
    /// <summary>Changes are due.</summary>
    Older,
    /// <summary>Written by a version of the site that this one does not know, or not by the site at all.</summary>
    Strange,
}

/// <summary>
/// Which shape a database has, and which this program needs. Asked of SQLite directly: Entity Framework would build its whole
/// model for it, and readers would wait for that at every start.
/// </summary>
/// <param name="Due">The changes not yet made to it.</param>
/// <param name="Foreign">The changes in it that this program does not know.</param>
public sealed record StoreVersion(StoreState State, string File, IReadOnlyList<string> Due, IReadOnlyList<string> Foreign)
{
    /// <exception cref="SettingsException">The file cannot be read as a database.</exception>
    public static StoreVersion Of(IConfiguration settings)
    {
        var place = new SqliteConnectionStringBuilder(StoreServices.ConnectionString(settings)) { Pooling = false, Mode = SqliteOpenMode.ReadWrite };
        var known = Known;
        if (!System.IO.File.Exists(place.DataSource)) return new(StoreState.Missing, place.DataSource, known, []);
        try
        {
            using var connection = new SqliteConnection(place.ToString());
            connection.Open();
            if (!Ask(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsHistory'").Any())
                return new(Ask(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '__EFMigrationsLock'").Any() ? StoreState.Strange : StoreState.Missing, place.DataSource, known, []);
            var made = Ask(connection, "SELECT MigrationId FROM __EFMigrationsHistory").ToList();
            IReadOnlyList<string> due = [.. known.Except(made, StringComparer.Ordinal)], unknown = [.. made.Except(known, StringComparer.Ordinal)];
            return new(unknown.Count > 0 ? StoreState.Strange : made.Count == 0 ? StoreState.Missing : due.Count > 0 ? StoreState.Older : StoreState.Current, place.DataSource, due, unknown);
        }
        catch (SqliteException problem)
        {
            throw new SettingsException($"The database {place.DataSource} cannot be read: {problem.Message}");
        }
    }

    /// <summary>The file that holds the database, by the settings.</summary>
    public static string FileOf(IConfiguration settings) => new SqliteConnectionStringBuilder(StoreServices.ConnectionString(settings)).DataSource;

    /// <summary>The changes in a database that this program does not know.</summary>
    /// <exception cref="SettingsException">The file is not a database of the site.</exception>
    public static IReadOnlyList<string> Unknown(string file)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            return [.. Ask(connection, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId").Except(Known, StringComparer.Ordinal)];
        }
        catch (SqliteException problem)
        {
            throw new SettingsException($"The database in it cannot be read: {problem.Message}");
        }
    }

    /// <summary>Every change that this program brings, oldest first.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. typeof(SiteDb).Assembly.GetTypes()
            .Where(t => t.Namespace == "InfantMHWeek.Platform.Store.Migrations" && t.GetCustomAttribute<DbContextAttribute>()?.ContextType == typeof(SiteDb))
            .Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order(StringComparer.Ordinal)];

    static IEnumerable<string> Ask(SqliteConnection connection, string question)
    {
        using var command = connection.CreateCommand();
        command.CommandText = question;
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return reader.GetString(0);
    }
}
