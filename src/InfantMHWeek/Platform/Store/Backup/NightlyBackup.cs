using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Jobs;

namespace InfantMHWeek.Platform.Store.Backup;

/// <summary>
/// The backup of every night, of which the newest are kept, as <see cref="BackupSettings"/> say.
/// </summary>
sealed class NightlyBackup(IConfiguration settings, TimeProvider clock)
{
    const string Prefix = "site-";
    static readonly TimeSpan ClocksMayDiffer = TimeSpan.FromDays(1);

    public string Folder =>
        SettingsReader.Read<BackupSettings>(settings).Folder is { } set
            ? Path.GetFullPath(set, SiteFolders.Home)
            : Path.Combine(SiteFolders.Data(settings), "backups");

    static int Keep(IConfiguration settings) => SettingsReader.Read<BackupSettings>(settings).Keep;

    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<NightlyBackup>();
        var at = builder.AddSettings<BackupSettings>().At;
        if (Keep(builder.Configuration) > 0)
            builder.Services.AddJob(Job.Daily("take the nightly backup", at, TakeAsync));
    }

    static async Task TakeAsync(IServiceProvider services, CancellationToken cancel)
    {
        var doubt = await services.GetRequiredService<DeletionGuard>().DetectClockJumpAsync(services.GetRequiredService<SiteDb>(), cancel);
        await Task.Run(() => services.GetRequiredService<NightlyBackup>().Take(forgetOld: doubt is null), CancellationToken.None);
    }

    /// <summary>Takes one now, and lets go of the oldest.</summary>
    /// <param name="forgetOld">Not when the clock is in doubt, by which they are named.</param>
    /// <returns>The new file.</returns>
    public string Take(bool forgetOld = true)
    {
        Directory.CreateDirectory(Folder);
        SiteBackup.ClearLeftovers(Folder, settings);
        var file = Path.Combine(Folder, Prefix + NameOf(clock.GetUtcNow()) + SiteBackup.Ending);
        new SiteBackup(settings, clock).WriteTo(file);
        if (forgetOld)
            foreach (var old in Existing().Skip(Keep(settings)).Where(old => old != file))
                File.Delete(old);
        return file;
    }

    /// <summary>
    /// The backups that are there, the newest first. One that is named after a day to come says nothing, and is left alone.
    /// </summary>
    public IEnumerable<string> Existing()
    {
        if (!Directory.Exists(Folder))
            return [];
        var latest = Prefix + NameOf(clock.GetUtcNow() + ClocksMayDiffer);
        // The names sort by time.
        return Directory
            .GetFiles(Folder, Prefix + "*" + SiteBackup.Ending)
            .Where(f => string.CompareOrdinal(Path.GetFileName(f), latest) < 0)
            .OrderDescending(StringComparer.Ordinal);
    }

    static string NameOf(DateTimeOffset moment) => moment.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
