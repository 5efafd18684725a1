using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>The database can be read, and is this version's.</summary>
sealed class StoreHealthCheck(IConfiguration settings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Health.ResultOf(Missing());

    string? Missing()
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

    static string Impatient(string store) =>
        StoreServices.IsPostgres(store)
            ? new NpgsqlConnectionStringBuilder(store) { Timeout = 2, CommandTimeout = 2 }.ToString()
            : new SqliteConnectionStringBuilder(store) { DefaultTimeout = 2 }.ToString();
}

/// <summary>The keys that sign forms and sign-ins can be written.</summary>
sealed class KeysHealthCheck(IConfiguration settings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Health.ResultOf(Missing());

    string? Missing()
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
}

/// <summary>There is room on the disk of the data folder.</summary>
sealed class DiskHealthCheck(IConfiguration settings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Health.ResultOf(IsNearlyFull(settings) ? "the disk of the data folder is nearly full" : null);

    /// <summary>
    /// Less than <c>Data:LeastFreeMegabytes</c> is left on the disk of the data folder (64 unless set), or there is no such disk.
    /// </summary>
    public static bool IsNearlyFull(IConfiguration settings)
    {
        try
        {
            var folder = SiteFolders.Data(settings);
            // Before the first start it is not there yet.
            while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
                folder = above;
            return new DriveInfo(folder).AvailableFreeSpace < SettingsReader.Read<DataSettings>(settings).LeastFreeMegabytes * 1024 * 1024;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
