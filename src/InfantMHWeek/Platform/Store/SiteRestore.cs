using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Store;

/// <summary>Puts a backup back. Everything is unpacked and checked beside the old before anything is moved; what was there is moved aside and never deleted.</summary>
public sealed class SiteRestore(IConfiguration settings, TimeProvider clock)
{
    /// <param name="replace">Allow a database or content that is there to be moved aside.</param>
    /// <returns>What was put back, and where the old was moved to (null when there was nothing).</returns>
    /// <exception cref="SettingsException">The backup is not whole, or something is in the way.</exception>
    public (BackupContents Contents, string? Aside) From(string file, bool replace)
    {
        if (!File.Exists(file)) throw new SettingsException($"There is no file {file}.");
        var data = SiteFolders.OpenData(settings);
        var content = SiteFolders.Content(settings);
        var inTheWay = HasDatabase() || (Directory.Exists(content) && Directory.EnumerateFileSystemEntries(content).Any());
        if (inTheWay && !replace)
            throw new SettingsException($"There is a site at {data} and {content} already. Stop it and add --replace true: the old is then moved aside, not deleted.");

        var work = Path.Combine(data, $"restore-{Guid.NewGuid():N}");
        Directory.CreateDirectory(work);
        try
        {
            var contents = Unpack(file, work);
            var moment = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            var aside = Path.Combine(data, "before-restore-" + moment);
            if (inTheWay) MoveAside(aside, data, content);
            MoveFolder(Path.Combine(work, "keys"), Path.Combine(data, "keys"));
            MoveFolder(Path.Combine(work, "content"), content);
            // Last: a site without its database is refused or empty, one with half a backup would be believed.
            PutDatabase(Path.Combine(work, SiteBackup.Database), aside, "before_restore_" + moment);
            return (contents, inTheWay ? aside : null);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    static BackupContents Unpack(string file, string work)
    {
        try
        {
            using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            // Refuses names that lead outside the folder.
            TarFile.ExtractToDirectory(packed, work, overwriteFiles: false);
            var contents = JsonSerializer.Deserialize<BackupContents>(File.ReadAllBytes(Path.Combine(work, SiteBackup.ContentsFile)))!;
            foreach (var (name, hash) in contents.Files)
                if (Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(work, name)))) != hash) throw new SettingsException($"{file} is damaged: {name} is not as it was saved. Nothing was changed.");
            var unknown = StoreVersion.Unknown(Path.Combine(work, SiteBackup.Database));
            if (unknown.Count > 0) throw new SettingsException($"{file} was made by a newer version of the site (it holds {unknown[^1]}). Install that version first. Nothing was changed.");
            return contents;
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or JsonException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{file} is not a whole backup: {problem.Message} Nothing was changed.");
        }
    }

    /// <summary>A file is in the way however damaged it is: that may be why a backup is wanted.</summary>
    bool HasDatabase() => StoreServices.IsPostgres(settings) ? StoreVersion.Of(settings).State != StoreState.Missing : File.Exists(StoreVersion.FileOf(settings));

    /// <param name="schema">Where PostgreSQL keeps what was there before.</param>
    void PutDatabase(string file, string aside, string schema)
    {
        if (!StoreServices.IsPostgres(settings))
        {
            var place = StoreVersion.FileOf(settings);
            foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
                if (File.Exists(place + suffix)) File.Move(place + suffix, Path.Combine(aside, Path.GetFileName(place) + suffix));
            File.Move(file, place);
            return;
        }
        var connection = StoreServices.ConnectionOf(file) + ";Pooling=False";
        using (var older = StoreServices.Open(connection)) older.Database.Migrate();
        StoreMove.Run(connection, StoreServices.ConnectionString(settings), _ => { }, schema);
    }

    static void MoveAside(string aside, string data, string content)
    {
        Directory.CreateDirectory(aside);
        MoveFolder(Path.Combine(data, "keys"), Path.Combine(aside, "keys"));
        MoveFolder(content, Path.Combine(aside, "content"));
    }

    /// <summary>By copying where the two lie on different disks.</summary>
    static void MoveFolder(string from, string to)
    {
        if (!Directory.Exists(from)) return;
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Move(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        Directory.Delete(from, recursive: true);
    }
}
