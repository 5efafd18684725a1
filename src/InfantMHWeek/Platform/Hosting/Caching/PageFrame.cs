using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace InfantMHWeek.Platform.Hosting.Caching;

/// <summary>
/// A page of which only the middle differs from answer to answer. What stands before and after it is drawn and compressed
/// once; compressing all of it each time would cost more than everything else together.
/// </summary>
public sealed class Frame
{
    /// <summary>Stands in a view where something is to be filled in; of private use, so that no text contains it.</summary>
    public const string Mark = "\uE000";
    const string MarkInHtml = "&#xE000;";

    readonly string[] inner;
    readonly byte[] before, after, beforeDeflated, afterDeflated;

    /// <param name="html">A whole page with at least one <see cref="Mark"/> in it.</param>
    public Frame(string html)
    {
        var parts = html.Split(MarkInHtml);
        (before, inner, after) = (Encoding.UTF8.GetBytes(parts[0]), parts[1..^1], Encoding.UTF8.GetBytes(parts[^1]));
        beforeDeflated = Deflate(before, CompressionLevel.SmallestSize, last: false);
        afterDeflated = Deflate(after, CompressionLevel.SmallestSize, last: true);
    }

    /// <summary>Answers with the fillings, one for each mark, in their order. Kept by nobody.</summary>
    /// <param name="fillings">HTML; what a visitor typed must be encoded already.</param>
    public Task Send(HttpContext context, params ReadOnlySpan<string> fillings)
    {
        var middle = new StringBuilder(fillings[0]);
        for (var i = 0; i < inner.Length; i++) middle.Append(inner[i]).Append(fillings[i + 1]);
        var between = Encoding.UTF8.GetBytes(middle.ToString());
        var (request, response) = (context.Request, context.Response);
        var small = CachedResponse.Accepts(request.Headers.AcceptEncoding, "gzip");
        var body = small ? Gzip(between) : [.. before, .. between, .. after];
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (small) response.Headers.ContentEncoding = "gzip";
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.BodyWriter.WriteAsync(body).AsTask();
    }

    /// <summary>One gzip member (RFC 1952) of three deflate streams: the first two end on a byte and leave the stream open (RFC 1951, an empty stored block).</summary>
    byte[] Gzip(byte[] between)
    {
        var betweenDeflated = Deflate(between, CompressionLevel.Fastest, last: false);
        var check = new Crc32();
        check.Append(before);
        check.Append(between);
        check.Append(after);
        Span<byte> end = stackalloc byte[8];
        BitConverter.TryWriteBytes(end, check.GetCurrentHashAsUInt32());
        BitConverter.TryWriteBytes(end[4..], before.Length + between.Length + after.Length);
        return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, .. beforeDeflated, .. betweenDeflated, .. afterDeflated, .. end];
    }

    static byte[] Deflate(byte[] bytes, CompressionLevel level, bool last)
    {
        using var memory = new MemoryStream((bytes.Length / 2) + 64);
        using var stream = new DeflateStream(memory, level, leaveOpen: true);
        stream.Write(bytes);
        if (last) stream.Dispose();
        else stream.Flush();
        return memory.ToArray();
    }
}
