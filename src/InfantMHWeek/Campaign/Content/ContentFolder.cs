using System.Buffers;
using System.Text;
using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Content;

/// <summary>
/// One text file of the content folder as it was read. <see cref="Text"/> is null when it could not be; the faults say why.
/// </summary>
sealed record ContentFile(string Name, string? Text, string Hash, FileStamp Stamp, IReadOnlyList<Diagnostic> Faults)
{
    readonly CompactText? text = Text is null ? null : new(Text);

    /// <summary>Unpacked each time it is asked for.</summary>
    public string? Text => text?.ToString();

    /// <inheritdoc cref="CompactText.Pack"/>
    internal bool Pack() => text?.Pack() == true;

    /// <summary>The end of the text, sharing its memory.</summary>
    /// <param name="tail">What it ends with.</param>
    internal CompactText EndingWith(string tail) => text!.EndingWith(tail);
}

/// <summary>What the file system says without opening a file.</summary>
readonly record struct FileStamp(DateTime Written, long Length);

/// <summary>Reads the content folder. Nothing in it can make the reading fail as a whole: a bad file is a file with faults.</summary>
sealed class ContentFolder(string root)
{
    public const int MaxFileBytes = 256 * 1024;
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    public static readonly IReadOnlyList<string> Registers =
    [
        "site.yml",
        "sources.yml",
        "support.yml",
        "words.yml",
        "redirects.yml",
        "pictures.yml",
    ];
    readonly string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)));
    volatile string realRoot = Resolve(root);

    /// <summary>Where the folder really was when it was last read: it may be a link, and lead elsewhere a moment later.</summary>
    public string Root => realRoot;

    /// <summary>The folder's name as faults print it: <c>content/themes/2022.md</c>.</summary>
    public string NameOf(string file) => name + "/" + file;

    /// <summary>A folder as it is now, with no link at its end.</summary>
    public static string Resolve(string root) =>
        Path.TrimEndingDirectorySeparator(new DirectoryInfo(root).ResolveLinkTarget(true)?.FullName ?? Path.GetFullPath(root));

    /// <summary>
    /// Reads all pages and registers. Files that <paramref name="known"/> holds with the same stamp are not opened again,
    /// unless <paramref name="openAll"/> asks for it: a stamp can lie, a hash cannot.
    /// </summary>
    public IReadOnlyList<ContentFile> Read(IReadOnlyDictionary<string, ContentFile> known, bool openAll)
    {
        realRoot = Resolve(root);
        var found = new List<(string Name, FileInfo Info)>();
        Collect(new DirectoryInfo(realRoot), "", found, depth: 0);
        var files = new ContentFile?[found.Count];
        Parallel.For(0, found.Count, i =>
        {
            var (name, info) = found[i];
            var before = known.GetValueOrDefault(name);
            files[i] = !openAll && before is not null && before.Stamp == StampOf(info) ? before : ReadFile(name, info, before);
        });
        // Two names that are not UTF-8 can read as one.
        return [.. files.OfType<ContentFile>().DistinctBy(f => f.Name, StringComparer.Ordinal)];
    }

    static void Collect(DirectoryInfo folder, string prefix, List<(string, FileInfo)> found, int depth)
    {
        if (depth > 64)
            return;
        try
        {
            foreach (var entry in folder.EnumerateFileSystemInfos())
            {
                if (entry.Name.StartsWith('.'))
                    continue;
                if (entry is DirectoryInfo below)
                {
                    // A linked folder could lead outside or round in a circle; nobody needs one here.
                    if (below.LinkTarget is null && (depth > 0 || below.Name != "media"))
                        Collect(below, prefix + below.Name + "/", found, depth + 1);
                }
                else if (entry is FileInfo file && IsContent(prefix, file.Name))
                    found.Add((prefix + file.Name, file));
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A folder that vanishes or is locked while being read takes only its own pages with it; the next sweep looks again.
        }
    }

    static bool IsContent(string prefix, string name) =>
        (name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && name != "README.md")
        || (prefix.Length == 0 && Registers.Contains(name, StringComparer.Ordinal));

    static FileStamp StampOf(FileInfo info) => info.Exists ? new(info.LastWriteTimeUtc, info.Length) : default;

    /// <param name="before">The file as it is known; where its bytes are the same, so are its text and its faults.</param>
    ContentFile? ReadFile(string name, FileInfo info, ContentFile? before)
    {
        var faults = new DiagnosticList(NameOf(name));
        var stamp = default(FileStamp);
        if (name.Contains('\uFFFD', StringComparison.Ordinal))
        {
            faults.Add(
                DiagnosticKinds.BadName,
                1,
                1,
                name,
                "The name of this file is not written in UTF-8, so it cannot be opened.",
                "Give it another name."
            );
            return new(name, null, "name", stamp, faults.All);
        }
        try
        {
            if (info.LinkTarget is not null)
            {
                if (!StaysInside(info))
                {
                    faults.Add(
                        DiagnosticKinds.LeavesFolder,
                        1,
                        1,
                        name,
                        "This is a link to a file outside the content folder.",
                        "Put the file itself here."
                    );
                    return new(name, null, "link", stamp, faults.All);
                }
                // A link's own length says nothing: a large file, or a pipe that never ends, may be behind it.
                info = (FileInfo)info.ResolveLinkTarget(returnFinalTarget: true)!;
                if (!info.Exists)
                    throw new IOException("The link leads nowhere.");
            }
            stamp = StampOf(info);
            // Nothing is to be had from an empty file, and a pipe, which also has no length, would wait for ever.
            if (stamp.Length == 0)
                return new(name, "", "empty", stamp, faults.All);
            if (stamp.Length > MaxFileBytes)
            {
                faults.Add(
                    DiagnosticKinds.TooLarge,
                    1,
                    1,
                    name,
                    $"This file has {stamp.Length / 1024:N0} KiB; {MaxFileBytes / 1024} KiB is the most.",
                    "Split it into several pages."
                );
                return new(name, null, "large" + stamp.Length, stamp, faults.All);
            }
            using var stream = new FileStream(
                info.FullName,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0
            );
            var length = (int)Math.Min(stream.Length, MaxFileBytes + 1);
            var buffer = ArrayPool<byte>.Shared.Rent(length);
            try
            {
                var bytes = buffer.AsSpan(0, stream.ReadAtLeast(buffer.AsSpan(0, length), length, throwOnEndOfStream: false));
                var hash = ContentHash.Of(bytes);
                if (before?.Hash == hash)
                    return before.Stamp == stamp ? before : before with { Stamp = stamp };
                var text = Decode(bytes, faults);
                return new(name, text, hash, stamp, faults.All);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            faults.Add(DiagnosticKinds.Unreadable, 1, 1, name, "This file could not be read.", "Check that the site may read it.");
            return new(name, null, "unreadable", stamp, faults.All);
        }
    }

    /// <summary>Whether a link ends inside the folder, also when it passes through linked folders on its way.</summary>
    bool StaysInside(FileSystemInfo link, int depth = 0)
    {
        if (
            depth > 8
            || link.ResolveLinkTarget(returnFinalTarget: true) is not { } target
            || !target.FullName.StartsWith(realRoot + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        )
            return false;
        for (var folder = Path.GetDirectoryName(target.FullName)!; folder.Length > realRoot.Length; folder = Path.GetDirectoryName(folder)!)
            if (new DirectoryInfo(folder) is { LinkTarget: not null } linked && !StaysInside(linked, depth + 1))
                return false;
        return true;
    }

    static string? Decode(ReadOnlySpan<byte> bytes, DiagnosticList faults)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            bytes = bytes[3..];
        try
        {
            var text = Utf8.GetString(bytes);
            var bad = text.IndexOf('\0', StringComparison.Ordinal);
            if (bad < 0)
                return text;
            var (line, column) = PlaceOf(bytes, bytes.IndexOf((byte)0));
            faults.Add(
                DiagnosticKinds.NotUtf8,
                line,
                column,
                "",
                "This file holds a character that is not text.",
                "Save it as plain text in UTF-8."
            );
        }
        catch (DecoderFallbackException problem)
        {
            var (line, column) = PlaceOf(bytes, problem.Index);
            faults.Add(
                DiagnosticKinds.NotUtf8,
                line,
                column,
                "",
                "This file is not saved as UTF-8, so letters such as £ or é would be lost.",
                "Save it again and choose the encoding UTF-8."
            );
        }
        return null;
    }

    static (int Line, int Column) PlaceOf(ReadOnlySpan<byte> bytes, int index)
    {
        var before = bytes[..Math.Clamp(index, 0, bytes.Length)];
        return (before.Count((byte)'\n') + 1, before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1);
    }
}
