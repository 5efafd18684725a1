using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace InfantMHWeek.Platform.Pages;

/// <summary>
/// What a browser must find when it fetches one of our own files (Subresource Integrity), so that nothing on the way can change it.
/// </summary>
sealed class SubresourceIntegrity(IWebHostEnvironment site)
{
    readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);

    /// <param name="name">A file of wwwroot.</param>
    public string Of(string name) =>
        known.GetOrAdd(
            name,
            static (wanted, root) =>
            {
                using var stream = root.GetFileInfo(wanted).CreateReadStream();
                return "sha384-" + Convert.ToBase64String(SHA384.HashData(stream));
            },
            site.WebRootFileProvider
        );
}
