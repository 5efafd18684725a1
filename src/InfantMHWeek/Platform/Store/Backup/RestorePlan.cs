using System.Text.Json;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Store.Moving;

namespace InfantMHWeek.Platform.Store.Backup;

/// <summary>
/// What remains to be moved once a backup is unpacked and checked. It is noted in the data folder before anything is moved; each
/// step can be begun again, so a restore that was killed half way is finished by the next start, and never half a site.
/// </summary>
/// <param name="Work">The folder with what was unpacked, in the data folder.</param>
/// <param name="Aside">Where the old goes, in the data folder; null when there is none.</param>
/// <param name="Schema">Where PostgreSQL keeps the old.</param>
/// <param name="HadDatabase">Whether there was a database before.</param>
/// <param name="Step">The next step.</param>
sealed record RestorePlan(string Work, string? Aside, string Schema, bool HadDatabase, int Step = 0)
{
    const string File = "restore-under-way.json",
        Unfinished = ".new";
    static readonly string[] Suffixes = ["", "-wal", "-shm"];

    static string Place(IConfiguration settings) => Path.Combine(SiteFolders.Data(settings), File);

    public static bool IsUnderWay(IConfiguration settings) => System.IO.File.Exists(Place(settings));

    /// <exception cref="SettingsException">The note cannot be read.</exception>
    public static RestorePlan Read(IConfiguration settings)
    {
        try
        {
            return JsonSerializer.Deserialize<RestorePlan>(System.IO.File.ReadAllBytes(Place(settings)))
                ?? throw new JsonException("It is empty.");
        }
        catch (JsonException problem)
        {
            throw new SettingsException($"{Place(settings)} says how far a restore is, and cannot be read: {problem.Message}");
        }
    }

    void Note(IConfiguration settings)
    {
        var place = Place(settings);
        using (var file = new FileStream(place + Unfinished, FileMode.Create, FileAccess.Write))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(this));
            file.Flush(flushToDisk: true);
        }
        System.IO.File.Move(place + Unfinished, place, overwrite: true);
    }

    /// <summary>Does all that remains.</summary>
    /// <exception cref="SettingsException">
    /// Something stands in the way. The note stays, and the next start goes on, unless nothing was changed yet.
    /// </exception>
    public void Run(IConfiguration settings)
    {
        Note(settings);
        Action[] steps = [() => FillServer(settings), () => MoveAside(settings), () => MoveIn(settings)];
        for (var step = Step; step < steps.Length; step++)
        {
            try
            {
                steps[step]();
            }
            catch (Exception problem) when (step > 0 && problem is IOException or UnauthorizedAccessException)
            {
                throw new SettingsException(
                    $"The restore is not finished: {problem.Message} When that is mended, start the site or any restore: it goes on "
                        + "where it stopped."
                );
            }
            (this with { Step = step + 1 }).Note(settings);
        }
        Directory.Delete(Path.Combine(SiteFolders.Data(settings), Work), recursive: true);
        System.IO.File.Delete(Place(settings));
    }

    /// <summary>First, because it is one transaction that happens or does not; when it does not, nothing was changed.</summary>
    void FillServer(IConfiguration settings)
    {
        if (!StoreServices.IsPostgres(settings))
            return;
        try
        {
            if (!IsFilled(settings))
                Fill(settings);
        }
        catch when (!IsFilled(settings))
        {
            System.IO.File.Delete(Place(settings));
            throw;
        }
    }

    void Fill(IConfiguration settings)
    {
        var connection =
            StoreServices.ConnectionOf(Path.Combine(SiteFolders.Data(settings), Work, BackupArchive.Database)) + ";Pooling=False";
        using (var older = StoreServices.Open(connection))
            Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.Migrate(older.Database);
        StoreMove.Run(connection, StoreServices.ConnectionString(settings), _ => { }, Schema);
    }

    /// <summary>Whether the transaction was already committed when the process before us ended.</summary>
    bool IsFilled(IConfiguration settings) =>
        HadDatabase
            ? StoreMove.HasSchema(StoreServices.ConnectionString(settings), Schema)
            : StoreVersion.Of(settings).State != StoreState.Missing;

    void MoveAside(IConfiguration settings)
    {
        if (Aside is null)
            return;
        var (data, aside) = (SiteFolders.Data(settings), Path.Combine(SiteFolders.Data(settings), Aside));
        Directory.CreateDirectory(aside);
        MoveAll(Path.Combine(data, DataProtectionKeys.Below), Path.Combine(aside, DataProtectionKeys.Below));
        MoveAll(SiteFolders.Content(settings), Path.Combine(aside, "content"));
        if (StoreServices.IsPostgres(settings))
            return;
        var place = StoreVersion.FileOf(settings);
        foreach (var suffix in Suffixes)
            if (System.IO.File.Exists(place + suffix))
                System.IO.File.Move(place + suffix, Path.Combine(aside, Path.GetFileName(place) + suffix), overwrite: true);
    }

    void MoveIn(IConfiguration settings)
    {
        var (data, work) = (SiteFolders.Data(settings), Path.Combine(SiteFolders.Data(settings), Work));
        MoveAll(Path.Combine(work, DataProtectionKeys.Below), Path.Combine(data, DataProtectionKeys.Below));
        MoveAll(Path.Combine(work, "content"), SiteFolders.Content(settings));
        // Last: a site without its database is refused or empty, one with half a backup would be believed.
        if (!StoreServices.IsPostgres(settings) && Path.Combine(work, BackupArchive.Database) is var file && System.IO.File.Exists(file))
            System.IO.File.Move(file, StoreVersion.FileOf(settings), overwrite: true);
    }

    /// <summary>
    /// Moves what is in a folder, not the folder itself, which may be a link or a disk of its own; by copying where the two lie on
    /// different disks.
    /// </summary>
    static void MoveAll(string from, string to)
    {
        if (!Directory.Exists(from))
            return;
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos().ToList())
        {
            var there = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } target)
            {
                System.IO.File.Delete(there);
                System.IO.File.CreateSymbolicLink(there, target);
                entry.Delete();
            }
            else if (entry is DirectoryInfo folder)
            {
                MoveAll(folder.FullName, there);
                folder.Delete();
            }
            else
            {
                System.IO.File.Move(entry.FullName, there, overwrite: true);
            }
        }
    }
}
