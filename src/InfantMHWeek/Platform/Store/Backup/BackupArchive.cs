using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Store.Backup;

/// <summary>What a backup says of itself: when it was made, by which shape of database, and the check sum of every file in it.</summary>
/// <param name="MadeAt">UTC.</param>
/// <param name="Schema">The newest change in the database.</param>
/// <param name="Rows">Rows in the whole database.</param>
/// <param name="Files">SHA-256 by name inside the backup.</param>
sealed record BackupContents(DateTime MadeAt, string Schema, long Rows, SortedDictionary<string, string> Files);

/// <summary>
/// The one file that a backup is: a compressed tar of ordinary files, the list of them last. Whatever is in it and not on the
/// list, on the list and not in it, twice, a link, or named so as to lead elsewhere, makes the whole of it no backup.
/// </summary>
static class BackupArchive
{
    public const string Database = "site.db",
        ContentsFile = "backup.json",
        Keys = "keys/",
        Content = "content/";

    /// <summary>A disk that must first write out a gigabyte lets nobody else write meanwhile.</summary>
    const long FlushEvery = 16 * 1024 * 1024;

    /// <param name="contents">Its list of files is filled in.</param>
    public static void Write(FileStream file, BackupContents contents, string database, BackupFiles files)
    {
        var flushed = 0L;
        using (var packed = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(packed, TarEntryFormat.Pax))
        {
            using (var bytes = File.OpenRead(database))
                Add(Database, bytes);
            foreach (var (name, open) in files.All)
                if (open() is { } bytes)
                    using (bytes)
                        Add(name, bytes);
            using var text = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(contents));
            tar.WriteEntry(Entry(ContentsFile, text));

            void Add(string name, Stream bytes)
            {
                using var hashed = new HashedStream(bytes);
                tar.WriteEntry(Entry(name, hashed));
                contents.Files[name] = hashed.Hash();
                if (file.Position - flushed < FlushEvery)
                    return;
                file.Flush(flushToDisk: true);
                flushed = file.Position;
            }
        }
        file.Flush(flushToDisk: true);
    }

    static PaxTarEntry Entry(string name, Stream bytes) =>
        new(TarEntryType.RegularFile, name) { DataStream = bytes, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite };

    /// <summary>Reads all of it and checks it.</summary>
    /// <param name="folder">Where its files are put; null only checks.</param>
    /// <exception cref="SettingsException">It is not a whole backup of the site.</exception>
    public static BackupContents Read(Stream file, string? folder)
    {
        try
        {
            using var packed = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            using var tar = new TarReader(packed);
            var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
            BackupContents? contents = null;
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                    throw new SettingsException($"it holds {Shown(entry.Name)}, which is no ordinary file ({entry.EntryType}).");
                if (contents is not null)
                    throw new SettingsException($"{Shown(entry.Name)} comes after its list of files.");
                using var bytes = new HashedStream(entry.DataStream ?? Stream.Null);
                if (entry.Name == ContentsFile)
                {
                    contents = JsonSerializer.Deserialize<BackupContents>(bytes)
                        ?? throw new SettingsException("its list of files is empty.");
                    continue;
                }
                if (!IsName(entry.Name))
                    throw new SettingsException($"it holds a file named {Shown(entry.Name)}, which no backup of the site does.");
                if (!found.TryAdd(entry.Name, ""))
                    throw new SettingsException($"it holds {Shown(entry.Name)} twice.");
                Keep(bytes, folder is null ? null : Path.Combine(folder, entry.Name));
                found[entry.Name] = bytes.Hash();
            }
            if (contents is null)
                throw new SettingsException("its end is missing.");
            foreach (var name in contents.Files.Keys.Append(Database))
                if (!found.ContainsKey(name))
                    throw new SettingsException($"{Shown(name)} is missing in it.");
            foreach (var (name, hash) in found)
                if (!contents.Files.TryGetValue(name, out var saved))
                    throw new SettingsException($"it holds {Shown(name)}, which is not on its list.");
                else if (saved != hash)
                    throw new SettingsException($"{Shown(name)} is not as it was saved.");
            return contents;
        }
        catch (Exception problem)
            when (problem is InvalidDataException or EndOfStreamException or JsonException or FormatException or ArgumentException)
        {
            throw new SettingsException("it is damaged or cut off: " + problem.Message);
        }
    }

    static void Keep(Stream bytes, string? path)
    {
        if (path is null)
        {
            bytes.CopyTo(Stream.Null);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        bytes.CopyTo(file);
        file.Flush(flushToDisk: true);
    }

    static bool IsName(string name) =>
        name == Database
        || (
            (name.StartsWith(Keys, StringComparison.Ordinal) || name.StartsWith(Content, StringComparison.Ordinal))
            && name.Length < 1000
            && !name.Any(c => char.IsControl(c) || c is '\\' or '\uFFFD')
            && name.Split('/').All(part => part is not ("" or "." or ".."))
        );

    static string Shown(string name) => string.Concat(name.Take(200).Select(c => char.IsControl(c) ? '?' : c));

    /// <summary>Knows the check sum of what was read through it.</summary>
    sealed class HashedStream(Stream inner) : Stream
    {
        readonly IncrementalHash sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public string Hash() => Convert.ToHexStringLower(sum.GetHashAndReset());

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            sum.AppendData(buffer[..read]);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override bool CanRead => true;
        public override bool CanSeek => inner.CanSeek;
        public override bool CanWrite => false;
        public override long Length => inner.Length;
        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            sum.Dispose();
            base.Dispose(disposing);
        }
    }
}
