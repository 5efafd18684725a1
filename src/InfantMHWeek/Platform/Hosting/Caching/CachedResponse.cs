using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace InfantMHWeek.Platform.Hosting.Caching;

/// <summary>
/// A whole response in memory, with its entity tags. The same bytes for everyone, so it may only hold what everyone may see.
/// It is held in its smallest form; gzip is made when somebody first asks for it, and the plain bytes each time.
/// </summary>
sealed class CachedResponse
{
    const int LeastWorthCompressing = 256;
    static readonly StringValues Vary = HeaderNames.AcceptEncoding;
    static readonly StringValues GzipEncoding = "gzip",
        BrotliEncoding = "br",
        NoStore = "no-store";

    /// <summary>A browser asks again each time; what stands before the site may answer many who ask in the same second.</summary>
    static readonly StringValues CacheControl = "public, max-age=0, s-maxage=1, must-revalidate";

    readonly byte[] held;
    readonly bool isCompressed;
    readonly int plainLength;
    readonly StringValues contentType;
    readonly StringValues tag,
        gzipTag,
        brotliTag;

    readonly int status;
    byte[]? gzip;

    /// <param name="body">The bytes as they are before any compression.</param>
    /// <param name="contentType">The media type with its charset.</param>
    /// <param name="resourcePolicy">Who else may show it (Cross-Origin-Resource-Policy); empty for this site only.</param>
    /// <param name="status">Any other than 200 is not to be kept by browsers.</param>
    public CachedResponse(ReadOnlySpan<byte> body, string contentType, StringValues resourcePolicy, int status = StatusCodes.Status200OK)
    {
        this.contentType = contentType;
        this.status = status;
        ResourcePolicy = resourcePolicy;
        plainLength = body.Length;
        isCompressed = ContentCoding.IsCompressible(body.Length, contentType);
        held = isCompressed ? Compression.Brotli(body, quality: 9) : body.ToArray();
        var name = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12));
        (tag, gzipTag, brotliTag) = ($"\"{name}\"", $"\"{name}-g\"", $"\"{name}-b\"");
    }

    /// <summary>Who else may show it; empty for this site only.</summary>
    public StringValues ResourcePolicy { get; }

    /// <summary>What the page may do that others may not (Permissions-Policy); empty for nothing.</summary>
    public StringValues Permissions { get; init; }

    /// <summary>It answers its path alone, without a question mark behind it.</summary>
    public bool OnlyWithoutQuery { get; init; }

    /// <summary>Something is missing in it at the moment: it is sent meanwhile, and kept by no browser and no proxy.</summary>
    public bool LacksRows { get; init; }

    public bool Answers(HttpRequest request) => !OnlyWithoutQuery || !request.QueryString.HasValue;

    /// <summary>What it tells that may change while the content stays the same.</summary>
    public IReadOnlyList<Freshness> True { get; init; } = [];

    /// <summary>Whether it may be sent without looking again.</summary>
    public bool IsSure
    {
        get
        {
            for (var i = 0; i < True.Count; i++)
                if (!True[i].IsSure())
                    return false;
            return true;
        }
    }

    /// <summary>Looks again whether all is so as it tells.</summary>
    public async Task<bool> IsTrueAsync(CancellationToken cancel)
    {
        foreach (var part in True)
            if (!await part.LookAsync(cancel))
                return false;
        return true;
    }

    /// <summary>What it takes in memory at most, in bytes.</summary>
    public int Size => isCompressed ? held.Length * 5 / 2 : held.Length;

    /// <summary>Answers GET or HEAD, with 304 where the browser has it already.</summary>
    public Task Send(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        var encoding = isCompressed ? ContentCoding.For(request.Headers.AcceptEncoding) : null;
        headers.Vary = Vary;
        if (Permissions.Count > 0)
            headers["Permissions-Policy"] = Permissions;
        if (status == StatusCodes.Status200OK && !LacksRows)
        {
            var itsTag = encoding switch
            {
                "br" => brotliTag,
                "gzip" => gzipTag,
                _ => tag,
            };
            headers.CacheControl = CacheControl;
            headers.ETag = itsTag;
            if (request.Headers.IfNoneMatch is { Count: > 0 } known && Knows(known, itsTag.ToString()))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }
        else
        {
            headers.CacheControl = NoStore;
            response.StatusCode = status;
        }
        headers.ContentType = contentType;
        if (encoding == "br")
            headers.ContentEncoding = BrotliEncoding;
        else if (encoding == "gzip")
            headers.ContentEncoding = GzipEncoding;
        if (encoding is null && HttpMethods.IsHead(request.Method))
        {
            response.ContentLength = plainLength;
            return Task.CompletedTask;
        }
        return WriteAsync(
            context,
            encoding switch
            {
                "br" => held,
                "gzip" => gzip ??= Compression.Gzip(Plain(), CompressionLevel.SmallestSize),
                _ => Plain(),
            }
        );
    }

    byte[] Plain() => isCompressed ? Compression.FromBrotli(held, plainLength) : held;

    static bool Knows(StringValues known, string tag)
    {
        foreach (var line in known)
            if (line is "*" || (line is not null && line.Contains(tag, StringComparison.Ordinal)))
                return true;
        return false;
    }

    internal static Task WriteAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentLength = body.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return Task.CompletedTask;
        var written = context.Response.BodyWriter.WriteAsync(body);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }
}
