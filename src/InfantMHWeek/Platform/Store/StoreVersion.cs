using System.Data.Common;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using InfantMHWeek.Platform.Configuration;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace InfantMHWeek.Platform.Store;

enum StoreState
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
/// Which shape a database has, and which this program needs. Asked of the database directly: Entity Framework would build its
/// whole model for it, and readers would wait for that at every start.
/// </summary>
/// <param name="Place">The file, or the database and its host.</param>
/// <param name="Due">The changes not yet made to it.</param>
/// <param name="Foreign">The changes in it that this program does not know.</param>
sealed record StoreVersion(StoreState State, string Place, IReadOnlyList<string> Due, IReadOnlyList<string> Foreign)
{
    const string SqliteTables =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '__EFMigrationsLock'";
    const string PostgresTables = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()";
    internal const string Made = "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"";

    /// <exception cref="SettingsException">There is no such database, or it cannot be read.</exception>
    public static StoreVersion Of(IConfiguration settings) => Of(StoreServices.ConnectionString(settings));

    internal static StoreVersion Of(string set)
    {
        try
        {
            return StoreServices.IsPostgres(set) ? OfPostgres(set) : OfSqlite(set);
        }
        catch (ArgumentException problem)
        {
            throw new SettingsException($"ConnectionStrings:Site is not a connection string: {problem.Message}");
        }
    }

    static StoreVersion OfSqlite(string set)
    {
        var place = new SqliteConnectionStringBuilder(set) { Pooling = false, Mode = SqliteOpenMode.ReadWrite };
        if (!File.Exists(place.DataSource))
            return new(StoreState.Missing, place.DataSource, Known, []);
        using var connection = new SqliteConnection(place.ToString());
        return Of(connection, place.DataSource, SqliteTables, Known);
    }

    static StoreVersion OfPostgres(string set)
    {
        var place = new NpgsqlConnectionStringBuilder(set) { Pooling = false };
        if (place.Database is not { Length: > 0 })
            throw new SettingsException("ConnectionStrings:Site names no database: add Database=….");
        using var connection = new NpgsqlConnection(place.ToString());
        return Of(connection, $"{place.Database} at {place.Host}", PostgresTables, KnownToPostgres);
    }

    static StoreVersion Of(DbConnection connection, string place, string tables, IReadOnlyList<string> known)
    {
        try
        {
            connection.Open();
            var there = Ask(connection, tables).ToList();
            if (!there.Contains("__EFMigrationsHistory", StringComparer.Ordinal))
                return new(there.Count > 0 ? StoreState.Strange : StoreState.Missing, place, known, []);
            var made = Ask(connection, Made).ToList();
            IReadOnlyList<string> due = [.. known.Except(made, StringComparer.Ordinal)],
                unknown = [.. made.Except(known, StringComparer.Ordinal)];
            return new(
                unknown.Count > 0 ? StoreState.Strange
                    : made.Count == 0 ? StoreState.Missing
                    : due.Count > 0 ? StoreState.Older
                    : StoreState.Current,
                place,
                due,
                unknown
            );
        }
        catch (DbException problem)
        {
            var sentence = $"The database {place} cannot be read: {problem.Message}";
            throw StoreTrouble.IsAway(problem) ? new StoreUnreachableException(sentence) : new SettingsException(sentence);
        }
    }

    /// <summary>The file that holds a SQLite database, by the settings.</summary>
    public static string FileOf(IConfiguration settings) =>
        new SqliteConnectionStringBuilder(StoreServices.ConnectionString(settings)).DataSource;

    /// <summary>The changes in a SQLite database that this program does not know.</summary>
    /// <exception cref="SettingsException">The file is not a database of the site.</exception>
    public static IReadOnlyList<string> Unknown(string file)
    {
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = file,
                    Mode = SqliteOpenMode.ReadOnly,
                    Pooling = false,
                }.ToString()
            );
            connection.Open();
            return [.. Ask(connection, Made + " ORDER BY 1").Except(Known, StringComparer.Ordinal)];
        }
        catch (SqliteException problem)
        {
            throw new SettingsException($"The database in it cannot be read: {problem.Message}");
        }
    }

    /// <summary>Every change that this program brings to SQLite, oldest first.</summary>
    public static IReadOnlyList<string> Known { get; } = ChangesOf(typeof(SiteDb));

    /// <summary>And to PostgreSQL.</summary>
    internal static IReadOnlyList<string> KnownToPostgres => ToPostgres.Value;
    static readonly Lazy<IReadOnlyList<string>> ToPostgres = new(() => ChangesOf(typeof(PostgresDb)));

    static string[] ChangesOf(Type database) =>
        [
            .. Below(database.Namespace + ".")
                .Where(t => t.GetCustomAttribute<DbContextAttribute>()?.ContextType == database)
                .Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id)
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>
    /// The classes in rooms of a namespace. Found by their names in the file: loading every class of the program for it would take a
    /// tenth of each start.
    /// </summary>
    static List<Type> Below(string space)
    {
        var assembly = typeof(SiteDb).Assembly;
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var names = file.GetMetadataReader();
        var found = new List<Type>();
        foreach (var type in names.TypeDefinitions.Select(names.GetTypeDefinition))
            if (names.StringComparer.StartsWith(type.Namespace, space))
                found.Add(assembly.GetType($"{names.GetString(type.Namespace)}.{names.GetString(type.Name)}", throwOnError: true)!);
        return found;
    }

    static IEnumerable<string> Ask(DbConnection connection, string question)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Questions are written in this file.
        command.CommandText = question;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return reader.GetString(0);
    }
}
