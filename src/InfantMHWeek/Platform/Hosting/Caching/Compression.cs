using System.Buffers;
using System.IO.Compression;

namespace InfantMHWeek.Platform.Hosting.Caching;

/// <summary>Whole bodies, compressed and back, in memory.</summary>
static class Compression
{
    const int BrotliWindow = 18;

    public static byte[] Gzip(ReadOnlySpan<byte> body, CompressionLevel level)
    {
        using var memory = new MemoryStream(body.Length / 3);
        using (var stream = new GZipStream(memory, level))
            stream.Write(body);
        return memory.ToArray();
    }

    /// <param name="body">What to compress.</param>
    /// <param name="quality">From 0, which is fast, to 11, which is small.</param>
    public static byte[] Brotli(ReadOnlySpan<byte> body, int quality)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(body.Length));
        try
        {
            BrotliEncoder.TryCompress(body, buffer, out var written, quality, BrotliWindow);
            return buffer[..written];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <param name="compressed">What <see cref="Brotli"/> made.</param>
    /// <param name="length">Of the body, in bytes.</param>
    public static byte[] FromBrotli(ReadOnlySpan<byte> compressed, int length)
    {
        var body = new byte[length];
        if (!BrotliDecoder.TryDecompress(compressed, body, out var written) || written != length)
            throw new InvalidDataException("A kept page cannot be unpacked.");
        return body;
    }
}
