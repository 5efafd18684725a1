using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace InfantMHWeek.Platform.Hosting.Caching;

/// <summary>
/// A whole response in memory, compressed once in every form a browser may ask for, with its entity tags. The same
/// bytes for everyone, so it may only hold what everyone may see.
/// </summary>
public sealed class CachedResponse
{
    const int LeastWorthCompressing = 256;
    static readonly StringValues Vary = HeaderNames.AcceptEncoding;
    static readonly StringValues CacheControl = "public, max-age=0, must-revalidate";
    readonly Form plain, gzip, brotli;
    readonly StringValues contentType;
    readonly int status;

    /// <param name="resourcePolicy">Who else may show it (Cross-Origin-Resource-Policy); empty for this site only.</param>
    /// <param name="status">Any other than 200 is not to be kept by browsers.</param>
    public CachedResponse(ReadOnlySpan<byte> body, string contentType, StringValues resourcePolicy, int status = StatusCodes.Status200OK)
    {
        this.contentType = contentType;
        this.status = status;
        ResourcePolicy = resourcePolicy;
        var tag = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12));
        plain = new(body.ToArray(), default, $"\"{tag}\"");
        var compressible = IsCompressible(body.Length, contentType);
        gzip = compressible ? new(Gzip(body, CompressionLevel.SmallestSize), "gzip", $"\"{tag}-g\"") : plain;
        brotli = compressible ? new(Brotli(body, quality: 9), "br", $"\"{tag}-b\"") : plain;
    }

    public StringValues ResourcePolicy { get; }

    /// <summary>What it takes in memory, in bytes.</summary>
    public int Size => plain.Body.Length + gzip.Body.Length + brotli.Body.Length;

    /// <summary>Answers GET or HEAD, with 304 where the browser has it already.</summary>
    public Task Send(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var form = EncodingFor(request.Headers.AcceptEncoding) switch { "br" => brotli, "gzip" => gzip, _ => plain };
        var headers = response.Headers;
        if (ResourcePolicy.Count > 0) headers["Cross-Origin-Resource-Policy"] = ResourcePolicy;
        headers.Vary = Vary;
        headers.CacheControl = status == StatusCodes.Status200OK ? CacheControl : "no-store";
        if (status == StatusCodes.Status200OK) headers.ETag = form.Tag;
        else response.StatusCode = status;
        if (status == StatusCodes.Status200OK && request.Headers.IfNoneMatch is { Count: > 0 } known && Knows(known, form.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        headers.ContentType = contentType;
        if (form.Encoding.Count > 0) headers.ContentEncoding = form.Encoding;
        return Write(context, form.Body);
    }

    /// <summary>Sends what was made for one request: compressed lightly, because here time counts more than bytes, and kept by nobody.</summary>
    public static Task SendOnce(HttpContext context, ReadOnlySpan<byte> body)
    {
        var headers = context.Response.Headers;
        headers.Vary = Vary;
        headers.CacheControl = "no-store";
        var encoding = IsCompressible(body.Length, context.Response.ContentType ?? "") ? EncodingFor(context.Request.Headers.AcceptEncoding) : null;
        if (encoding is not null) headers.ContentEncoding = encoding;
        return Write(context, encoding switch { "br" => Brotli(body, quality: 1), "gzip" => Gzip(body, CompressionLevel.Fastest), _ => body.ToArray() });
    }

    static Task Write(HttpContext context, byte[] body)
    {
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.BodyWriter.WriteAsync(body).AsTask();
    }

    static bool IsCompressible(int length, string contentType) => length > LeastWorthCompressing && !contentType.StartsWith("image/png", StringComparison.Ordinal);

    static string? EncodingFor(StringValues accepted)
    {
        if (accepted.Count == 0) return null;
        var text = accepted.Count == 1 ? accepted[0]! : accepted.ToString();
        // What browsers send, at no cost; anything with weights is read properly.
        if (!text.Contains(';', StringComparison.Ordinal))
            return text.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br" : text.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip" : null;
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var wishes)) return null;
        return Wants(wishes, "br") ? "br" : Wants(wishes, "gzip") ? "gzip" : null;
    }

    static bool Wants(IList<StringWithQualityHeaderValue> wishes, string encoding) =>
        wishes.FirstOrDefault(w => w.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)) is { } wish && wish.Quality is not 0;

    /// <summary>Whether a browser takes this encoding.</summary>
    public static bool Accepts(StringValues accepted, string encoding) =>
        StringWithQualityHeaderValue.TryParseList(accepted, out var wishes) && Wants(wishes, encoding);

    static bool Knows(StringValues known, string tag)
    {
        foreach (var line in known)
            if (line is "*" || (line is not null && line.Contains(tag, StringComparison.Ordinal))) return true;
        return false;
    }

    static byte[] Gzip(ReadOnlySpan<byte> body, CompressionLevel level)
    {
        using var memory = new MemoryStream(body.Length / 3);
        using (var stream = new GZipStream(memory, level)) stream.Write(body);
        return memory.ToArray();
    }

    static byte[] Brotli(ReadOnlySpan<byte> body, int quality)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(body.Length));
        try
        {
            BrotliEncoder.TryCompress(body, buffer, out var written, quality, window: 18);
            return buffer[..written];
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    sealed record Form(byte[] Body, StringValues Encoding, string Tag);
}
