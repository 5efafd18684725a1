using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>Something without which forms and staff cannot work.</summary>
/// <param name="Missing">What is missing, in plain words and without paths, because anybody may ask; null when all is well.</param>
public sealed record Need(Func<IServiceProvider, string?> Missing);

/// <summary>Whether the site can do all its work; looked at once a second at most, because anybody may ask as often as they like.</summary>
public sealed class Readiness(IEnumerable<Need> needs, IServiceProvider services, TimeProvider clock)
{
    public static readonly TimeSpan CachedFor = TimeSpan.FromSeconds(1);
    readonly Lock gate = new();
    IReadOnlyList<string>? obstacles;
    long lookedAt;

    public IReadOnlyList<string> Obstacles()
    {
        lock (gate)
        {
            if (obstacles is not null && clock.GetElapsedTime(lookedAt) < CachedFor) return obstacles;
            obstacles = [.. needs.Select(n => n.Missing(services)).OfType<string>()];
            lookedAt = clock.GetTimestamp();
            return obstacles;
        }
    }
}

/// <summary>For whoever watches the server: alive (reading pages are answered), and ready (forms and staff can work too); if not, why.</summary>
public static class Health
{
    public static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton(new Need(s => Store(s.GetRequiredService<IConfiguration>())));
        services.AddSingleton(new Need(s => Keys(s.GetRequiredService<IConfiguration>())));
        services.AddSingleton(new Need(s => IsNearlyFull(s.GetRequiredService<IConfiguration>()) ? "the disk of the data folder is nearly full" : null));
    }

    public static void MapHealth(this WebApplication app)
    {
        Hosting.FromOutside.SeenRequest.Map(app);
        app.MapGet("/health/live", context => Answer(context.Response, "alive"));
        var readiness = app.Services.GetRequiredService<Readiness>();
        app.MapGet("/health/ready", context =>
        {
            if (readiness.Obstacles() is not { Count: > 0 } obstacles) return Answer(context.Response, "ready");
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Answer(context.Response, "not ready: " + string.Join("; ", obstacles));
        });
    }

    static string? Store(IConfiguration settings)
    {
        try
        {
            return StoreVersion.Of(Impatient(StoreServices.ConnectionString(settings))).State switch
            {
                StoreState.Current => null,
                StoreState.Older => "the database waits for a change",
                StoreState.Strange => "the database belongs to another version of the site",
                _ => "the database cannot be read",
            };
        }
        catch (SettingsException)
        {
            return "the database cannot be read";
        }
    }

    static string Impatient(string store) => StoreServices.IsPostgres(store)
        ? new NpgsqlConnectionStringBuilder(store) { Timeout = 2, CommandTimeout = 2 }.ToString()
        : new SqliteConnectionStringBuilder(store) { DefaultTimeout = 2 }.ToString();

    static string? Keys(IConfiguration settings)
    {
        try
        {
            SiteFolders.TryWriting(DataProtectionKeys.Folder(settings));
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "the keys that sign forms and sign-ins cannot be written";
        }
    }

    /// <summary>Less than <c>Data:LeastFreeMegabytes</c> is left on the disk of the data folder (64 unless set), or there is no such disk.</summary>
    public static bool IsNearlyFull(IConfiguration settings)
    {
        try
        {
            var folder = SiteFolders.Data(settings);
            // Before the first start it is not there yet.
            while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above) folder = above;
            return new DriveInfo(folder).AvailableFreeSpace < SettingsReader.Read<DataSettings>(settings).LeastFreeMegabytes * 1024 * 1024;
        }
        catch (IOException)
        {
            return true;
        }
    }

    static Task Answer(HttpResponse response, string word)
    {
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(word);
    }
}
