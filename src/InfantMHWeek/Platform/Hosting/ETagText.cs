using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>Text that programs fetch again and again.</summary>
static class ETagText
{
    /// <summary>Whole, with an entity tag: who asks every hour is answered with nothing when nothing changed.</summary>
    public static IResult Send(HttpContext http, string text, string type)
    {
        http.Response.AllowOtherSites();
        http.Response.Headers.CacheControl = "no-cache";
        var bytes = Encoding.UTF8.GetBytes(text);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
        return TypedResults.File(bytes, type + "; charset=utf-8", entityTag: tag);
    }
}
