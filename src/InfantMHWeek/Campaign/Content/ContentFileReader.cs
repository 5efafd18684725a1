using System.Buffers;
using System.Text;
using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Content;

/// <summary>Reads one file of the content folder. Whatever is wrong with it is said by its faults.</summary>
/// <param name="root">Where the folder really is.</param>
/// <param name="folder">How faults print the folder.</param>
sealed class ContentFileReader(string root, string folder)
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="before">The file as it is known; where its bytes are the same, so are its text and its faults.</param>
    /// <returns>Null when it has vanished meanwhile.</returns>
    public ContentFile? Read(string name, FileInfo info, ContentFile? before)
    {
        var (faults, stamp) = (new DiagnosticList(folder + "/" + name), default(FileStamp));
        if (name.Contains('\uFFFD', StringComparison.Ordinal))
            return Refuse(
                DiagnosticKinds.BadName,
                "name",
                "The name of this file is not written in UTF-8, so it cannot be opened.",
                "Give it another name."
            );
        try
        {
            if (info.LinkTarget is not null)
            {
                if (!StaysInside(info))
                    return Refuse(
                        DiagnosticKinds.LeavesFolder,
                        "link",
                        "This is a link to a file outside the content folder.",
                        "Put the file itself here."
                    );
                // A link's own length says nothing: a large file, or a pipe that never ends, may be behind it.
                info = (FileInfo)info.ResolveLinkTarget(returnFinalTarget: true)!;
                if (!info.Exists)
                    throw new IOException("The link leads nowhere.");
            }
            stamp = StampOf(info);
            // Nothing is to be had from an empty file, and a pipe, which also has no length, would wait for ever.
            if (stamp.Length == 0)
                return new(name, "", "empty", stamp, faults.All);
            return stamp.Length > ContentFolder.MaxFileBytes
                ? Refuse(
                    DiagnosticKinds.TooLarge,
                    "large" + stamp.Length,
                    $"This file has {stamp.Length / 1024:N0} KiB; {ContentFolder.MaxFileBytes / 1024} KiB is the most.",
                    "Split it into several pages."
                )
                : ReadBytes(name, info, stamp, before, faults);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Refuse(DiagnosticKinds.Unreadable, "unreadable", "This file could not be read.", "Check that the site may read it.");
        }

        ContentFile Refuse(DiagnosticKind kind, string hash, string message, string advice)
        {
            faults.Add(kind, 1, 1, name, message, advice);
            return new(name, null, hash, stamp, faults.All);
        }
    }

    public static FileStamp StampOf(FileInfo info) => info.Exists ? new(info.LastWriteTimeUtc, info.Length) : default;

    static ContentFile ReadBytes(string name, FileInfo info, FileStamp stamp, ContentFile? before, DiagnosticList faults)
    {
        using var stream = new FileStream(
            info.FullName,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            bufferSize: 0
        );
        var length = (int)Math.Min(stream.Length, ContentFolder.MaxFileBytes + 1);
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

    /// <summary>Whether a link ends inside the folder, also when it passes through linked folders on its way.</summary>
    bool StaysInside(FileSystemInfo link, int depth = 0)
    {
        if (
            depth > 8
            || link.ResolveLinkTarget(returnFinalTarget: true) is not { } target
            || !target.FullName.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        )
            return false;
        for (var above = Path.GetDirectoryName(target.FullName)!; above.Length > root.Length; above = Path.GetDirectoryName(above)!)
            if (new DirectoryInfo(above) is { LinkTarget: not null } linked && !StaysInside(linked, depth + 1))
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
