using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace InfantMHWeek.Platform.Hosting.Caching;

/// <summary>Whether bytes are worth compressing, and how a browser wants them.</summary>
static class ContentCoding
{
    const int LeastWorthCompressing = 256;

    /// <returns><c>br</c>, <c>gzip</c>, or null for neither.</returns>
    public static string? For(StringValues accepted)
    {
        if (accepted.Count == 0)
            return null;
        var text = accepted.Count == 1 ? accepted[0]! : accepted.ToString();
        // What browsers send, at no cost; anything with weights is read properly.
        if (!text.Contains(';', StringComparison.Ordinal))
            return text.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br"
                : text.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip"
                : null;
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var wishes))
            return null;
        return Wants(wishes, "br") ? "br"
            : Wants(wishes, "gzip") ? "gzip"
            : null;
    }

    static bool Wants(IList<StringWithQualityHeaderValue> wishes, string encoding) =>
        wishes.FirstOrDefault(w => w.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)) is { } wish && wish.Quality is not 0;

    public static bool IsCompressible(int length, string contentType) =>
        length > LeastWorthCompressing && !contentType.StartsWith("image/png", StringComparison.Ordinal);
}
