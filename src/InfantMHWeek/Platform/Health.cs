using System.Data.Common;
using InfantMHWeek.Platform.Store;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace InfantMHWeek.Platform;

/// <summary>For whoever watches the server: alive (reading pages are answered), and ready (forms and staff can work too); if not, why.</summary>
public static class Health
{
    const long LeastFree = 64 * 1024 * 1024;

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", context => Answer(context.Response, "alive"));
        // The content is read before the first request is taken, so only the store can be missing.
        app.MapGet("/health/ready", context =>
        {
            if (Obstacle(app.Configuration) is not { } obstacle) return Answer(context.Response, "ready");
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Answer(context.Response, "not ready: " + obstacle);
        });
    }

    /// <returns>In plain words and without paths, because anybody may ask; null when all is well.</returns>
    static string? Obstacle(IConfiguration settings)
    {
        try
        {
            using var connection = Connect(StoreServices.ConnectionString(settings));
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM \"__EFMigrationsHistory\"";
            command.ExecuteScalar();
            return new DriveInfo(SiteFolders.Data(settings)).AvailableFreeSpace < LeastFree ? "the disk of the data folder is nearly full" : null;
        }
        catch (DbException)
        {
            return "the database cannot be read";
        }
        catch (IOException)
        {
            return "the data folder cannot be reached";
        }
    }

    static DbConnection Connect(string store) => StoreServices.IsPostgres(store)
        ? new NpgsqlConnection(new NpgsqlConnectionStringBuilder(store) { Timeout = 2, CommandTimeout = 2 }.ToString())
        : new SqliteConnection(new SqliteConnectionStringBuilder(store) { Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 2 }.ToString());

    static Task Answer(HttpResponse response, string word)
    {
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(word);
    }
}
