using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace InfantMHWeek.Platform.Hosting.Caching;

/// <summary>A response that was made for one request.</summary>
static class UncachedResponse
{
    /// <summary>
    /// Sends what was made for one request: compressed lightly, because here time counts more than bytes, and kept by nobody.
    /// </summary>
    public static Task Send(HttpContext context, ReadOnlySpan<byte> body)
    {
        var headers = context.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = "no-store";
        var encoding = ContentCoding.IsCompressible(body.Length, context.Response.ContentType ?? "")
            ? ContentCoding.For(context.Request.Headers.AcceptEncoding)
            : null;
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        return CachedResponse.WriteAsync(
            context,
            encoding switch
            {
                "br" => Compression.Brotli(body, quality: 1),
                "gzip" => Compression.Gzip(body, CompressionLevel.Fastest),
                _ => body.ToArray(),
            }
        );
    }
}
