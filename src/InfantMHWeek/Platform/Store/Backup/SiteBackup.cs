using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Store.Backup;

/// <summary>
/// Everything that cannot be made again, in one file: database, keys, content and pictures. Nobody can write to the database
/// for the moment in which it is taken, and pages are published through the database; so what is in it belongs together.
/// Copying and packing come after that moment, while everybody writes on.
/// </summary>
sealed class SiteBackup(IConfiguration settings, TimeProvider clock)
{
    public const string Ending = ".tar.gz";
    const string Part = ".part";

    /// <param name="target">A new file, ending in <c>.tar.gz</c>.</param>
    /// <exception cref="SettingsException">There is a file already, or no database, or a restore is under way.</exception>
    public BackupContents WriteTo(string target)
    {
        using var inUse = SiteLock.Share(settings);
        var version = StoreVersion.Of(settings);
        if (version.State == StoreState.Missing)
            throw new SettingsException($"There is no database at {version.Place} yet.");
        if (File.Exists(target) || Directory.Exists(target))
            throw new SettingsException($"{target} is there already; a backup never writes over anything.");
        var (part, copy) = (target + Part, target + Part + ".db");
        ClearPart(part);
        using var file = OpenPart(part);
        try
        {
            using var files = new BackupFiles(settings);
            BackupContents contents;
            using (var snapshot = DatabaseSnapshot.Of(settings, files.Gather))
                contents = new BackupContents(
                    clock.GetUtcNow().UtcDateTime,
                    StoreVersion.Known[^1],
                    snapshot.WriteTo(copy),
                    new(StringComparer.Ordinal)
                );
            BackupArchive.Write(file, contents, copy, files);
            File.Delete(copy);
            file.Position = 0;
            Verify(file, target);
            File.Move(part, target, overwrite: false);
            return contents;
        }
        catch
        {
            File.Delete(copy);
            File.Delete(part);
            throw;
        }
    }

    static void Verify(FileStream file, string target)
    {
        try
        {
            BackupArchive.Read(file, folder: null);
        }
        catch (SettingsException problem)
        {
            throw new SettingsException(
                $"{target} was written and cannot be read back: {problem.Message} The disk may be failing. Nothing was kept."
            );
        }
    }

    /// <summary>Held open by whoever writes it, so that others can tell it from what a killed process left.</summary>
    static FileStream OpenPart(string part)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Delete,
            };
            if (!OperatingSystem.IsWindows())
                (options.UnixCreateMode, options.Share) = (UnixFileMode.UserRead | UnixFileMode.UserWrite, FileShare.None);
            return new FileStream(part, options);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{part} cannot be made: {problem.Message}");
        }
    }

    /// <summary>Takes away what a killed process left of a backup.</summary>
    /// <exception cref="SettingsException">It is being written just now.</exception>
    static void ClearPart(string part)
    {
        if (!File.Exists(part))
            return;
        try
        {
            new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        }
        catch (IOException)
        {
            throw new SettingsException($"{part} is being written by another backup.");
        }
        foreach (var copy in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(part))!, Path.GetFileName(part) + ".db*"))
            File.Delete(copy);
        File.Delete(part);
    }

    /// <summary>Takes away what killed processes left in a folder of backups, and in the content folder.</summary>
    public static void ClearLeftovers(string folder, IConfiguration settings)
    {
        BackupFiles.ClearLeftovers(settings);
        if (!Directory.Exists(folder))
            return;
        foreach (var part in Directory.EnumerateFiles(folder, "*" + Ending + Part))
            try
            {
                ClearPart(part);
            }
            catch (SettingsException)
            {
                // Somebody is at it.
            }
    }
}
