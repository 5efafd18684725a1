using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace InfantMHWeek.Platform.Store;

/// <summary>What a backup says of itself: when it was made, by which shape of database, and the check sum of every file in it.</summary>
/// <param name="MadeAt">UTC.</param>
/// <param name="Schema">The newest change in the database.</param>
/// <param name="Rows">Rows in the whole database.</param>
/// <param name="Files">SHA-256 by name inside the backup.</param>
public sealed record BackupContents(DateTime MadeAt, string Schema, long Rows, SortedDictionary<string, string> Files);

/// <summary>
/// Everything that cannot be made again, in one file: database, keys, content and pictures. Nobody can write to the database
/// while it is taken, and pages are published through the database; so what is in it belongs together.
/// </summary>
public sealed class SiteBackup(IConfiguration settings, TimeProvider clock)
{
    public const string Ending = ".tar.gz";
    internal const string Database = "site.db", ContentsFile = "backup.json", Keys = "keys/", Content = "content/";

    /// <param name="target">A new file, ending in <c>.tar.gz</c>.</param>
    /// <exception cref="SettingsException">There is a file already, or no database.</exception>
    public BackupContents WriteTo(string target)
    {
        var version = StoreVersion.Of(settings);
        if (version.State == StoreState.Missing) throw new SettingsException($"There is no database at {version.Place} yet.");
        if (File.Exists(target) || Directory.Exists(target)) throw new SettingsException($"{target} is there already; a backup never writes over anything.");
        var part = target + ".part";
        File.Delete(part);
        var copy = $"{part}.db";
        File.Delete(copy);
        try
        {
            StorePreparation.MakePrivateFile(part);
            using var still = Stillness.Of(settings);
            var contents = new BackupContents(clock.GetUtcNow().UtcDateTime, StoreVersion.Known[^1], still.WriteTo(copy), new(StringComparer.Ordinal));
            using (var file = new FileStream(part, FileMode.Truncate, FileAccess.Write))
            {
                using (var packed = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
                using (var tar = new TarWriter(packed, TarEntryFormat.Pax))
                    Fill(tar, copy, contents);
                file.Flush(flushToDisk: true);
            }
            File.Move(part, target, overwrite: false);
            return contents;
        }
        finally
        {
            File.Delete(part);
            File.Delete(copy);
        }
    }

    void Fill(TarWriter tar, string database, BackupContents contents)
    {
        Add(Database, database);
        AddFolder(Keys, Path.Combine(SiteFolders.Data(settings), "keys"));
        AddFolder(Content, SiteFolders.Content(settings));
        using var text = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(contents));
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, ContentsFile) { DataStream = text, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite });

        void AddFolder(string name, string folder)
        {
            if (!Directory.Exists(folder)) return;
            var every = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
            foreach (var file in Directory.EnumerateFiles(folder, "*", every).Order(StringComparer.Ordinal))
                if (!Path.GetFileName(file).StartsWith('.')) Add(name + Path.GetRelativePath(folder, file).Replace('\\', '/'), file);
        }

        void Add(string name, string file)
        {
            // Opened once: what is hashed is what is saved, whatever happens to the name meanwhile.
            using var bytes = File.OpenRead(file);
            contents.Files[name] = Convert.ToHexStringLower(SHA256.HashData(bytes));
            bytes.Position = 0;
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = bytes, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }
    }
}
