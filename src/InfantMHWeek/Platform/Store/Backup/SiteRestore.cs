using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using Microsoft.Data.Sqlite;

namespace InfantMHWeek.Platform.Store.Backup;

/// <summary>
/// Puts a backup back. Everything is unpacked and checked beside the old before anything is moved; what was there is moved aside and
/// never deleted.
/// </summary>
sealed class SiteRestore(IConfiguration settings, TimeProvider clock)
{
    const string WorkPrefix = "restore-",
        AsidePrefix = "before-restore-",
        Why = "A restore replaces all that the site works with";

    /// <param name="replace">Allow a database or content that is there to be moved aside.</param>
    /// <param name="says">Is told what else was noticed.</param>
    /// <returns>What was put back, and where the old was moved to (null when there was nothing).</returns>
    /// <exception cref="SettingsException">The site runs, the backup is not whole, or something is in the way.</exception>
    public (BackupContents Contents, string? Aside) From(string file, bool replace, Action<string>? says = null)
    {
        if (!File.Exists(file))
            throw new SettingsException($"There is no file {file}.");
        var data = SiteFolders.OpenData(settings);
        using var alone = SiteLock.Alone(settings, Why);
        foreach (var cleared in Finish(settings))
            says?.Invoke(cleared);
        var content = SiteFolders.Content(settings);
        var hadDatabase = HasDatabase();
        if (hadDatabase)
            RefuseBesideOthers(says);
        var inTheWay = hadDatabase || (Directory.Exists(content) && Directory.EnumerateFileSystemEntries(content).Any());
        if (inTheWay && !replace)
            throw new SettingsException(
                $"There is a site at {data} and {content} already. Add --replace true: the old is then moved aside, not deleted."
            );

        var work = Path.Combine(data, WorkPrefix + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(work);
        try
        {
            var contents = Unpack(file, work);
            var moment = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            var aside = inTheWay ? Free(data, AsidePrefix + moment) : null;
            new RestorePlan(Path.GetFileName(work), aside, (aside ?? AsidePrefix + moment).Replace('-', '_'), hadDatabase).Run(settings);
            return (contents, aside is null ? null : Path.Combine(data, aside));
        }
        catch when (!RestorePlan.IsUnderWay(settings))
        {
            Directory.Delete(work, recursive: true);
            throw;
        }
    }

    static string Free(string folder, string name)
    {
        for (var number = 1; ; number++)
            if (
                (number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}")) is var free
                && !Directory.Exists(Path.Combine(folder, free))
            )
                return free;
    }

    /// <summary>A damaged database cannot say who uses it; the lock on the data folder has been asked.</summary>
    void RefuseBesideOthers(Action<string>? says)
    {
        if (IsReadable())
            SiteInstance.Refuse(settings, clock, says ?? (_ => { }));
    }

    bool IsReadable()
    {
        try
        {
            return StoreVersion.Of(settings).State == StoreState.Current;
        }
        catch (SettingsException) when (!StoreServices.IsPostgres(settings))
        {
            return false;
        }
    }

    static BackupContents Unpack(string file, string work)
    {
        try
        {
            BackupContents contents;
            using (var archive = File.OpenRead(file))
                contents = BackupArchive.Read(archive, work);
            var database = Path.Combine(work, BackupArchive.Database);
            var unknown = StoreVersion.Unknown(database);
            if (unknown.Count > 0)
                throw new SettingsException(
                    $"it was made by a newer version of the site (it holds {unknown[^1]}). Install that version first."
                );
            ForgetInstances(database);
            return contents;
        }
        catch (Exception problem) when (problem is SettingsException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{file} is not a whole backup: {problem.Message} Nothing was changed.");
        }
    }

    /// <summary>Those that ran when it was made do not run on what is put back.</summary>
    static void ForgetInstances(string database)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString()
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'SiteInstances'";
        if (command.ExecuteScalar() is 0L)
            return;
        command.CommandText = "DELETE FROM SiteInstances";
        command.ExecuteNonQuery();
    }

    /// <summary>A file is in the way however damaged it is: that may be why a backup is wanted.</summary>
    bool HasDatabase() =>
        StoreServices.IsPostgres(settings)
            ? StoreVersion.Of(settings).State != StoreState.Missing
            : File.Exists(StoreVersion.FileOf(settings));

    /// <summary>
    /// Before a start: finishes a restore that was killed half way, and takes away what one left that had changed nothing yet.
    /// </summary>
    /// <returns>What was done, and what else of restores lies there, in sentences.</returns>
    /// <exception cref="SettingsException">It cannot be finished.</exception>
    internal static IReadOnlyList<string> ClearLeftovers(IConfiguration settings)
    {
        if (!Directory.Exists(SiteFolders.Data(settings)))
            return [];
        return
        [
            .. IsInterrupted(settings) ? FinishAlone(settings) : [],
            .. Directory
                .EnumerateDirectories(SiteFolders.Data(settings), AsidePrefix + "*")
                .Select(d => $"{d} holds what was there before a restore, personal data too. Delete it when nobody needs it any more."),
        ];
    }

    static bool IsInterrupted(IConfiguration settings) =>
        RestorePlan.IsUnderWay(settings) || Directory.EnumerateDirectories(SiteFolders.Data(settings), WorkPrefix + "*").Any();

    static List<string> FinishAlone(IConfiguration settings)
    {
        // Before anything is made there: a note that cannot be read is refused.
        if (RestorePlan.IsUnderWay(settings))
            _ = RestorePlan.Read(settings);
        // Whoever works there now has looked before us.
        using var alone = SiteLock.TryAlone(settings);
        return alone is null ? [] : Finish(settings);
    }

    static List<string> Finish(IConfiguration settings)
    {
        var done = new List<string>();
        if (RestorePlan.IsUnderWay(settings))
        {
            RestorePlan.Read(settings).Run(settings);
            done.Add("A restore had been interrupted; it has been finished.");
        }
        foreach (var left in Directory.EnumerateDirectories(SiteFolders.Data(settings), WorkPrefix + "*").ToList())
        {
            Directory.Delete(left, recursive: true);
            done.Add("A restore had been interrupted before it changed anything; what it left has been taken away.");
        }
        return done;
    }
}
