using System.Globalization;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// Takes a backup every night and keeps the newest ones: settings <c>Backup:Folder</c> (default <c>backups</c> in the data
/// folder; another disk is better), <c>Backup:At</c> (UK time, default 02:15), <c>Backup:Keep</c> (default 14; 0 takes none).
/// </summary>
public sealed class BackupRound(IConfiguration settings, TimeProvider clock, ILogger<BackupRound> log) : BackgroundService
{
    const string Prefix = "site-";

    string Folder => settings["Backup:Folder"] is { Length: > 0 } set ? Path.GetFullPath(set, SiteFolders.Home) : Path.Combine(SiteFolders.Data(settings), "backups");
    int Keep => settings.GetValue("Backup:Keep", 14);
    TimeOnly At => settings.GetValue("Backup:At", new TimeOnly(2, 15));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (Keep > 0)
        {
            await Task.Delay(Next() - clock.GetUtcNow().UtcDateTime, clock, stoppingToken);
            try
            {
                var file = Take();
                log.LogInformation("A backup was taken: {File}", file);
            }
            catch (Exception problem) when (problem is SettingsException or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
            {
                log.LogError(problem, "The nightly backup could not be taken");
            }
        }
    }

    /// <summary>Takes one now, and lets go of the oldest.</summary>
    /// <returns>The new file.</returns>
    public string Take()
    {
        Directory.CreateDirectory(Folder);
        var file = Path.Combine(Folder, Prefix + clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + SiteBackup.Ending);
        new SiteBackup(settings, clock).WriteTo(file);
        // The names sort by time.
        foreach (var old in Directory.GetFiles(Folder, Prefix + "*" + SiteBackup.Ending).OrderDescending(StringComparer.Ordinal).Skip(Keep)) File.Delete(old);
        return file;
    }

    DateTime Next()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var day = DateOnly.FromDateTime(UkTime.FromUtc(now));
        var next = UkTime.ToUtc(day.ToDateTime(At)).Utc;
        return next > now ? next : UkTime.ToUtc(day.AddDays(1).ToDateTime(At)).Utc;
    }
}
