using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>
/// The picture beside a shared link, for parts of the house that do not know how it is drawn. One is drawn at a time, and those drawn
/// last are kept, so that nobody can keep the site busy with drawing.
/// </summary>
/// <param name="draw">Makes a PNG of a title, a line below it and the name of an illustration.</param>
sealed class SharePictures(Func<string, string?, string, byte[]> draw) : IDisposable
{
    const int MostKept = 200;
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    readonly ConcurrentDictionary<string, byte[]> kept = new(StringComparer.Ordinal);
    readonly SemaphoreSlim turn = new(1, 1);

    /// <param name="detail">When and where, in one short line.</param>
    public async Task<IResult> SendAsync(HttpContext http, string title, string? detail, string picture)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\n{detail}\n{picture}")).AsSpan(0, 12));
        if (!kept.TryGetValue(key, out var png))
        {
            if (!await turn.WaitAsync(LongestWait, http.RequestAborted))
                return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
            try
            {
                if (kept.Count >= MostKept)
                    kept.Clear();
                png = kept.GetOrAdd(key, _ => draw(title, detail, picture));
            }
            finally
            {
                turn.Release();
            }
        }
        http.Response.AllowOtherSites();
        http.Response.Headers.CacheControl = "public, no-cache";
        return TypedResults.File(png, "image/png", entityTag: new EntityTagHeaderValue($"\"{key}\""));
    }

    public void Dispose() => turn.Dispose();
}
