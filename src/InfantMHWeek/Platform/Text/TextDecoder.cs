using System.Text;

namespace InfantMHWeek.Platform.Text;

/// <summary>
/// Text that somebody's program saved: UTF-8, UTF-16 with its mark, or the letters of Windows (1252), which old spreadsheets still write.
/// </summary>
static class TextDecoder
{
    /// <summary>Of so many bytes at most one may be beyond ASCII for a file to be taken for one in the letters of Windows.</summary>
    const int MostForeign = 5;
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Either the text, or in words why there is none.</summary>
    public static (string Text, string? Problem) Read(ReadOnlySpan<byte> bytes)
    {
        var (text, problem) = Decode(bytes);
        return problem is null && text.Contains('\0', StringComparison.Ordinal)
            ? ("", "This is not a text file.")
            : (text.TrimStart('\uFEFF'), problem);
    }

    static (string Text, string? Problem) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..])
            return (Encoding.Unicode.GetString(bytes), null);
        if (bytes is [0xFE, 0xFF, ..])
            return (Encoding.BigEndianUnicode.GetString(bytes), null);
        try
        {
            return (Utf8.GetString(bytes), null);
        }
        catch (DecoderFallbackException problem)
        {
            // A calendar may break a line between the bytes of one letter (RFC 5545, 3.1).
            if (Unfolded(bytes) is { } whole)
                return (whole, null);
            if (IsWindows(bytes))
                return (Windows.GetString(bytes), null);
            var line = bytes[..Math.Min(bytes.Length, Math.Max(0, problem.Index))].Count((byte)'\n') + 1;
            return ("", $"This file is not plain text in UTF-8 (the first odd letter is in line {line}). Save it as “CSV UTF-8”.");
        }
    }

    /// <returns>Null where that is no UTF-8 either.</returns>
    static string? Unfolded(ReadOnlySpan<byte> bytes)
    {
        var (whole, length) = (new byte[bytes.Length], 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            var rest = bytes[i..];
            var fold =
                rest is [(byte)'\r', (byte)'\n', (byte)' ' or (byte)'\t', ..] ? 3
                : rest is [(byte)'\n', (byte)' ' or (byte)'\t', ..] ? 2
                : 0;
            if (fold == 0)
                whole[length++] = bytes[i];
            else
                i += fold - 1;
        }
        try
        {
            return length < bytes.Length ? Utf8.GetString(whole, 0, length) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Mostly plain letters, and none that does not exist there.</summary>
    static bool IsWindows(ReadOnlySpan<byte> bytes)
    {
        var foreign = 0;
        foreach (var letter in bytes)
        {
            if (letter is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D)
                return false;
            if (letter >= 0x80)
                foreign++;
        }
        return foreign * MostForeign <= bytes.Length;
    }
}
