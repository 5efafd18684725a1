using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Jobs;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// The backup of every night, of which the newest are kept, as <see cref="BackupSettings"/> say.
/// </summary>
public sealed class NightlyBackup(IConfiguration settings, TimeProvider clock)
{
    const string Prefix = "site-";

    public string Folder => SettingsReader.Read<BackupSettings>(settings).Folder is { } set ? Path.GetFullPath(set, SiteFolders.Home) : Path.Combine(SiteFolders.Data(settings), "backups");

    static int Keep(IConfiguration settings) => SettingsReader.Read<BackupSettings>(settings).Keep;

    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<NightlyBackup>();
        var at = builder.AddSettings<BackupSettings>().At;
        if (Keep(builder.Configuration) > 0)
            builder.Services.AddJob<NightlyBackup>("take the nightly backup", at, (backup, _) => Task.Run(() => backup.Take(), CancellationToken.None));
    }

    /// <summary>Takes one now, and lets go of the oldest.</summary>
    /// <returns>The new file.</returns>
    public string Take()
    {
        Directory.CreateDirectory(Folder);
        var file = Path.Combine(Folder, Prefix + clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + SiteBackup.Ending);
        new SiteBackup(settings, clock).WriteTo(file);
        foreach (var old in Kept().Skip(Keep(settings))) File.Delete(old);
        return file;
    }

    /// <summary>The backups that are there, the newest first.</summary>
    public IEnumerable<string> Kept() =>
        // The names sort by time.
        Directory.Exists(Folder) ? Directory.GetFiles(Folder, Prefix + "*" + SiteBackup.Ending).OrderDescending(StringComparer.Ordinal) : [];
}
